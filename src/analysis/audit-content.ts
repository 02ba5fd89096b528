import type { AuditFindings } from '../model/audit.ts'
import type { Traffic } from '../model/message.ts'
import type { Receipt } from '../model/receipt.ts'
import type { Digest } from '../model/world.ts'
import { type Difference, differenceAt, firstDifference } from './audit-difference.ts'
import { byIndex, Examples } from './audit-examples.ts'
import { atPointer, type Pointer, pointersOf } from './audit-pointer.ts'
import { SentMessage } from './audit-sent.ts'
import { canonicalJson } from './canonical-json.ts'
import { utf8Text } from './utf8-text.ts'

/** Fields of a receipt that stand for the event's own of the same name. They alone do not make content comparable. */
const PLAIN_FIELDS = ['type', 'userId', 'event'] as const

/** Holds what is stored against what was sent, by whatever a record carries of it. */
export class StoredContent {
  readonly #traffic: Traffic
  readonly #digest: Digest
  readonly #altered = new Examples<{ readonly index: number } & Difference>()
  #compared = 0

  constructor(traffic: Traffic, digest: Digest) {
    this.#traffic = traffic
    this.#digest = digest
  }

  /** @returns whether it is as sent, as far as the record tells */
  take(index: number, receipt: Receipt): boolean {
    const sent = new SentMessage(this.#traffic, index)
    const pointers = pointersInto(sent, receipt)
    const hasDigest = receipt.body == null && receipt.digest != null
    if (receipt.body != null || hasDigest || pointers.length > 0) this.#compared++
    const difference =
      (hasDigest ? this.#digestDifference(sent, receipt.digest) : null) ??
      bodyDifference(sent, receipt.body) ??
      fieldDifference(sent, receipt, pointers)
    if (difference !== null) this.#altered.add(() => ({ index, ...difference }))
    return difference === null
  }

  findings(): Pick<AuditFindings, 'altered' | 'comparedContent'> {
    return { altered: byIndex(this.#altered), comparedContent: this.#compared }
  }

  #digestDifference(sent: SentMessage, stored: unknown): Difference | null {
    const live = this.#digest.sha256(canonicalJson(sent.event('live')))
    const actual = typeof stored === 'string' ? stored.toLowerCase() : stored
    if (actual === live || actual === this.#digest.sha256(canonicalJson(sent.event('replay')))) return null
    return differenceAt('', live, stored)
  }
}

function bodyDifference(sent: SentMessage, body: unknown): Difference | null {
  if (body == null || sent.equals('live', body) || sent.equals('replay', body)) return null
  const stored = valueIn(body)
  if (stored === undefined) return differenceAt('', 'JSON', body)
  return inEitherEnvelope(sent, (content) => firstDifference(content, stored, ''))
}

function fieldDifference(sent: SentMessage, receipt: Receipt, pointers: readonly Pointer[]): Difference | null {
  const plain = PLAIN_FIELDS.filter((field) => receipt[field] != null)
  for (const field of plain) {
    if (field === 'type' ? receipt.type === sent.type : sent.plainly(field, receipt[field])) continue
    // The same in either envelope.
    const difference = storedAt(sent.event('live'), `/${field}`, receipt[field])
    if (difference !== null) return difference
  }
  if (pointers.length === 0) return null
  return inEitherEnvelope(sent, (content) => {
    for (const pointer of pointers) {
      const difference = storedAt(content, pointer, receipt[pointer])
      if (difference !== null) return difference
    }
    return null
  })
}

/** Either copy may be stored, and they differ in `integrations` alone: a difference there counts only if neither has it so. */
function inEitherEnvelope(sent: SentMessage, compare: (content: unknown) => Difference | null): Difference | null {
  const live = compare(sent.content('live'))
  if (live === null) return null
  const replay = compare(sent.content('replay'))
  if (replay === null) return null
  return live.pointer.startsWith('/integrations') ? replay : live
}

/** A field that the event leaves out or null is the store's own. */
function storedAt(content: unknown, pointer: string, stored: unknown): Difference | null {
  const expected = atPointer(content, pointer)
  return expected == null ? null : firstDifference(expected, asColumn(expected, stored), pointer)
}

/** Columns of a table know neither booleans nor lists: 0 and 1 stand for the ones, JSON text for the others. */
function asColumn(expected: unknown, stored: unknown): unknown {
  if (typeof expected === 'boolean' && (stored === 0 || stored === 1)) return stored === 1
  return typeof expected === 'object' && typeof stored === 'string' ? (parsed(stored) ?? stored) : stored
}

/** Text and its bytes stand for what they say; undefined: they are not JSON. */
function valueIn(body: unknown): unknown {
  if (body instanceof Uint8Array) return parsed(utf8Text(body))
  return typeof body === 'string' ? parsed(body) : body
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The receipt's pointers that name something in the event. */
function pointersInto(sent: SentMessage, receipt: Receipt): readonly Pointer[] {
  return pointersOf(receipt).filter((pointer) => atPointer(sent.content('live'), pointer) != null)
}
