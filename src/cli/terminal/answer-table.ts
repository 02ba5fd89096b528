import { OUTCOME_CLASSES } from '../../model/outcome.ts'
import type { Report } from '../../model/report.ts'
import { shareBar } from './bars.ts'
import type { Paint, Tone } from './colors.ts'
import { renderColumns } from './columns.ts'
import { clock, count, percent } from './quantities.ts'
import { sanitize } from './sanitize.ts'
import { pack } from './wrap.ts'

const SAMPLES = 3

/** What the attempts met: each class with its share and its statuses. */
export function renderAnswers({ classes, statuses, counts }: Report, width: number, paint: Paint): string {
  const met = OUTCOME_CLASSES.filter((name) => classes[name] > 0)
  const rows = met.map((name) => {
    const share = classes[name] / counts.attempts
    return [
      paint(toneOf(name), name),
      count(classes[name]),
      percent(share),
      shareBar(share, 16),
      pack(statusesOf(name, statuses), ', ', Math.max(16, width - 52)).join('\n'),
    ]
  })
  return renderColumns(rows, ['left', 'right', 'right', 'left', 'left'])
}

/** What was sent at each attempt, and how much of it was accepted. */
export function renderRetries({ retries }: Report, paint: Paint): string {
  const head = ['attempt', 'sent', 'acked', 'accepted'].map((name) => paint('faint', name))
  const rows = retries.byAttempt.map(({ attempt, sent, acked }) => [
    String(attempt),
    count(sent),
    count(acked),
    percent(sent === 0 ? null : acked / sent),
  ])
  return renderColumns(
    [head, ...rows],
    head.map(() => 'right'),
  )
}

/** A few of the answers that were not 2xx, as the endpoint gave them. */
export function renderSamples({ answers }: Report, width: number): string {
  return answers
    .filter(({ expected }) => !expected)
    .slice(0, SAMPLES)
    .map(({ atS, class: name, status, attempt, text }) => {
      const what = status > 0 ? String(status) : name
      return sanitize(`   ${clock(atS * 1000)}  ${what}, attempt ${attempt}: ${sanitize(text.trim(), 500)}`, width - 1)
    })
    .join('\n')
}

function statusesOf(name: string, statuses: Readonly<Record<string, number>>): string[] {
  const own = Object.entries(statuses).filter(([status]) => name === `${status.charAt(0)}xx`)
  return own.length < 2 ? own.map(([status]) => status) : own.map(([status, n]) => `${status} × ${count(n)}`)
}

function toneOf(name: string): Tone {
  if (name === '2xx') return 'good'
  return name === '5xx' || !name.endsWith('xx') ? 'bad' : 'doubtful'
}
