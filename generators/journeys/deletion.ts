import { deletion } from '../calls/deletion.ts'
import { identify } from '../calls/identify.ts'
import { appJourney, type Journey } from './journey.ts'
import { orderCompleted } from './shop-events.ts'

/** A customer who orders something and then asks to be forgotten. In no mix unless it is asked for: a receiver may really delete. */
export const erasure: Journey = appJourney('service', { known: true, lines: 1 }, [identify, orderCompleted, deletion])
