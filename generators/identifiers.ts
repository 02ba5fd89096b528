import { NAMESPACE_STRIDE } from '../src/model/message.ts'
import type { ByteWriter } from './byte-writer.ts'
import { NumberCipher } from './number-cipher.ts'
import { type Fragment, fragmentOf } from './utf8.ts'
import { UuidCipher } from './uuid-cipher.ts'

/**
 * The identifiers of one run, each made from a namespace and a number below `NAMESPACE_STRIDE`. No two runs and no two namespaces
 * have one in common: texts carry the run's id, and all of them a keyed permutation of namespace and number.
 */
export class Identifiers {
  readonly userIdPrefix: string
  private readonly run: string
  private readonly users: NumberCipher
  private readonly visits: NumberCipher
  private readonly uuids: Readonly<Record<UuidKind, UuidCipher>>

  constructor(runId: string) {
    this.run = runId
    this.userIdPrefix = `sq_${runId}_`
    this.users = new NumberCipher(`user ${runId}`)
    this.visits = new NumberCipher(`visit ${runId}`)
    this.uuids = Object.fromEntries(UUID_KINDS.map((kind) => [kind, new UuidCipher(`${kind} ${runId}`)])) as Readonly<
      Record<UuidKind, UuidCipher>
    >
  }

  /** What the identifiers of a user are made from. */
  userCode(namespace: number, user: number): number {
    return this.users.encode(namespace * NAMESPACE_STRIDE + user)
  }

  writeUserId(writer: ByteWriter, userCode: number): void {
    writer.ascii(this.userIdPrefix)
    writer.code(userCode, BASE_62, 9)
  }

  writeGroupId(writer: ByteWriter, userCode: number): void {
    writer.ascii(this.userIdPrefix)
    writer.put(ORGANISATION)
    writer.code(userCode, BASE_36, 10)
  }

  /** @param name what the address begins with: ASCII letters, digits and dots, at most 18 of them */
  writeEmail(writer: ByteWriter, userCode: number, name: string): void {
    writer.ascii(name)
    writer.put(DOT)
    writer.ascii(this.run)
    writer.put(DOT)
    writer.code(userCode, BASE_36, 10)
    writer.put(DOMAINS[userCode % DOMAINS.length]!)
  }

  /** @param fictional a number that is kept for fiction; the extension tells people apart */
  writePhone(writer: ByteWriter, userCode: number, fictional: string): void {
    writer.ascii(fictional)
    writer.put(EXTENSION)
    writer.digits(userCode, 15)
  }

  writeOrderId(writer: ByteWriter, namespace: number, visit: number): void {
    writer.put(ORDER)
    writer.ascii(this.run)
    writer.put(HYPHEN)
    writer.code(this.visits.encode(namespace * NAMESPACE_STRIDE + visit), UPPER_BASE_36, 10)
  }

  writeUuid(writer: ByteWriter, kind: UuidKind, namespace: number, number: number, hexDigits?: Fragment): void {
    writer.uuid(this.uuids[kind].encode(namespace * NAMESPACE_STRIDE + number), hexDigits)
  }
}

const UUID_KINDS = [
  'anonymous',
  'device',
  'advertising',
  'cart',
  'checkout',
  'wishlist',
  'review',
  'email',
  'conversation',
  'utterance',
  'playback',
  'own',
] as const

export type UuidKind = (typeof UUID_KINDS)[number]

const BASE_36 = fragmentOf('0123456789abcdefghijklmnopqrstuvwxyz')
const UPPER_BASE_36 = fragmentOf('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')
const BASE_62 = fragmentOf('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')
const ORGANISATION = fragmentOf('org_')
const DOT = fragmentOf('.')
const EXTENSION = fragmentOf(';ext=')
const ORDER = fragmentOf('SQ-')
const HYPHEN = fragmentOf('-')
const DOMAINS = ['@example.com', '@example.org', '@example.net'].map(fragmentOf)
