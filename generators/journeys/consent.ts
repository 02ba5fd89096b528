import type { Members } from '../calls/call.ts'
import { page } from '../calls/page.ts'
import { fixed, nested, oneOf, text } from '../calls/properties.ts'
import { trackIn } from '../calls/track.ts'
import { type Journey, webJourney } from './journey.ts'

const chosen: Members = nested(
  'consent',
  oneOf('categoryPreferences', [
    { Advertising: true, Analytics: true, Functional: true },
    { Advertising: false, Analytics: true, Functional: true },
    { Advertising: false, Analytics: false, Functional: true },
  ]),
  fixed({ version: 2 }),
)
const device: Members = nested(
  'device',
  text('advertisingId', (writer, { visitor }) => visitor.writeAdvertisingId(writer)),
)

/** A first visit: the banner asks, the visitor chooses. */
export const consent: Journey = webJourney({}, [
  ['home', page('Home')],
  ['home', trackIn([chosen, device], 'Segment Consent Preference Updated')],
])
