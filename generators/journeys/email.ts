import type { Call, Members } from '../calls/call.ts'
import { all, drawn, fixed, nested, text, uuid } from '../calls/properties.ts'
import { trackIn } from '../calls/track.ts'
import { DRAW } from '../draws.ts'
import { appJourney, type Journey } from './journey.ts'

/** What a mail service tells: it knows the recipient's address and, once the mail is read, where from. */

const recipient: Members = nested(
  'traits',
  text('email', (writer, { visitor }) => visitor.writeEmail(writer)),
)

const reader: readonly Members[] = [
  text('ip', (writer, { draws, pools }) => writer.ascii(draws.oneOfUser(DRAW.address, pools.ips))),
  fixed({ user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Thunderbird/145.0' }),
]

const mail: Members = all(
  uuid('email_id', 'email'),
  drawn('campaign', [
    { email_subject: 'Your order is on its way', campaign_id: '0117', campaign_name: 'Order updates' },
    { email_subject: 'Frühling im Garten 🌱', campaign_id: '0042', campaign_name: 'Spring newsletter' },
    { email_subject: '"Last chance": 20 % off', campaign_id: '98', campaign_name: 'Win-back' },
  ]),
)

const told = (event: string): Call => trackIn([recipient], event, mail)
const read = (event: string, ...more: readonly Members[]): Call => trackIn([recipient, ...reader], event, mail, ...more)

const delivered = told('Email Delivered')
const opened = read('Email Opened')
const clicked = read(
  'Email Link Clicked',
  drawn('mail link', [
    { link_id: 'cta-1', link_url: 'https://news.example/go/0042?c=spring' },
    { link_id: 'footer', link_url: 'https://news.example/help' },
  ]),
)

const mailJourney = (...calls: readonly Call[]): Journey => appJourney('service', { known: true, returns: true }, calls)

/** Delivered, opened, clicked. */
export const newsletter: Journey = mailJourney(delivered, opened, clicked)
/** Delivered, opened, and no more of it. */
export const unsubscription: Journey = mailJourney(
  delivered,
  opened,
  clicked,
  read('Unsubscribed', fixed({ list_id: '0007', list_name: 'Weekly newsletter' })),
)
export const spamReport: Journey = mailJourney(delivered, read('Email Marked as Spam'))
export const bounce: Journey = mailJourney(told('Email Bounced'))
