/** A member's name in compact JSON, looked for in its bytes as Horspool does: most places are passed by unseen, where a text's indexOf halts at every quote. */
export class MemberKey {
  readonly #quoted: Uint8Array
  /** By the byte where the name's last one is expected: how much further on it can stand. */
  readonly #skips: Uint8Array

  /** @param name ASCII letters, fewer than 250 */
  constructor(name: string) {
    this.#quoted = new TextEncoder().encode(`"${name}"`)
    const last = this.#quoted.length - 1
    this.#skips = new Uint8Array(256).fill(last + 1)
    for (let i = 0; i < last; i++) this.#skips[this.#quoted[i]!] = last - i
  }

  /** Where the value begins that next has this name; −1: none does. @param from where to look from */
  valueAt(bytes: Uint8Array, from: number): number {
    const skips = this.#skips
    const { length } = this.#quoted
    for (let end = from + length - 1; end < bytes.length - 1; end += skips[bytes[end]!]!) {
      if (bytes[end] === QUOTE && bytes[end + 1] === COLON && this.#endsAt(bytes, end)) return end + 2
    }
    return -1
  }

  #endsAt(bytes: Uint8Array, end: number): boolean {
    const quoted = this.#quoted
    const start = end + 1 - quoted.length
    for (let i = 0; i < quoted.length; i++) if (bytes[start + i] !== quoted[i]) return false
    return true
  }
}

const QUOTE = 0x22
const COLON = 0x3a
