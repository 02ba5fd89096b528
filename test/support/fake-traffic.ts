import type { Envelope, Message, Traffic } from '../../src/model/message.ts'
import { NAMESPACE_STRIDE } from '../../src/model/message.ts'
import type { RunHeader } from '../../src/model/run-header.ts'
import { lending } from './lending.ts'

const INTEGRATIONS = { live: { All: true }, replay: { All: false, Partner: true } }

/** Small messages with all that stores mangle: made at once, no corpus needed. Any index of any namespace has one. */
export function fakeTraffic(header: RunHeader): Traffic {
  const userIdPrefix = `sq_${header.id}_`
  const messageIdAt = (index: number): string => `${header.id}:${index}`
  const timestampMsAt = (index: number): number => header.startedAtMs + (index % NAMESPACE_STRIDE) * 1371 + 7
  const messageAt = (index: number, envelope: Envelope): Message => {
    const event = eventAt(header, index, envelope, new Date(timestampMsAt(index)).toISOString())
    const bytes = new TextEncoder().encode(JSON.stringify(event))
    return { index, messageId: messageIdAt(index), type: 'track', bytes }
  }
  return {
    userIdPrefixes: [userIdPrefix],
    messageIdAt,
    timestampMsAt,
    typeAt: () => 'track',
    flawAt: () => '',
    userAt: (index) => index % NAMESPACE_STRIDE,
    indexOf(messageId) {
      const [run, number = '', ...more] = messageId.split(':')
      return run === header.id && more.length === 0 && /^\d+$/.test(number) ? Number(number) : undefined
    },
    messageAt,
    lentAt: lending(messageAt),
  }
}

function eventAt(header: RunHeader, index: number, envelope: Envelope, timestamp: string): unknown {
  return {
    messageId: `${header.id}:${index}`,
    type: 'track',
    event: 'Order Completed',
    userId: `sq_${header.id}_${index}`,
    timestamp,
    integrations: INTEGRATIONS[envelope],
    context: { squall: { run: header.id, synthetic: true }, locale: 'de-DE' },
    properties: {
      total: 1 + index + 0.1,
      zip: '00420',
      coupon: null,
      note: 'Müller 😀 \u2028',
      'a/b~c': 1,
      gift: true,
      products: [
        { sku: 'x', quantity: 2 },
        { sku: 'y', quantity: 1 },
      ],
    },
  }
}
