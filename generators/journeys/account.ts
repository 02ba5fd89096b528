import { alias } from '../calls/alias.ts'
import type { Call, Members } from '../calls/call.ts'
import { group } from '../calls/group.ts'
import { identify, identifyNewcomer } from '../calls/identify.ts'
import { page } from '../calls/page.ts'
import { all, day, drawn, fixed, json, text } from '../calls/properties.ts'
import { screen } from '../calls/screen.ts'
import { track, trackInGroup } from '../calls/track.ts'
import { DAY_MS } from '../civil-date.ts'
import { DRAW } from '../draws.ts'
import { applicationInstalled, applicationOpened } from './application.ts'
import { appJourney, type Journey, webJourney } from './journey.ts'

const TRIAL_DAYS = 14

const email: Members = text('email', (writer, { visitor }) => visitor.writeEmail(writer))
const username: Members = text('username', (writer, { visitor }) => visitor.writeEmail(writer))
const accountName: Members = json(
  'account_name',
  ({ draws, pools }) => draws.oneOfUser(DRAW.company, pools.companies).name,
)

const newcomer: Members = all(
  fixed({ type: 'organic' }),
  [(writer, { visitor }) => writer.put(visitor.person.signUp)],
  email,
  text('phone', (writer, { visitor }) => visitor.writePhone(writer)),
  username,
)
const signedUp: Call = track('Signed Up', newcomer)
const signedUpForCompany: Call = trackInGroup('Signed Up', newcomer)
const signedIn: Call = trackInGroup('Signed In', username)
const accountCreated: Call = trackInGroup('Account Created', accountName)
const accountDeleted: Call = trackInGroup('Account Deleted', accountName)
const accountAddedUser: Call = trackInGroup('Account Added User', fixed({ role: 'Owner' }))

const inviteSent: Call = trackInGroup(
  'Invite Sent',
  drawn('invitee', [
    { invitee_email: 'kim@example.com', invitee_first_name: 'Kim', invitee_last_name: 'Example' },
    { invitee_email: 'lukasz@example.org', invitee_first_name: 'Łukasz', invitee_last_name: 'Przykład' },
  ]),
  fixed({ invitee_role: 'Admin' }),
)

/** @param daysIn how long the trial has lasted when the call is made */
const trial = (event: string, daysIn: number): Call =>
  trackInGroup(
    event,
    day('trial_start_date', ({ startMs }) => Math.floor(startMs / DAY_MS) - daysIn),
    day('trial_end_date', ({ startMs }) => Math.floor(startMs / DAY_MS) - daysIn + TRIAL_DAYS),
    fixed({ trial_plan_name: 'Business' }),
  )

/** A company signs up on the web. */
export const signUp: Journey = webJourney({}, [
  ['signup', page('Sign Up', 'Business')],
  ['signup', alias],
  ['signup', identifyNewcomer],
  ['dashboard', group],
  ['dashboard', signedUpForCompany],
  ['dashboard', accountCreated],
  ['dashboard', page('Dashboard', 'Business')],
  ['pricing', page('Pricing', 'Business')],
  ['dashboard', trial('Trial Started', 0)],
])

/** A person signs up in the app, just installed. */
export const mobileSignUp: Journey = appJourney('mobile', {}, [
  applicationInstalled,
  applicationOpened,
  screen('Welcome'),
  screen('Sign Up'),
  identifyNewcomer,
  signedUp,
])

/** The back end tells what it knows of a customer. */
export const serverSync: Journey = appJourney('server', { known: true, returns: true }, [
  identify,
  group,
  accountAddedUser,
  signedIn,
  trial('Trial Ended', TRIAL_DAYS),
])

/** An owner manages the company's people. */
export const teamwork: Journey = webJourney({ known: true, returns: true }, [
  ['dashboard', signedIn],
  ['dashboard', page('Dashboard', 'Business')],
  ['dashboard', group],
  ['dashboard', inviteSent],
  ['dashboard', accountAddedUser],
  ['dashboard', trackInGroup('Account Removed User')],
  ['dashboard', trackInGroup('Signed Out', username)],
])

/** A company leaves. */
export const leaving: Journey = webJourney({ known: true }, [
  ['dashboard', page('Dashboard', 'Business')],
  ['dashboard', accountDeleted],
])
