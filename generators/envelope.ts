import type { CallType, Envelope } from '../src/model/message.ts'
import type { ByteWriter } from './byte-writer.ts'
import { ofEachCall } from './calls/of-each-call.ts'
import type { Step } from './journeys/journey.ts'
import type { MessageIds } from './message-id.ts'
import { type Fragment, fragmentOf } from './utf8.ts'
import type { Visit } from './visit/visit.ts'

/** The four times of an event, in epoch milliseconds: `timestamp` = `receivedAt` − (`sentAt` − `originalTimestamp`). */
export interface EventTimes {
  readonly originalTimestamp: number
  readonly receivedAt: number
  readonly sentAt: number
  readonly timestamp: number
}

/** What surrounds each event of one visit. */
export interface Wrapping {
  /** Everything up to what only the call has; `context` is left open. */
  writeOpening(writer: ByteWriter, step: Step, known: boolean): void
  /** Everything after it. */
  writeClosing(
    writer: ByteWriter,
    type: CallType,
    envelope: Envelope,
    ids: MessageIds,
    index: number,
    times: EventTimes,
    known: boolean,
  ): void
}

/** What Segment surrounds each event with, written once for all of a visit where it can be. */
export class VisitEnvelope implements Wrapping {
  private readonly visit: Visit
  private readonly opening: Fragment
  private readonly known: Fragment
  private readonly live: Fragment
  private readonly project: Fragment
  private readonly knownEnd: Fragment
  private readonly unknownEnd: Fragment

  /** @param clockAheadMs of the device, which names its session by its own clock */
  constructor(writer: ByteWriter, visit: Visit, squall: Fragment, clockAheadMs: number) {
    const { client, pools } = visit
    this.visit = visit
    writer.begin()
    client.writeOpening(writer, visit)
    if (!client.hasEmptyContext) writer.put(COMMA)
    writer.put(squall)
    this.opening = writer.end()
    this.known = visit.journey.knownFrom < visit.journey.steps.length ? knownOf(writer, visit) : NOTHING
    this.live = client.sessions ? sessionOf(writer, visit.startMs + clockAheadMs) : NO_FLAGS
    this.project = pools.shop.projects[client.source]
    this.knownEnd = userOf(writer, visit)
    this.unknownEnd = client.unknownUser === 'null' ? UNKNOWN_NULL : UNKNOWN_ABSENT
  }

  writeOpening(writer: ByteWriter, step: Step, known: boolean): void {
    writer.put(this.opening)
    if (known) writer.put(this.known)
    this.visit.client.writeStep(writer, this.visit, step)
  }

  writeClosing(
    writer: ByteWriter,
    type: CallType,
    envelope: Envelope,
    ids: MessageIds,
    index: number,
    times: EventTimes,
    known: boolean,
  ): void {
    writer.put(envelope === 'replay' ? REPLAY : this.live)
    const form = type === 'delete' ? 'delete' : this.visit.client.messageIds
    ids.write(writer, index, form, times.originalTimestamp)
    writer.put(ORIGINAL_TIMESTAMP)
    writer.instant(times.originalTimestamp)
    writer.put(this.project)
    writer.instant(times.receivedAt)
    writer.put(SENT_AT)
    writer.instant(times.sentAt)
    writer.put(TIMESTAMP)
    writer.instant(times.timestamp)
    writer.put(TYPES[type])
    writer.put(known ? this.knownEnd : this.unknownEnd)
  }
}

function knownOf(writer: ByteWriter, visit: Visit): Fragment {
  writer.begin()
  visit.client.writeKnown(writer, visit)
  return writer.end()
}

/** The flags that live events carry: the session, as Amplitude's plugin leaves it. */
function sessionOf(writer: ByteWriter, sessionMs: number): Fragment {
  writer.begin()
  writer.put(SESSION)
  writer.whole(sessionMs)
  writer.put(SESSION_END)
  return writer.end()
}

function userOf(writer: ByteWriter, { visitor }: Visit): Fragment {
  writer.begin()
  writer.put(USER_ID)
  visitor.writeUserId(writer)
  writer.put(VERSION)
  return writer.end()
}

const NOTHING = fragmentOf('')
const COMMA = fragmentOf(',')
const SESSION = fragmentOf(',"integrations":{"Actions Amplitude":{"session_id":')
const SESSION_END = fragmentOf('}},"messageId":"')
const NO_FLAGS = fragmentOf(',"integrations":{},"messageId":"')
const USER_ID = fragmentOf(',"userId":"')
const VERSION = fragmentOf('","version":2}')
/** Segment replaces the flags of a replayed event: all destinations off but the one that is replayed to. */
const REPLAY = fragmentOf(',"integrations":{"All":false,"Squall":true},"messageId":"')
const ORIGINAL_TIMESTAMP = fragmentOf('","originalTimestamp":"')
const SENT_AT = fragmentOf('","sentAt":"')
const TIMESTAMP = fragmentOf('","timestamp":"')
const UNKNOWN_NULL = fragmentOf(',"userId":null,"version":2}')
const UNKNOWN_ABSENT = fragmentOf(',"version":2}')
const TYPES = ofEachCall((type) => `","type":"${type}"`)
