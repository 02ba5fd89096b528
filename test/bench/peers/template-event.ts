import { makeCorpus } from '../../../generators/corpus.ts'
import { trafficOf } from '../../../generators/message.ts'
import { DEFAULT_MIX } from '../../../src/model/mix.ts'
import { livePhase, testHeader, testPlan } from '../../support/plans.ts'

const EVENTS = 2000
const ID_KEY = '"messageId":"'

/** What the peers send again and again: an event of squall's own, as long as those are on average. */
export interface TemplateEvent {
  readonly bytes: Buffer
  /** Where the 36 letters of its messageId begin. */
  readonly idAt: number
}

export function templateEvent(): TemplateEvent {
  const plan = testPlan({
    phases: [livePhase(EVENTS, 2000)],
    traffic: { mix: DEFAULT_MIX, people: 1000, namespaces: 1 },
  })
  const traffic = trafficOf(makeCorpus(1, 1000), plan, testHeader(plan))
  const events = Array.from({ length: EVENTS }, (_, i) => Buffer.from(traffic.messageAt(i, 'live').bytes))
  const meanLength = events.reduce((sum, { length }) => sum + length, 0) / EVENTS
  const far = ({ length }: Buffer): number => Math.abs(length - meanLength)
  const bytes = events.reduce((best, one) => (far(one) < far(best) ? one : best))
  return { bytes, idAt: bytes.indexOf(ID_KEY) + ID_KEY.length }
}
