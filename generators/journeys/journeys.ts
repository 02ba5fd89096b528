import { leaving, mobileSignUp, serverSync, signUp, teamwork } from './account.ts'
import { browsing, mobileSession } from './browsing.ts'
import { consent } from './consent.ts'
import { copilot } from './copilot.ts'
import { erasure } from './deletion.ts'
import {
  cancellation,
  catalogue,
  couponShopping,
  mobileShopping,
  quickOrder,
  refund,
  shopping,
  wishing,
} from './ecommerce.ts'
import { bounce, newsletter, spamReport, unsubscription } from './email.ts'
import { experiment } from './experiment.ts'
import type { Journey } from './journey.ts'
import { liveChat } from './live-chat.ts'
import { installing, linked, pushed } from './mobile.ts'
import { watching, watchingOnPhone } from './video.ts'

/** Every journey by the name that mixes know it by. */
export const JOURNEYS: Readonly<Record<string, Journey>> = {
  shopping,
  'quick-order': quickOrder,
  'mobile-shopping': mobileShopping,
  'coupon-shopping': couponShopping,
  wishing,
  catalogue,
  refund,
  cancellation,
  browsing,
  'mobile-session': mobileSession,
  'sign-up': signUp,
  'mobile-sign-up': mobileSignUp,
  'server-sync': serverSync,
  teamwork,
  leaving,
  newsletter,
  unsubscription,
  'spam-report': spamReport,
  bounce,
  'live-chat': liveChat,
  copilot,
  experiment,
  consent,
  installing,
  pushed,
  linked,
  watching,
  'watching-on-phone': watchingOnPhone,
  erasure,
}
