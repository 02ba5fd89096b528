import { identify } from '../calls/identify.ts'
import { page } from '../calls/page.ts'
import { screen } from '../calls/screen.ts'
import { applicationBackgrounded, applicationOpened } from './application.ts'
import { appJourney, type Journey, webJourney } from './journey.ts'
import * as shop from './shop-events.ts'

/** From the home page through list, product and cart to a paid order; the visitor logs in at the checkout. */
export const shopping: Journey = webJourney({ returns: true, lines: 2 }, [
  ['home', page('Home')],
  ['category', page('Category', 'Shop')],
  ['category', shop.productListViewed],
  ['product', page('Product', 'Shop')],
  ['product', shop.productViewed(0)],
  ['product', shop.productAdded(0)],
  ['other', shop.productViewed(1)],
  ['other', shop.productAdded(1)],
  ['cart', shop.cartViewed],
  ['checkout', identify],
  ['checkout', shop.checkoutStarted],
  ['checkout', shop.paymentInfoEntered],
  ['thanks', shop.orderCompleted],
  ['thanks', page('Order Confirmation', 'Checkout')],
])

/** A campaign leads straight to the product, and there is no look at the cart. */
export const quickOrder: Journey = webJourney({ returns: true, lines: 1 }, [
  ['product', page('Product', 'Shop')],
  ['product', shop.productViewed(0)],
  ['product', shop.productAdded(0)],
  ['checkout', page('Checkout', 'Checkout')],
  ['checkout', identify],
  ['checkout', shop.checkoutStarted],
  ['checkout', shop.paymentInfoEntered],
  ['thanks', shop.orderCompleted],
  ['thanks', page('Order Confirmation', 'Checkout')],
])

export const mobileShopping: Journey = appJourney('mobile', { returns: true, lines: 1 }, [
  applicationOpened,
  screen('Home'),
  shop.productListViewed,
  screen('Product'),
  shop.productViewed(0),
  shop.productAdded(0),
  shop.cartViewed,
  identify,
  shop.checkoutStarted,
  shop.orderCompleted,
  applicationBackgrounded,
])

/** A promotion brings a bargain hunter, who puts something back and tries coupons on the way through each step of the checkout. */
export const couponShopping: Journey = webJourney({ returns: true, lines: 2, couponed: true }, [
  ['home', shop.promotionViewed],
  ['home', shop.promotionClicked],
  ['category', shop.productListFiltered],
  ['product', shop.productViewed(0)],
  ['product', shop.productAdded(0)],
  ['other', shop.productAdded(1)],
  ['other', shop.extraAdded(2)],
  ['cart', shop.productRemoved(2)],
  ['cart', shop.cartViewed],
  ['checkout', identify],
  ['checkout', shop.checkoutStarted],
  ['checkout', shop.checkoutStepViewed(1)],
  ['checkout', shop.couponEntered],
  ['checkout', shop.couponDenied],
  ['checkout', shop.couponRemoved],
  ['checkout', shop.couponApplied],
  ['checkout', shop.checkoutStepCompleted(1)],
  ['checkout', shop.checkoutStepViewed(2)],
  ['checkout', shop.paymentInfoEntered],
  ['checkout', shop.checkoutStepCompleted(2)],
  ['thanks', shop.orderCompleted],
])

/** A customer who is still logged in keeps a wishlist, buys nothing and tells others. */
export const wishing: Journey = webJourney({ known: true, returns: true, lines: 1 }, [
  ['product', page('Product', 'Shop')],
  ['product', shop.productViewed(0)],
  ['product', shop.wishlistProductAdded],
  ['product', shop.productShared],
  ['product', shop.wishlistProductRemoved],
  ['product', shop.wishlistProductToCart],
  ['cart', shop.cartShared],
  ['product', shop.productReviewed],
])

/** A shop that sends everything at once: a long list of products in one event. */
export const catalogue: Journey = webJourney({}, [
  ['home', page('Home')],
  ['category', shop.catalogueViewed],
  ['product', shop.productClicked],
])

/** The back end of the shop: an order that is changed, and comes back. */
export const refund: Journey = appJourney('server', { known: true, returns: true, lines: 2 }, [
  shop.orderCompleted,
  shop.orderUpdated,
  shop.orderRefunded,
])

export const cancellation: Journey = appJourney('server', { known: true, returns: true, lines: 1 }, [
  shop.orderCompleted,
  shop.orderCancelled,
])
