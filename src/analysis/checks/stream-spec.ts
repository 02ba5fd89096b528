import type { Evidence } from '../../model/evidence.ts'
import type { StreamSpecFacts, StreamSpecFinding } from '../../model/stream-facts.ts'
import type { Verdict } from '../../model/verdict.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted, countText } from './count-text.ts'
import { messageName } from './message-name.ts'

const NAMED = { id: 'stream-spec', title: 'Events obey the Stream rules', profile: 'stream' } as const

/** What the run sends keeps the rules of the Spec and those for Streams. Warnings are told, and fail nothing. */
export const streamSpec: Check = { ...NAMED, judge }

function judge(evidence: Evidence): Verdict {
  const { streamSpec: facts, plan } = evidence
  if (plan.profile !== 'stream') {
    const claim = `the run is a ${plan.profile}’s, and this is asked of Streams`
    return unknown(NAMED, claim, 'Ask it of a run with profile: stream.')
  }
  if (facts === undefined) {
    const fix = 'Judge it with the version of squall that sent it.'
    return unknown(NAMED, 'the messages were made by another generator and cannot be made again', fix)
  }
  if (facts.sent === 0) return unknown(NAMED, 'no message was sent that should be taken', 'Send some.')
  return facts.errors > 0 ? failedBy(evidence, facts) : kept(facts)
}

function kept(facts: StreamSpecFacts): Verdict {
  const { sent, looked, requests, warnings } = facts
  const all = looked === sent
  const of = all ? counted(looked, 'event') : `${countText(looked)} of ${counted(sent, 'event')}, evenly spaced,`
  const bound = all ? '' : `: ${boundText(looked, 'breaches')}`
  const told = warnings === 0 ? '' : `; ${counted(warnings, 'warning')}`
  const whole = counted(requests, 'whole request')
  return passed(NAMED, `no rule is broken in ${of} and ${whole}${bound}${told}`, factsOf(facts))
}

function failedBy(evidence: Evidence, facts: StreamSpecFacts): Verdict {
  const { sent, looked, errors } = facts
  const broken = facts.findings.filter(({ severity }) => severity === 'error')
  const rules = broken.map(({ rule, count }) => `${rule} (${countText(count)})`).join(', ')
  const of = looked === sent ? counted(looked, 'event') : `${countText(looked)} of ${counted(sent, 'event')}`
  return failed(
    NAMED,
    `${of} break Stream rules ${errors === 1 ? 'once' : `${countText(errors)} times`}: ${rules}`,
    { ...factsOf(facts), rules: facts.findings.map((finding) => shown(evidence, finding)) },
    `${capital(broken[0]!.mend)}.`,
  )
}

function shown(evidence: Evidence, { rule, severity, says, count, examples }: StreamSpecFinding): object {
  const events = examples.map(({ index, pointer, detail }) => ({
    ...(index !== null && messageName(evidence, index)),
    pointer,
    detail,
  }))
  return { rule, severity, says, count, events }
}

function factsOf({ sent, looked, requests, errors, warnings, findings }: StreamSpecFacts): Verdict['evidence'] {
  const warned = findings.filter(({ severity }) => severity === 'warning').map(({ rule, count }) => `${rule}: ${count}`)
  return { sent, looked, requests, errors, warnings, ...(warned.length > 0 && { warned }) }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
