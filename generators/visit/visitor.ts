import { type ByteWriter, UPPER_HEX_DIGITS } from '../byte-writer.ts'
import type { Client } from '../clients/client.ts'
import { DRAW } from '../draws.ts'
import type { Identifiers, UuidKind } from '../identifiers.ts'
import type { Person, Pools } from '../pools.ts'
import type { Fragment } from '../utf8.ts'
import type { VisitKey } from './visit.ts'

/** Who visits, and the identifiers by which a receiver may know this person, this device and what is ordered. */
export class Visitor {
  readonly person: Person
  /** The user agent and hints of the computer at hand: some people have two. */
  readonly browser: Fragment
  private readonly identifiers: Identifiers
  private readonly namespace: number
  private readonly user: number
  private readonly visit: number
  private readonly anonymousNumber: number
  private readonly code: number
  private readonly hexDigits: Fragment | undefined

  constructor(identifiers: Identifiers, pools: Pools, key: VisitKey, client: Client, person: Person) {
    const { namespace, draws } = key
    const device = client.isMobile ? PHONE : draws.ofVisit(DRAW.device, 1 + draws.ofUser(DRAW.device, COMPUTERS))
    this.person = person
    this.identifiers = identifiers
    this.namespace = namespace
    this.user = draws.user
    this.visit = draws.visit
    this.browser = pools.browsers[(draws.ofUser(DRAW.browser, pools.browsers.length) + device) % pools.browsers.length]!
    // Who stays logged in keeps the device's anonymousId; a visitor who begins unknown has a new one.
    this.anonymousNumber = key.journey.knownFrom === 0 ? draws.user * DEVICES + device : draws.visit * DEVICES + UNKNOWN
    this.code = identifiers.userCode(namespace, draws.user)
    this.hexDigits = client.upperCase ? UPPER_HEX_DIGITS : undefined
  }

  writeUserId(writer: ByteWriter): void {
    this.identifiers.writeUserId(writer, this.code)
  }

  writeGroupId(writer: ByteWriter): void {
    this.identifiers.writeGroupId(writer, this.code)
  }

  writeEmail(writer: ByteWriter): void {
    this.identifiers.writeEmail(writer, this.code, this.person.mailName)
  }

  writePhone(writer: ByteWriter): void {
    this.identifiers.writePhone(writer, this.code, this.person.phone)
  }

  writeAnonymousId(writer: ByteWriter): void {
    this.writeUuid(writer, 'anonymous', this.anonymousNumber)
  }

  writeDeviceId(writer: ByteWriter): void {
    this.writeUuid(writer, 'device', this.user)
  }

  writeAdvertisingId(writer: ByteWriter): void {
    this.writeUuid(writer, 'advertising', this.user)
  }

  /** A thing of this visit, such as its cart; `nth` tells several of one kind apart, below 16. */
  writeThing(writer: ByteWriter, kind: UuidKind, nth: number): void {
    this.identifiers.writeUuid(writer, kind, this.namespace, this.visit * THINGS_OF_A_KIND + nth)
  }

  writeOrderId(writer: ByteWriter): void {
    this.identifiers.writeOrderId(writer, this.namespace, this.visit)
  }

  private writeUuid(writer: ByteWriter, kind: UuidKind, number: number): void {
    this.identifiers.writeUuid(writer, kind, this.namespace, number, this.hexDigits)
  }
}

const THINGS_OF_A_KIND = 16
const COMPUTERS = 2
const PHONE = 2
const UNKNOWN = 3
const DEVICES = 4
