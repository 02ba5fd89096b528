/** The journeys that traffic is made of, each with its weight: how many visits of it there are beside those of the others. */
export type Mix = Readonly<Record<string, number>>

/** What comes unless a scenario says otherwise. */
export const DEFAULT_MIX: Mix = {
  shopping: 10,
  'sign-up': 6,
  'mobile-session': 12,
  'quick-order': 10,
  'mobile-shopping': 8,
  browsing: 14,
  'mobile-sign-up': 5,
  'server-sync': 12,
  'coupon-shopping': 3,
  wishing: 4,
  catalogue: 1,
  refund: 2,
  cancellation: 1,
  teamwork: 3,
  leaving: 1,
  newsletter: 8,
  unsubscription: 2,
  'spam-report': 1,
  bounce: 1,
  'live-chat': 3,
  copilot: 2,
  experiment: 4,
  consent: 3,
  installing: 2,
  pushed: 3,
  linked: 2,
  watching: 2,
  'watching-on-phone': 2,
}

/** What a shop alone sends. */
const ECOMMERCE_MIX: Mix = {
  shopping: 10,
  'quick-order': 10,
  'mobile-shopping': 8,
  browsing: 14,
  'mobile-session': 8,
  'coupon-shopping': 3,
  wishing: 4,
  refund: 2,
  cancellation: 1,
}

/** What tools that write to Segment send: mail, chat, assistants, tests, and what back ends know of customers. */
const STREAM_MIX: Mix = {
  newsletter: 24,
  unsubscription: 6,
  'spam-report': 2,
  bounce: 3,
  'live-chat': 6,
  copilot: 3,
  experiment: 4,
  consent: 2,
  'server-sync': 6,
  teamwork: 2,
  'sign-up': 3,
  'mobile-sign-up': 2,
  'mobile-session': 3,
}

/** Mixes that have a name. */
export const MIXES: Readonly<Record<string, Mix>> = {
  default: DEFAULT_MIX,
  ecommerce: ECOMMERCE_MIX,
  stream: STREAM_MIX,
}

/** Every journey by name. `erasure`, which ends in a delete call, is in no mix unless it is asked for. */
export const JOURNEY_NAMES: readonly string[] = [...Object.keys(DEFAULT_MIX), 'erasure']

/** Whether there are delete calls in traffic of this mix. */
export function mayDelete(mix: Mix): boolean {
  return (mix.erasure ?? 0) > 0
}
