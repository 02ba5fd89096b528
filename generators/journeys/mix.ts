import { mobileSignUp, serverSync, signUp } from './account.ts'
import { browsing, mobileSession } from './browsing.ts'
import { mobileShopping, quickOrder, shopping } from './ecommerce.ts'
import type { Journey } from './journey.ts'

/** The default mix: what a block of messages consists of, its twin aside. 99 steps in all. */
export const DEFAULT_MIX: readonly Journey[] = [
  shopping,
  signUp,
  mobileSession,
  quickOrder,
  mobileShopping,
  browsing,
  browsing,
  browsing,
  mobileSession,
  mobileSignUp,
  serverSync,
  serverSync,
]

/**
 * How many messages the first of all hold a whole ecommerce journey and, beyond it, each kind of call: what the smoke scenario
 * sends.
 */
export const SUITE_SIZE = 20

/** The journeys, by their place in the mix, that these messages belong to. */
export const SUITE: readonly number[] = [...Array<number>(14).fill(0), ...Array<number>(4).fill(1), 2, 2]
