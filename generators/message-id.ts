import { type ByteWriter, UPPER_HEX_DIGITS } from './byte-writer.ts'
import { type Fragment, fragmentOf } from './utf8.ts'
import { UuidCipher, uuidText } from './uuid-cipher.ts'

/**
 * How messageIds are written: by a library as a UUID, in upper case or not, or as its mark, the instant of the call and a UUID; by Segment
 * itself, who makes delete calls, as its mark and a UUID.
 */
export type MessageIdForm = 'uuid' | 'UUID' | 'ajs-next' | 'node-next' | 'delete'

/** A run's messageIds. Each holds a scattered UUID of version 4 that tells its index to who knows the run. */
export class MessageIds {
  private readonly cipher: UuidCipher

  constructor(runId: string) {
    this.cipher = new UuidCipher(`message ${runId}`)
  }

  /**
   * @param index below 2^48, namespace included
   * @param atMs the instant of the call, by the clock that the library went by
   */
  encode(index: number, form: MessageIdForm, atMs: number): string {
    return formed(uuidText(this.cipher.encode(index)), form, atMs)
  }

  /** The same as `encode`. */
  write(writer: ByteWriter, index: number, form: MessageIdForm, atMs: number): void {
    const mark = MARKS[form]
    if (mark !== undefined) {
      writer.put(mark)
      if (form !== 'delete') writer.whole(atMs)
      writer.put(HYPHEN)
    }
    writer.uuid(this.cipher.encode(index), form === 'UUID' ? UPPER_HEX_DIGITS : undefined)
  }

  /** The index whose messageId in this run `text` would be, were its form right; undefined for every other text. */
  decode(text: string): number | undefined {
    return this.cipher.decode(uuidIn(text))
  }

  /** Whether a text that decodes to an index is its messageId to the letter. */
  isFormed(text: string, form: MessageIdForm, atMs: number): boolean {
    return text === formed(uuidIn(text), form, atMs)
  }
}

/** The last of it, in lower case. */
function uuidIn(text: string): string {
  return text.slice(-UUID_LENGTH).toLowerCase()
}

/** @param uuid in lower case */
function formed(uuid: string, form: MessageIdForm, atMs: number): string {
  if (form === 'uuid') return uuid
  if (form === 'UUID') return uuid.toUpperCase()
  return form === 'delete' ? `delete-${uuid}` : `${form}-${atMs}-${uuid}`
}

const UUID_LENGTH = 36
const HYPHEN = fragmentOf('-')
const MARKS: Readonly<Record<MessageIdForm, Fragment | undefined>> = {
  uuid: undefined,
  UUID: undefined,
  'ajs-next': fragmentOf('ajs-next-'),
  'node-next': fragmentOf('node-next-'),
  delete: fragmentOf('delete'),
}
