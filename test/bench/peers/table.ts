import type { Compared } from './compare.ts'
import { AUTOCANNON, PLAIN_K6, WRK } from './contenders.ts'
import type { Lag } from './lags.ts'
import type { Part } from './parts.ts'
import type { Window } from './sender.ts'
import { pairedRatios, spreadOf, spreadText } from './spread.ts'

/** Everything that one call of the bench measured. */
export interface Bench {
  readonly command: string
  readonly date: string
  readonly machine: string
  readonly rounds: number
  readonly seconds: number
  readonly compared: readonly Compared[]
  /** The sink under the cheapest sender; undefined: there was none. */
  readonly sinkLimit?: Window | undefined
  readonly lags: readonly Lag[]
  readonly parts: readonly Part[]
}

/** The whole result as Markdown. */
export function tableOf(bench: Bench): string {
  return [costs(bench), sink(bench), lagTable(bench), parts(bench), origin(bench)]
    .filter((part) => part !== '')
    .join('\n\n')
}

function costs({ compared }: Bench): string {
  const head = ['sender', 'CPU µs/event', `÷ ${WRK}`, `÷ ${AUTOCANNON}`, '÷ plain k6', 'events/s', 'RSS MB', 'sink CPU']
  return markdown(
    head,
    compared.map((one) => costRow(one, compared)),
  )
}

function costRow({ name, missing, windows }: Compared, all: readonly Compared[]): string[] {
  if (windows.length === 0) return [name, `missing: ${missing}`, '', '', '', '', '', '']
  const costUs = windows.map(({ cpuUsPerEvent }) => cpuUsPerEvent)
  const ratio = (other: string): string => {
    const theirs = all.find((one) => one.name === other)?.windows ?? []
    if (theirs.length === 0 || other === name) return ''
    return spreadText(
      spreadOf(
        pairedRatios(
          costUs,
          theirs.map(({ cpuUsPerEvent }) => cpuUsPerEvent),
        ),
      ),
      2,
    )
  }
  const medianOf = (value: (window: Window) => number): number => spreadOf(windows.map(value)).median
  return [
    name,
    spreadText(spreadOf(costUs), 1),
    ratio(WRK),
    ratio(AUTOCANNON),
    ratio(PLAIN_K6),
    String(Math.round(medianOf((window) => window.eventsPerSecond))),
    medianOf((window) => window.rssMb).toFixed(0),
    percent(medianOf((window) => window.sinkCpuShare)),
  ]
}

function sink({ sinkLimit }: Bench): string {
  if (sinkLimit === undefined) return ''
  const rate = Math.round(sinkLimit.eventsPerSecond)
  return `The sink takes ${rate} such requests a second of wrk with a constant body, at ${percent(sinkLimit.sinkCpuShare)} of its core.`
}

function lagTable({ lags }: Bench): string {
  const engines = [...new Set(lags.map(({ engine }) => engine))]
  const rates = [...new Set(lags.map(({ perSecond }) => perSecond))]
  if (engines.length === 0) return ''
  const cell = (engine: string, rate: number): string => {
    const lag = lags.find((one) => one.engine === engine && one.perSecond === rate)
    if (lag === undefined) return ''
    if (lag.timing === 'doubtful') return 'does not keep up'
    return `${lag.p50?.toFixed(2) ?? '–'} / ${lag.p99?.toFixed(2) ?? '–'}`
  }
  const rows = engines.map((engine) => [engine, ...rates.map((rate) => cell(engine, rate))])
  return markdown(['pump lag ms, p50 / p99', ...rates.map((rate) => `${rate}/s`)], rows)
}

function parts({ parts }: Bench): string {
  return parts.flatMap(({ name, lines }) => lines.map((line) => `- ${name}: ${line}`)).join('\n')
}

function origin({ command, date, machine, rounds, seconds }: Bench): string {
  return `\`${command}\`, ${date}, ${machine}. Median [least–most] of ${rounds} rounds of ${seconds} s each; ratios are of windows beside each other.`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** A table of Markdown. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
