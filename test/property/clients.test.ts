import { createServer } from 'node:http'
import { Analytics } from '@segment/analytics-node'
import { describe, expect, it } from 'vitest'
import { eventsOf, type ParsedEvent, testTraffic } from '../support/events.ts'
import { livePhase } from '../support/plans.ts'

const COUNT = 20_000
const { traffic } = testTraffic({ phases: [livePhase(COUNT, 500)] })
const events = eventsOf(traffic, 0, COUNT)
const byLibrary = Map.groupBy(events, ({ context }) => context.library?.name ?? 'none')
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
const UPPER = UUID.replaceAll('a-f', 'A-F').replace('[89ab]', '[89AB]')

/** What each library collects by itself, how it numbers messages and names devices. */
const CLIENTS: Readonly<Record<string, { context: string; messageId: string; anonymousId: string }>> = {
  'analytics.js': {
    context: 'campaign ip library locale page timezone userAgent userAgentData',
    messageId: `ajs-next-\\d{13}-${UUID}`,
    anonymousId: UUID,
  },
  'analytics-ios': {
    context: 'app device ip library locale network os screen timezone traits',
    messageId: UPPER,
    anonymousId: UPPER,
  },
  'analytics-android': {
    context: 'app device ip library locale network os screen timezone traits userAgent',
    messageId: UUID,
    anonymousId: UUID,
  },
  'analytics-swift': {
    context: 'app device ip library locale network os screen timezone',
    messageId: UPPER,
    anonymousId: UPPER,
  },
  'analytics-kotlin': {
    context: 'app device ip library locale network os screen timezone userAgent',
    messageId: UUID,
    anonymousId: UUID,
  },
  '@segment/analytics-node': { context: 'library', messageId: `node-next-\\d{13}-${UUID}`, anonymousId: 'none' },
  'analytics-python': { context: 'library', messageId: UUID, anonymousId: 'none' },
  none: { context: '', messageId: UUID, anonymousId: 'none' },
}

/** Put there by the caller, not by the library. */
const STATED = new Set(['squall', 'groupId', 'consent'])

describe('the libraries that events come from', () => {
  it('are these, and each sends often', () => {
    expect([...byLibrary.keys()].sort()).toEqual(Object.keys(CLIENTS).sort())
    for (const sent of byLibrary.values()) expect(sent.length).toBeGreaterThan(COUNT / 100)
  })

  for (const [name, { context, messageId, anonymousId }] of Object.entries(CLIENTS)) {
    it(`collect what ${name} collects, and no more`, () => {
      const sent = byLibrary.get(name)!.filter(isOwn)
      const members = new Set(sent.flatMap((event) => Object.keys(event.context).filter((key) => !STATED.has(key))))
      expect([...members].sort().join(' ')).toBe(context)
    })

    it(`number messages and devices as ${name} does`, () => {
      for (const event of byLibrary.get(name)!) {
        expect(event.messageId).toMatch(new RegExp(`^${messageId}$`))
        expect(event.anonymousId ?? 'none').toMatch(new RegExp(`^${anonymousId}$`))
        const stamp = /-next-(\d+)-/.exec(event.messageId)?.[1]
        if (stamp !== undefined) expect(Number(stamp)).toBe(Date.parse(event.originalTimestamp))
      }
    })
  }

  it('leave each messageId decodable, and only as it was written', () => {
    for (const { messageId } of events.slice(0, 3000)) {
      const index = traffic.indexOf(messageId)!
      expect(traffic.messageIdAt(index)).toBe(messageId)
      const other = messageId.toUpperCase() === messageId ? messageId.toLowerCase() : messageId.toUpperCase()
      expect(traffic.indexOf(other)).toBeUndefined()
      expect(traffic.indexOf(`ajs-next-1-${messageId.slice(-36)}`)).toBeUndefined()
    }
  })
})

describe('an event of analytics-node', () => {
  it('has the members, the library and the kinds of value that the real library sends', async () => {
    const sent = await sentByRealLibrary()
    for (const real of sent) {
      const ours = byLibrary.get('@segment/analytics-node')!.find((event) => event.type === real.type && isOwn(event))!
      for (const member of Object.keys(real).filter((key) => !OF_THE_CALLER.has(key))) {
        expect(kindOf(ours[member]), `${real.type} ${member}`).toBe(kindOf(real[member]))
      }
      expect(ours.context.library).toEqual(real.context.library)
      expect(Object.keys(ours._metadata)).toEqual(Object.keys(real._metadata))
      expect(ours._metadata.jsRuntime).toBe(real._metadata.jsRuntime)
      expect(shapeOf(ours.messageId)).toBe(shapeOf(real.messageId))
      expect(ours.integrations).toEqual(real.integrations)
      expect(new Date(real.timestamp).toISOString()).toBe(real.timestamp)
      const added = Object.keys(ours).filter((member) => !(member in real))
      expect(added.filter((member) => !OF_THE_PIPELINE.has(member))).toEqual([])
    }
  })
})

/** What Segment adds to an event on its way, and what the body of a batch says for all its events. */
const OF_THE_PIPELINE = new Set(['channel', 'originalTimestamp', 'projectId', 'receivedAt', 'sentAt', 'version'])
const OF_THE_CALLER = new Set(['anonymousId'])

/** A mail service says in the context what it knows of the reader. */
function isOwn({ event }: ParsedEvent): boolean {
  return !/^(Email|Unsubscribed|Segment Consent)/.test(event ?? '')
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value
}

function shapeOf(id: string): string {
  return id.replaceAll(/[0-9a-f]/g, 'x')
}

async function sentByRealLibrary(): Promise<ParsedEvent[]> {
  const batches: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += String(chunk)
    })
    request.on('end', () => {
      batches.push(body)
      response.setHeader('connection', 'close')
      response.end('{"success":true}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const analytics = new Analytics({ writeKey: 'test', host: `http://127.0.0.1:${address.port}`, maxRetries: 0 })
  analytics.identify({ userId: 'u', traits: { plan: 'free' } })
  analytics.track({ userId: 'u', event: 'Signed In', properties: { username: 'u' } })
  analytics.group({ userId: 'u', groupId: 'g', traits: { name: 'g' } })
  await analytics.closeAndFlush()
  await new Promise((resolve) => server.close(resolve))
  return batches.flatMap((body) => JSON.parse(body).batch)
}
