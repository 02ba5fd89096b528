import { alias } from '../calls/alias.ts'
import type { Call } from '../calls/call.ts'
import { group } from '../calls/group.ts'
import { identify, identifyNewcomer } from '../calls/identify.ts'
import { page } from '../calls/page.ts'
import { screen } from '../calls/screen.ts'
import { track, trackInGroup } from '../calls/track.ts'
import { DAY_MS } from '../civil-date.ts'
import { DRAW } from '../draws.ts'
import { fragmentOf } from '../utf8.ts'
import { applicationInstalled, applicationOpened } from './application.ts'
import { appJourney, type Journey, webJourney } from './journey.ts'

const SIGN_UP_TYPE = fragmentOf('"type":"organic",')
const EMAIL = fragmentOf(',"email":"')
const QUOTE = fragmentOf('"')
const ACCOUNT_NAME = fragmentOf('"account_name":')
const TRIAL_START = fragmentOf('"trial_start_date":"')
const TRIAL_END = fragmentOf('","trial_end_date":"')
const TRIAL_PLAN = fragmentOf('","trial_plan_name":"Business"')
const ROLE = fragmentOf('"role":"Owner"')
const TRIAL_DAYS = 14

const signedUp: Call = track('Signed Up', (writer, visit) => {
  writer.put(SIGN_UP_TYPE)
  writer.put(visit.visitor.person.signUp)
  writer.put(EMAIL)
  visit.visitor.writeEmail(writer)
  writer.put(QUOTE)
})

const accountCreated: Call = trackInGroup('Account Created', (writer, visit) => {
  writer.put(ACCOUNT_NAME)
  writer.put(visit.draws.oneOfUser(DRAW.company, visit.pools.companies).name)
})

const accountAddedUser: Call = trackInGroup('Account Added User', (writer) => writer.put(ROLE))

const trialStarted: Call = trial('Trial Started', 0)
const trialEnded: Call = trial('Trial Ended', TRIAL_DAYS)

/** @param daysIn how long the trial has lasted when the call is made */
function trial(event: string, daysIn: number): Call {
  return trackInGroup(event, (writer, visit) => {
    const startDay = Math.floor(visit.startMs / DAY_MS) - daysIn
    writer.put(TRIAL_START)
    writer.day(startDay)
    writer.put(TRIAL_END)
    writer.day(startDay + TRIAL_DAYS)
    writer.put(TRIAL_PLAN)
  })
}

/** A company signs up on the web. */
export const signUp: Journey = webJourney('sign-up', {}, [
  ['signup', page('Sign Up', 'Business')],
  ['signup', alias],
  ['signup', identifyNewcomer],
  ['dashboard', group],
  ['dashboard', signedUp],
  ['dashboard', accountCreated],
  ['dashboard', page('Dashboard', 'Business')],
  ['pricing', page('Pricing', 'Business')],
  ['dashboard', trialStarted],
])

/** A person signs up in the app, just installed. */
export const mobileSignUp: Journey = appJourney('mobile-sign-up', 'mobile', {}, [
  applicationInstalled,
  applicationOpened,
  screen('Welcome'),
  screen('Sign Up'),
  identifyNewcomer,
  signedUp,
])

/** The back end tells what it knows of a customer. */
export const serverSync: Journey = appJourney('server-sync', 'server', { known: true, returns: true }, [
  identify,
  group,
  accountAddedUser,
  track('Signed In'),
  trialEnded,
])
