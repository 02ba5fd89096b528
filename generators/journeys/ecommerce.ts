import { identify } from '../calls/identify.ts'
import { page } from '../calls/page.ts'
import { screen } from '../calls/screen.ts'
import { applicationBackgrounded, applicationOpened } from './application.ts'
import { appJourney, type Journey, webJourney } from './journey.ts'
import {
  cartViewed,
  checkoutStarted,
  orderCompleted,
  paymentInfoEntered,
  productAdded,
  productListViewed,
  productViewed,
} from './shop-events.ts'

/** From the home page through list, product and cart to a paid order; the visitor logs in at the checkout. */
export const shopping: Journey = webJourney('shopping', { returns: true, lines: 2 }, [
  ['home', page('Home')],
  ['category', page('Category', 'Shop')],
  ['category', productListViewed],
  ['product', page('Product', 'Shop')],
  ['product', productViewed(0)],
  ['product', productAdded(0)],
  ['other', productViewed(1)],
  ['other', productAdded(1)],
  ['cart', cartViewed],
  ['checkout', identify],
  ['checkout', checkoutStarted],
  ['checkout', paymentInfoEntered],
  ['thanks', orderCompleted],
  ['thanks', page('Order Confirmation', 'Checkout')],
])

/** A campaign leads straight to the product, and there is no look at the cart. */
export const quickOrder: Journey = webJourney('quick-order', { returns: true, lines: 1 }, [
  ['product', page('Product', 'Shop')],
  ['product', productViewed(0)],
  ['product', productAdded(0)],
  ['checkout', page('Checkout', 'Checkout')],
  ['checkout', identify],
  ['checkout', checkoutStarted],
  ['checkout', paymentInfoEntered],
  ['thanks', orderCompleted],
  ['thanks', page('Order Confirmation', 'Checkout')],
])

export const mobileShopping: Journey = appJourney('mobile-shopping', 'mobile', { returns: true, lines: 1 }, [
  applicationOpened,
  screen('Home'),
  productListViewed,
  screen('Product'),
  productViewed(0),
  productAdded(0),
  cartViewed,
  identify,
  checkoutStarted,
  orderCompleted,
  applicationBackgrounded,
])
