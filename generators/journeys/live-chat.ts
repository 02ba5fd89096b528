import type { Call, Members } from '../calls/call.ts'
import { page } from '../calls/page.ts'
import { all, drawn, oneOf, uuid, whole } from '../calls/properties.ts'
import { track } from '../calls/track.ts'
import { type Journey, webJourney } from './journey.ts'

const conversation: Members = all(
  drawn('agent', [
    { agent_id: '0123', agent_name: 'Ana Example', agent_username: 'ana' },
    { agent_id: 'a-77', agent_name: 'Jörg Beispiel', agent_username: 'joerg.b' },
    { agent_id: 'bot', agent_name: 'Helper', agent_username: 'helper_bot' },
  ]),
  uuid('conversation_id', 'conversation'),
)

/** @param seconds since the conversation began */
const said = (event: string, nth: number, seconds: number, ...body: readonly Members[]): Call =>
  track(
    event,
    conversation,
    whole('conversation_duration', () => seconds),
    uuid('message_id', 'utterance', nth),
    ...body,
  )

const question = oneOf('message_body', ['Hi! Where is my order?', 'Is size M in stock?', 'Können Sie mir helfen?'])
const detail = oneOf('message_body', ['It was order 0042, I think.', 'The green one.', 'Größe M, bitte'])
const answer = oneOf('message_body', ['Hello, let me have a look.', 'Of course — one moment, please 🙂'])
const thanks = oneOf('message_body', ['Thank you!', 'That was quick, thanks.', 'Merci à vous'])
const goodbye = oneOf('message_body', ['Conversation closed.'])

/** A visitor asks, an agent answers. */
export const liveChat: Journey = webJourney({}, [
  ['help', page('Help', 'Support')],
  ['help', said('Live Chat Conversation Started', 0, 0, question)],
  ['help', said('Live Chat Message Sent', 1, 4, detail)],
  ['help', said('Live Chat Message Received', 2, 31, answer)],
  ['help', said('Live Chat Message Sent', 3, 58, thanks)],
  ['help', said('Live Chat Conversation Ended', 4, 64, goodbye)],
])
