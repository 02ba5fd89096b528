import { page } from '../calls/page.ts'
import { screen } from '../calls/screen.ts'
import { applicationBackgrounded, applicationOpened } from './application.ts'
import { appJourney, type Journey, webJourney } from './journey.ts'
import { productClicked, productListViewed, productsSearched, productViewed } from './shop-events.ts'

/** Looks around and leaves, unknown. */
export const browsing: Journey = webJourney({}, [
  ['home', page('Home')],
  ['search', page('Search Results', 'Shop')],
  ['search', productsSearched],
  ['search', productClicked],
  ['product', page('Product', 'Shop')],
  ['product', productViewed(0)],
  ['category', page('Category', 'Shop')],
  ['category', productListViewed],
])

/** A customer who is still logged in opens the app and looks around. */
export const mobileSession: Journey = appJourney('mobile', { known: true, returns: true }, [
  applicationOpened,
  screen('Home'),
  screen('Search'),
  productsSearched,
  productClicked,
  screen('Product'),
  productViewed(0),
  applicationBackgrounded,
])
