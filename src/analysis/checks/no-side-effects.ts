import type { Evidence } from '../../model/evidence.ts'
import type { OutboxFindings, SentOut } from '../../model/outbox.ts'
import type { Verdict } from '../../model/verdict.ts'
import { boundText } from './bound-text.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted } from './count-text.ts'
import { messageName } from './message-name.ts'

const NAMED = { id: 'no-side-effects', title: 'A replay sends nothing out' }

/** Nothing is sent to the outside for a message that comes in a replay: not for one that is new to the receiver, and not again. */
export const noSideEffects: Check = {
  ...NAMED,
  judge(evidence) {
    const outbox = evidence.findings?.outbox
    if (outbox === undefined) {
      return unknown(
        NAMED,
        'no outbox was given',
        'Give --outbox SOURCE beside --receipts: what you sent out, as {"messageId", "to"} lines.',
      )
    }
    if (outbox.unreadable !== '') {
      return unknown(NAMED, `the outbox could not be read: ${outbox.unreadable}`, 'Mend the source and audit again.')
    }
    const wrong = outbox.forReplay.count + outbox.again.count
    return wrong > 0 ? failedBy(evidence, outbox) : (untried(outbox) ?? kept(outbox))
  },
}

/** Why the silence of the outbox says nothing, if it does not. */
function untried(outbox: OutboxFindings): Verdict | undefined {
  const say = (claim: string, fix: string): Verdict => unknown(NAMED, claim, fix, countsOf(outbox))
  if (outbox.ownLines === 0) {
    return say(
      'the outbox names nobody of this run',
      'Check that it is what this endpoint sends out, and let its lines carry `messageId`, `userId` or `to`.',
    )
  }
  if (outbox.replayed === 0) {
    return say(
      'nothing that is sent out for when it comes live came in a replay',
      'Replay more, as the preset `replay-burst` does.',
    )
  }
  return undefined
}

function kept(outbox: OutboxFindings): Verdict {
  const { kinds, replayed } = outbox
  const whom =
    kinds.length > 0
      ? `${counted(replayed, 'replayed event')} of the kinds that are sent out for (${kinds.join(', ')})`
      : `${counted(replayed, 'person', 'people')} who came in a replay alone`
  return passed(NAMED, `0 of ${whom} had anything sent out: ${boundText(replayed, 'such things')}`, countsOf(outbox))
}

function failedBy(evidence: Evidence, outbox: OutboxFindings): Verdict {
  const { forReplay, again } = outbox
  const said = [
    forReplay.count > 0
      ? `${counted(forReplay.count, 'thing was', 'things were')} sent out for events that came in a replay alone`
      : '',
    again.count > 0
      ? `${counted(again.count, 'event')} had the same sent out more than once, and came live and in a replay`
      : '',
  ]
  return failed(
    NAMED,
    said.filter((text) => text !== '').join('; '),
    {
      ...countsOf(outbox),
      forReplay: forReplay.examples.map((one) => named(evidence, one)),
      again: again.examples.map((one) => named(evidence, one)),
    },
    'Send nothing out for an event that is known, or that comes in a replay: its `integrations` name the receivers, and its `timestamp` is old.',
  )
}

function named(evidence: Evidence, { index, to, times }: SentOut): object {
  return { ...(index !== null && messageName(evidence, index)), to, times }
}

function countsOf({ lines, ownLines, kinds, replayed, forReplay, again }: OutboxFindings): Verdict['evidence'] {
  return { lines, ownLines, kinds, replayed, sentForReplay: forReplay.count, sentAgain: again.count }
}
