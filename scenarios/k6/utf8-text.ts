import type { TextView } from '../../generators/people-text.ts'

/**
 * A text that stays the UTF-8 that it was read as; places in it are bytes. What k6 makes a string of takes two bytes a character as soon as
 * one of all is not ASCII, and several copies on the way.
 */
export class Utf8Text implements TextView {
  private readonly bytes: Uint8Array
  private readonly decoder: InstanceType<typeof TextDecoder> = new TextDecoder()

  constructor(content: ArrayBuffer) {
    this.bytes = new Uint8Array(content)
  }

  slice(from: number, to?: number): string {
    return this.decoder.decode(this.bytes.slice(from, to))
  }

  /** @param ascii what to look for, best with a first character that is rare: the engine itself looks for that one alone */
  indexOf(ascii: string, from = 0): number {
    const first = ascii.charCodeAt(0)
    let at = this.bytes.indexOf(first, from)
    while (at !== -1 && !this.holds(ascii, at)) at = this.bytes.indexOf(first, at + 1)
    return at
  }

  private holds(ascii: string, at: number): boolean {
    for (let i = 0; i < ascii.length; i++) if (this.bytes[at + i] !== ascii.charCodeAt(i)) return false
    return true
  }
}
