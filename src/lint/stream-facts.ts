import type { StreamSpecFacts, StreamSpecFinding } from '../model/stream-facts.ts'
import type { RuleFindings } from './lint-report.ts'
import { Linter } from './linter.ts'
import { BATCH_RULES } from './rules/sizes.ts'
import { REQUEST_RULES } from './rules/stream.ts'

/** What a run sent, or as much of it as is looked at. */
export interface SentStream {
  /** How many messages there were. */
  readonly sent: number
  /** Events as JSON, each with its message's index. */
  readonly events: Iterable<readonly [index: number, text: string]>
  /** Captured requests as JSON: of them only what is not the events' own is looked at. */
  readonly requests: Iterable<string>
}

/** What only a whole request can break. */
const OF_REQUESTS: ReadonlySet<string> = new Set([...REQUEST_RULES, ...BATCH_RULES].map(({ id }) => id))

/** Holds what a run sent against the rules for Streams. */
export function streamSpecFacts({ sent, events, requests }: SentStream): StreamSpecFacts {
  const indices: number[] = []
  const [linter, whole] = [new Linter('stream'), new Linter('stream')]
  for (const [index, text] of events) linter.take(text, indices.push(index))
  let count = 0
  for (const request of requests) whole.take(request, ++count)
  const findings = [
    ...linter.report().findings.map((found) => findingOf(found, (line) => indices[line - 1]!)),
    ...whole
      .report()
      .findings.filter(({ rule }) => OF_REQUESTS.has(rule))
      .map((found) => findingOf(found, () => null)),
  ]
  const ofSeverity = (severity: StreamSpecFinding['severity']): StreamSpecFinding[] =>
    findings.filter((finding) => finding.severity === severity)
  const [errors, warnings] = [ofSeverity('error'), ofSeverity('warning')]
  return {
    sent,
    looked: indices.length,
    requests: count,
    errors: sum(errors),
    warnings: sum(warnings),
    findings: [...errors, ...warnings],
  }
}

function findingOf({ examples, ...found }: RuleFindings, indexOf: (line: number) => number | null): StreamSpecFinding {
  return {
    ...found,
    examples: examples.map(({ line, pointer, detail }) => ({ index: indexOf(line), pointer, detail })),
  }
}

function sum(findings: readonly StreamSpecFinding[]): number {
  return findings.reduce((total, { count }) => total + count, 0)
}
