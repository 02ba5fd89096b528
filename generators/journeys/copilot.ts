import type { Call, Members } from '../calls/call.ts'
import { page } from '../calls/page.ts'
import { fixed, oneOf, uuid } from '../calls/properties.ts'
import { track } from '../calls/track.ts'
import { type Journey, webJourney } from './journey.ts'

const conversationId: Members = uuid('conversationId', 'conversation')

const turn = (event: string, nth: number, ...more: readonly Members[]): Call =>
  track(event, conversationId, uuid('messageId', 'utterance', nth), ...more)

const prompt = oneOf('message_body', ['Plan a dinner for 6', 'Which pan for induction?', '抹茶 gift under 50?'])
const reply = oneOf('message_body', [
  'Here is a plan in three steps:\n1. Starter\n2. Main\n3. Dessert',
  'These two fit — the first one is lighter.',
])

/** A customer asks the shop's assistant, which answers, draws and acts. */
export const copilot: Journey = webJourney({ known: true, returns: true }, [
  ['help', page('Assistant', 'Support')],
  ['help', track('Conversation Started', conversationId)],
  ['help', turn('Component Loaded', 0, fixed({ type: 'chat_panel' }))],
  ['help', turn('Message Sent', 1, prompt, fixed({ role: 'customer' }))],
  ['help', turn('Message Received', 2, reply, fixed({ role: 'agent' }))],
  ['help', turn('Media Generated', 3, fixed({ type: 'image', sub_type: 'png', role: 'agent' }))],
  ['help', turn('Action Invoked', 4, fixed({ type: 'tool', action: 'add_to_cart', role: 'agent' }))],
  ['help', turn('Feedback Submitted', 2, oneOf('rating', [1, 3, 4, 5]))],
  ['help', track('Conversation Ended', conversationId, fixed({ message_count: 2 }))],
])
