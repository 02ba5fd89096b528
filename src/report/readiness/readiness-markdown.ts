import type { Readiness, ReadinessAnswer, ReadinessCondition } from '../../model/readiness.ts'
import { escapeMarkdown, markdownCode } from '../escape-markdown.ts'
import { curlText } from '../html/curl.ts'
import { markdownTable } from '../markdown-table.ts'
import { countText, msText } from '../number-text.ts'
import { becauseText, GROUPS, lengthText, readinessAnswer } from './readiness-text.ts'
import { refutationsOf } from './refutations.ts'
import type { RequestOfExperiment } from './refuted-section.ts'

const SIGNS: Readonly<Record<ReadinessAnswer, string>> = { yes: '✅ yes', no: '❌ no', unknown: '❔ unknown' }
/** The page has twenty for each condition, with a command for each; a text that people read has fewer, and a command for the first. */
const EVENTS_SHOWN = 3

/** `readiness.md`: the same as the page, shorter. Foreign text in it is escaped. */
export function readinessMarkdown(readiness: Readiness, requestOf: RequestOfExperiment = () => undefined): string {
  const sections = [
    title(readiness),
    ...GROUPS.map(([id, name]) => conditions(readiness, id, name)),
    refuted(readiness, requestOf),
    experiments(readiness),
    untested(readiness),
    repeat(readiness),
  ]
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`
}

function title(readiness: Readiness): string {
  const { target, suite, figures, receipts } = readiness
  const { declaredPerSecond, measuredPerSecond, oldestTimestamp, dedupeKey, longestSpanMs, latencyP99Ms } = figures
  const rate = (perSecond: number | null): string => (perSecond === null ? 'not shown' : `${Math.floor(perSecond)}/s`)
  const span = longestSpanMs === null ? 'span not shown' : `shown over ${lengthText(longestSpanMs)}`
  return [
    `# ${readinessAnswer(readiness).text}`,
    '',
    `- replay readiness of ${markdownCode(target.url)}, ${suite.startedAt} to ${suite.endedAt}`,
    `- ${countText(figures.events)} events in ${countText(figures.deliveries)} requests; store read at ${receipts === '' ? 'nothing' : markdownCode(receipts)}`,
    `- rate: declared ${declaredPerSecond === null ? 'none' : rate(declaredPerSecond)}, measured ${rate(measuredPerSecond)}; p99 ${latencyP99Ms === null ? 'not told by so few answers' : `${msText(latencyP99Ms)} ms`}`,
    `- oldest timestamp accepted: ${oldestTimestamp ?? 'not shown'}`,
    `- duplicates known by: ${dedupeKey ?? 'not shown'}, ${span}`,
    ...(suite.complete ? [] : ['- the suite was stopped before its end']),
  ].join('\n')
}

function conditions({ conditions: all }: Readiness, group: ReadinessCondition['group'], name: string): string {
  const rows = all
    .filter((one) => one.group === group)
    .map((one) => [escapeMarkdown(one.question), SIGNS[one.answer], about(one)])
  return rows.length === 0 ? '' : `## ${name}\n\n${markdownTable(['condition', 'holds', 'because'], rows, 'text')}`
}

function about(condition: ReadinessCondition): string {
  const { mend, lacks, answer } = condition
  const missing = answer === 'unknown' ? lacks.slice(0, EVENTS_SHOWN) : []
  const parts = [becauseText(condition), ...(mend === '' ? [] : [`→ ${mend}`]), ...missing.map((lack) => `? ${lack}`)]
  return parts
    .filter((part) => part !== '')
    .map(escapeMarkdown)
    .join('<br>')
}

function refuted(readiness: Readiness, requestOf: RequestOfExperiment): string {
  const parts = readiness.conditions
    .filter(({ answer }) => answer === 'no')
    .map((condition) => {
      const found = refutationsOf(readiness, condition).map(({ experiment, verdict, events }) => {
        const said = `${escapeMarkdown(`${experiment}: ${verdict.claim}. ${verdict.fix}`)}${events.length === 0 ? ' No event shows it alone.' : ''}`
        const shown = events.slice(0, EVENTS_SHOWN).map(({ messageId, about: facts }, i) => {
          const request = i === 0 ? requestOf(experiment, messageId) : undefined
          const again = request === undefined ? '' : `\n\n${indented(curlText(request))}`
          return `- ${markdownCode(messageId)}${facts === '' ? '' : ` ${escapeMarkdown(facts)}`}${again}`
        })
        return [said, ...shown].join('\n\n')
      })
      return [`### ${escapeMarkdown(condition.question)}`, ...found].join('\n\n')
    })
  return parts.length === 0 ? '' : ['## What refutes it', ...parts].join('\n\n')
}

/** A code block that nothing within it can end, in a list. */
function indented(text: string): string {
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => `      ${line}`)
    .join('\n')
}

function experiments({ experiments: all }: Readiness): string {
  const rows = all.map(({ id, title: name, folder, events, verdicts, trouble }) => {
    const count = (status: string): string => {
      const found = verdicts.filter((verdict) => verdict.status === status).length
      return found === 0 ? '' : `${found} ${status}`
    }
    const tally = ['fail', 'unknown', 'pass'].map(count).filter((text) => text !== '')
    return [
      escapeMarkdown(`${name} (${id})`),
      countText(events),
      trouble === '' ? tally.join(', ') : escapeMarkdown(trouble),
      markdownCode(folder),
    ]
  })
  return rows.length === 0
    ? ''
    : `## Experiments\n\n${markdownTable(['experiment', 'events', 'verdicts', 'folder'], rows, 'text')}`
}

function untested({ notTested }: Readiness): string {
  const reasons = [...new Set(notTested.map(({ reason }) => reason))]
  const lines = reasons.map((reason) => {
    const titles = notTested.flatMap((one) => (one.reason === reason ? escapeMarkdown(one.title) : []))
    return `- ${titles.join(' · ')}: ${escapeMarkdown(reason)}`
  })
  return lines.length === 0 ? '' : `## Not tested\n\n${lines.join('\n')}`
}

function repeat({ suite, environment }: Readiness): string {
  const { squall, runtime, platform, cpus, memoryMb } = environment
  return [
    '## How to repeat',
    indented(suite.command),
    escapeMarkdown(`Seed ${suite.seed}; squall ${squall}, ${runtime}, ${platform}, ${cpus} CPUs, ${memoryMb} MB.`),
  ].join('\n\n')
}
