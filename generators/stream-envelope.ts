import type { CallType, Envelope } from '../src/model/message.ts'
import type { StreamPlan } from '../src/model/stream.ts'
import type { ByteWriter } from './byte-writer.ts'
import { ofEachCall } from './calls/of-each-call.ts'
import type { EventTimes, Wrapping } from './envelope.ts'
import type { Step } from './journeys/journey.ts'
import type { MessageIds } from './message-id.ts'
import { type Fragment, fragmentOf } from './utf8.ts'
import type { Visit } from './visit/visit.ts'

/**
 * What surrounds each event that a Stream partner sends of one visit: which tool it comes from, whom it is about by Segment's userId and by
 * the tool's own, and when it happened. What Segment adds on its way is not there.
 */
export class StreamEnvelope implements Wrapping {
  private readonly opening: Fragment
  private readonly user: Fragment

  /** @param context see `streamContextOf` */
  constructor(writer: ByteWriter, visit: Visit, context: Fragment) {
    writer.begin()
    writer.put(context)
    visit.visitor.writeDeviceId(writer)
    writer.put(QUOTE)
    this.opening = writer.end()
    writer.begin()
    visit.visitor.writeUserId(writer)
    writer.put(END)
    this.user = writer.end()
  }

  writeOpening(writer: ByteWriter, _: Step, __: boolean): void {
    writer.put(this.opening)
  }

  writeClosing(
    writer: ByteWriter,
    type: CallType,
    _: Envelope,
    ids: MessageIds,
    index: number,
    { timestamp }: EventTimes,
  ): void {
    writer.put(MESSAGE_ID)
    ids.write(writer, index, 'uuid', timestamp)
    writer.put(TIMESTAMP)
    writer.instant(timestamp)
    writer.put(TYPES[type])
    writer.put(this.user)
  }
}

/** How `context` begins, up to where the tool's own id of the person goes. */
export function streamContextOf({ integration, ownIdName }: StreamPlan, squall: string): Fragment {
  const { name, version } = integration
  return fragmentOf(
    `{"context":{"integration":${JSON.stringify({ name, version })},${squall},${JSON.stringify(ownIdName)}:"`,
  )
}

const QUOTE = fragmentOf('"')
const END = fragmentOf('"}')
const MESSAGE_ID = fragmentOf(',"messageId":"')
const TIMESTAMP = fragmentOf('","timestamp":"')
const TYPES = ofEachCall((type) => `","type":"${type}","userId":"`)
