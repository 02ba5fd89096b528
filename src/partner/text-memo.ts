/** Texts that come again and again, made once: a few thousand of those met last. What is forgotten is made again. */
export class TextMemo {
  readonly #texts: (string | undefined)[] = new Array(SLOTS)

  /** The ASCII text that stands there. */
  textOf(bytes: Uint8Array, from: number, to: number): string {
    let hash = to - from
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
    const known = this.#texts[slot]
    if (known !== undefined && equals(known, bytes, from, to)) return known
    const text = asciiText(bytes, from, to)
    this.#texts[slot] = text
    return text
  }
}

const SLOTS = 4096

const decoder = new TextDecoder()

export function asciiText(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to))
}

function equals(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return false
  return true
}
