import { UuidCipher, type UuidWords, uuidText } from './uuid-cipher.ts'

/** A run's messageIds: valid, scattered UUIDs of version 4 in lower case, each of which tells its index to who knows the run. */
export interface MessageIds {
  /** @param index below 2^48, namespace included */
  encode(index: number): string
  /** The index whose messageId in this run `text` is; undefined for every other text. */
  decode(text: string): number | undefined
  /** The same as `encode`, as words that hold until the next call. */
  words(index: number): UuidWords
}

export function messageIdsOf(runId: string): MessageIds {
  const cipher = new UuidCipher(`message ${runId}`)
  return {
    encode: (index) => uuidText(cipher.encode(index)),
    decode: (text) => cipher.decode(text),
    words: (index) => cipher.encode(index),
  }
}
