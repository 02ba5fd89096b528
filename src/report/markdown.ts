import type { LatencySummary, RecoverySummary, Report } from '../model/report.ts'
import type { VerdictStatus } from '../model/verdict.ts'
import { escapeMarkdown, markdownCode } from './escape-markdown.ts'
import { markdownTable } from './markdown-table.ts'
import { countText, msText, shareText, spreadText } from './number-text.ts'

const BYTES_MAX = 64 * 1024
const ROWS_MAX = 20

const SIGNS: Readonly<Record<VerdictStatus, string>> = { pass: '✅ pass', fail: '❌ fail', unknown: '❔ unknown' }

/** `report.md`: the result for people, at most 64 KB. Foreign text in it is escaped. */
export function reportMarkdown(report: Report): string {
  const sections = [
    title(report),
    verdicts(report),
    evidence(report),
    deliveries(report),
    latency(report),
    classes(report),
    retries(report),
    phases(report),
    answers(report),
    notes(report),
    repeat(report),
  ]
  return fitted(sections.filter((section) => section !== '').join('\n\n'))
}

function title({ run, target, rate, verdicts: all }: Report): string {
  const tally = (['fail', 'unknown', 'pass'] as const)
    .map((status) => ({ status, count: all.filter((verdict) => verdict.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
  return [
    `# squall: ${escapeMarkdown(run.scenario)}: ${tally.join(', ') || 'nothing was asked'}`,
    '',
    `- target: ${markdownCode(target.url)} (${escapeMarkdown(run.profile)})`,
    `- run: ${escapeMarkdown(run.id)}, ${run.startedAt} to ${run.endedAt}, exit code ${run.exitCode}`,
    `- rate: ${rate.achievedPerSecond} of ${rate.targetPerSecond} deliveries/s`,
    `- engine: ${escapeMarkdown(`${run.engine.name} ${run.engine.version}`)}`,
  ].join('\n')
}

function verdicts({ verdicts: all, notTested }: Report): string {
  const rows = all.map(({ id, status, claim, fix }) => [
    escapeMarkdown(id),
    SIGNS[status],
    escapeMarkdown(claim) + (fix === '' ? '' : `<br>→ ${escapeMarkdown(fix)}`),
  ])
  const left = notTested
    .slice(0, ROWS_MAX)
    .map(({ id, reason }) => `- ${escapeMarkdown(id)}: ${escapeMarkdown(reason)}`)
  const table = rows.length === 0 ? [] : ['## Verdicts', markdownTable(['verdict', 'status', 'claim'], rows, 'text')]
  const rest = left.length === 0 ? [] : ['Not tested:', left.join('\n')]
  return [...table, ...rest].join('\n\n')
}

function evidence({ generator, connections }: Report): string {
  const { pumpLagMs, slotWaitMs, loopDelayMaxMs, cpuRatio, timing, reasons } = generator
  const { opened, reused, closedByPeer, tls, tlsHandshakes, tlsResumed } = connections
  const lines = reasons.slice(0, ROWS_MAX).map((reason) => `- ${escapeMarkdown(reason)}`)
  lines.push(`- squall itself was late by (pump lag): ${spreadText(pumpLagMs)}`)
  lines.push(`- waits for a free slot (the endpoint's doing): ${spreadText(slotWaitMs)}`)
  if (loopDelayMaxMs !== null) lines.push(`- event loop held up for ${msText(loopDelayMaxMs)} ms at most`)
  if (cpuRatio !== null) lines.push(`- CPU: ${cpuRatio} of a core on average`)
  if (opened !== null && reused !== null) {
    const closed = `${closedByPeer === null ? 'not seen how many' : countText(closedByPeer)} closed by the endpoint`
    lines.push(`- connections: ${countText(opened)} opened, ${countText(reused)} requests on open ones, ${closed}`)
  }
  if (tls !== null && tlsHandshakes !== null && tlsResumed !== null) {
    const handshakes = `${countText(tlsHandshakes)} handshakes, ${countText(tlsResumed)} of them resumed a session`
    lines.push(`- ${escapeMarkdown(tls)}: ${handshakes}`)
  }
  return `## Quality of the evidence\n\nTiming is **${escapeMarkdown(timing)}**.\n\n${lines.join('\n')}`
}

function deliveries({ counts, audit, successRatio }: Report): string {
  const { copies, rejectedAsExpected: asExpected = 0 } = counts
  const ends = (['acked', 'rejected', 'exhausted', 'ambiguous', 'abandoned', 'notSent'] as const).map((end) => [
    end === 'notSent' ? 'not sent' : end,
    countText(end === 'rejected' ? counts.rejected - asExpected : counts[end]),
  ])
  if (asExpected > 0) ends.splice(2, 0, ['rejected as it should', countText(asExpected)])
  const sum = ['**planned**', `**${countText(counts.planned)}**`]
  const text = [
    `${countText(counts.messages)} messages in ${countText(counts.sent)} deliveries, ${countText(counts.attempts)} attempts;`,
    `copies: ${countText(copies.first)} first, ${countText(copies.duplicate)} duplicate, ${countText(copies.replay)} replay.`,
    `Accepted at the first attempt: ${shareText(successRatio.firstAttempt)}; in the end: ${shareText(successRatio.final)}.`,
  ]
  return [
    '## What became of the deliveries',
    text.join(' '),
    markdownTable(['end', 'deliveries'], [...ends, sum], 'numbers'),
    auditText(audit),
  ].join('\n\n')
}

function auditText(audit: Report['audit']): string {
  if (audit.found === null) return 'No receipts were read: what the endpoint stored is unknown.'
  const rows = [
    ['must exist', audit.expected],
    ['found of them', audit.found],
    ...(audit.discarded === undefined ? [] : ([['discarded', audit.discarded]] as const)),
    ['lost', audit.lost],
    ['never sent but found (phantom)', audit.phantom],
    ['stored more than once', audit.duplicated],
    ['altered', audit.altered],
    ['misdated', audit.misdated],
    ['may exist: found', audit.mayFound],
    ['may exist: absent', audit.mayAbsent],
    ['rejected but found', audit.rejectedFound],
    ...(audit.unwelcome === undefined
      ? []
      : ([
          ['must not exist', audit.unwelcome],
          ['found of them all the same', audit.unwelcomeFound ?? null],
        ] as const)),
  ] as const
  const cells = rows.map(([name, count]) => [name, count === null ? '–' : countText(count)])
  return `Held against the receipts (${audit.source}):\n\n${markdownTable(['messages', 'count'], cells, 'numbers')}`
}

function latency({ latencyMs }: Report): string {
  const head = ['milliseconds', 'count', 'censored', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max']
  const byClass = Object.entries(latencyMs.fromSend.byClass ?? {})
  const rows = [
    latencyRow('from due', latencyMs.fromDue),
    latencyRow('from send', latencyMs.fromSend),
    ...byClass.map(([name, summary]) => latencyRow(`· ${name}`, summary)),
    latencyRow('to acceptance', latencyMs.toAcceptance),
    latencyRow('connect', latencyMs.connect),
  ]
  return `## Latency\n\n${markdownTable(head, rows, 'numbers')}\n\nA dash: fewer than ten samples beyond it. Censored: timeouts, counted at their deadline.`
}

function latencyRow(name: string, { count, censored, p50, p90, p95, p99, p999, max }: LatencySummary): string[] {
  return [name, countText(count), countText(censored), ...[p50, p90, p95, p99, p999, max].map(msText)]
}

function classes({ classes: counts, statuses, serverErrorRatio }: Report): string {
  const rows = Object.entries(counts).filter(([, count]) => count > 0)
  const common = Object.entries(statuses).sort((a, b) => b[1] - a[1])
  const shown = common.slice(0, ROWS_MAX).map(([status, count]) => `${escapeMarkdown(status)}: ${countText(count)}`)
  const more = common.length > ROWS_MAX ? `, and ${common.length - ROWS_MAX} more` : ''
  return [
    '## What attempts met',
    markdownTable(
      ['class', 'attempts'],
      rows.map(([name, count]) => [name, countText(count)]),
      'numbers',
    ),
    `Statuses: ${shown.join(', ') || 'none'}${more}. Server errors: ${shareText(serverErrorRatio)} of attempts.`,
  ].join('\n\n')
}

function retries({ retries: all, recovery }: Report): string {
  if (all.scheduled === 0) return ''
  const { amplification } = all
  const times = amplification === null ? '' : ` ${amplification.toFixed(2)} attempts for each delivery.`
  const rows = all.byAttempt.slice(0, ROWS_MAX).map((row) => [row.attempt, countText(row.sent), countText(row.acked)])
  return [
    '## Retries',
    `${countText(all.scheduled)} scheduled; ${countText(all.recovered)} deliveries were accepted at a retry.${times}`,
    markdownTable(['attempt', 'sent', 'accepted'], rows, 'numbers'),
    `Sent later than scheduled by: ${spreadText(all.delayErrorMs)}.`,
    ...(recovery === null ? [] : [recoveryText(recovery)]),
  ].join('\n\n')
}

function recoveryText({ fromS, causeEndS, tookS, watchedS }: RecoverySummary): string {
  if (tookS === null) return `In trouble from ${fromS} s on, and still so ${watchedS} s after the load was gone.`
  return `In trouble from ${fromS} s to ${causeEndS} s, and as before ${tookS} s later.`
}

function phases({ phases: all }: Report): string {
  const head = ['phase', 'from s', 'to s', 'deliveries', 'accepted', 'p50 from due', 'p99 from due', 'max']
  const rows = all
    .slice(0, ROWS_MAX)
    .map(({ name, fromS, toS, counts, latencyMs: { fromDue } }) => [
      escapeMarkdown(name),
      fromS,
      toS,
      countText(counts.planned),
      countText(counts.acked),
      ...[fromDue.p50, fromDue.p99, fromDue.max].map(msText),
    ])
  return rows.length === 0 ? '' : `## Phases\n\n${markdownTable(head, rows, 'numbers')}`
}

function answers({ answers: all }: Report): string {
  const rows = all
    .slice(0, ROWS_MAX)
    .map(({ atS, class: outcomeClass, status, attempt, text }) => [
      atS,
      outcomeClass,
      status === 0 ? '–' : status,
      attempt,
      escapeMarkdown(text),
    ])
  const head = ['s', 'class', 'status', 'attempt', 'what came back']
  return rows.length === 0 ? '' : `## Seen\n\n${markdownTable(head, rows, 'text')}`
}

function notes({ notes: all }: Report): string {
  const lines = all.slice(0, ROWS_MAX).map(({ atS, text }) => `- ${atS} s: ${escapeMarkdown(text)}`)
  if (all.length > ROWS_MAX) lines.push(`- and ${all.length - ROWS_MAX} more, in result.json`)
  return lines.length === 0 ? '' : `## Notes\n\n${lines.join('\n')}`
}

function repeat({ run, environment }: Report): string {
  const { squall, runtime, platform, cpus, memoryMb } = environment
  return [
    '## How to repeat',
    `The same traffic again: scenario ${escapeMarkdown(run.scenario)} with seed ${escapeMarkdown(String(run.seed))} (plan ${escapeMarkdown(run.planHash.slice(0, 12))}).`,
    'This report again, from the ledger: `squall report` with this folder. Against receipts that come later: `squall audit` with this folder and `--receipts`.',
    escapeMarkdown(`squall ${squall}, ${runtime}, ${platform}, ${cpus} CPUs, ${memoryMb} MB.`),
  ].join('\n\n')
}

/** Whole lines up to the limit. */
function fitted(text: string): string {
  const lines = text.split('\n')
  const encoder = new TextEncoder()
  const room = BYTES_MAX - 100
  let bytes = 0
  const kept = lines.findIndex((line) => {
    bytes += encoder.encode(line).length + 1
    return bytes > room
  })
  if (kept === -1) return `${text}\n`
  return `${lines.slice(0, kept).join('\n')}\n\nCut here at 64 KB: result.json has it all.\n`
}
