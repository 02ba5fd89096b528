import { page } from '../calls/page.ts'
import { drawn } from '../calls/properties.ts'
import { track } from '../calls/track.ts'
import { type Journey, webJourney } from './journey.ts'
import { productClicked } from './shop-events.ts'

const experimentViewed = track(
  'Experiment Viewed',
  drawn(
    'experiment',
    ['Blue button', 'Green button', 'Größerer Button'].map((variation_name, i) => ({
      experiment_id: '0007',
      experiment_name: 'Checkout button',
      variation_id: `00${i}`,
      variation_name,
    })),
  ),
)

/** A visitor is shown one of several variations, and reacts. */
export const experiment: Journey = webJourney({}, [
  ['home', page('Home')],
  ['home', experimentViewed],
  ['home', productClicked],
])
