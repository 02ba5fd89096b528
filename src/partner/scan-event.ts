/** The texts of an event that a receiver looks at. */
export const SOUGHT = ['messageId', 'type', 'userId', 'event', 'timestamp', 'anonymousId', 'groupId'] as const
/** What else it may look into: objects, and whatever else they are. */
const OBJECTS = ['properties', 'traits'] as const
const ANYTHING = ['context', 'integrations'] as const
/** All of these, in the order of their places. */
export const LOCATED: readonly [...typeof SOUGHT, ...typeof OBJECTS, ...typeof ANYTHING] = [
  ...SOUGHT,
  ...OBJECTS,
  ...ANYTHING,
]
const ANYTHING_FROM = SOUGHT.length + OBJECTS.length

const [QUOTE, COMMA, MINUS, POINT, ZERO, NINE, COLON, BACKSLASH] = [0x22, 0x2c, 0x2d, 0x2e, 0x30, 0x39, 0x3a, 0x5c]
const [LETTER_N, LETTER_T] = [0x6e, 0x74]
const [OPENING_BRACE, CLOSING_BRACE, OPENING_BRACKET, CLOSING_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d]
/** How deep containers may lie in each other here: one bit each. */
const DEPTH_MAX = 30
/** A text that is looked for is no longer. */
const TEXT_MAX = 1000
const UNSURE = -2

/** What a byte means within a string; 2 to 4: it begins a character of so many bytes; 0: it is not for here. */
const [PLAIN, END, ESCAPE] = [1, 5, 6]
const MEANING: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => meaningOf(byte))

function meaningOf(byte: number): number {
  if (byte === QUOTE) return END
  if (byte === BACKSLASH) return ESCAPE
  if (byte >= 0x20 && byte < 0x80) return PLAIN
  if (byte >= 0xc2 && byte <= 0xdf) return 2
  if (byte >= 0xe0 && byte <= 0xef) return 3
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0
}

/**
 * Reads of an event's bytes what a receiver looks at, without building the whole of it. It takes what senders usually write: compact JSON, whole
 * numbers and decimals, no \u escapes. `scan` says yes only to bytes that are JSON in UTF-8 to the last of them and an object in which each of the
 * members that it looks for stands once at most and has its kind of value, or null; whatever else comes is for JSON.parse to judge.
 */
export class EventScan {
  /** Where the values of `LOCATED` stand, from and to in turn: texts without quotes, −1 where there is none, or null; the others as they are. */
  readonly spans: Int32Array = new Int32Array(2 * LOCATED.length)
  #met = 0
  /** The string that was read last is ASCII without a backslash. */
  #plain = true

  scan(bytes: Uint8Array): boolean {
    this.spans.fill(-1)
    this.#met = 0
    if (bytes[0] !== OPENING_BRACE) return false
    return this.#members(bytes)
  }

  /** From the first member of the outermost object to its end. */
  #members(bytes: Uint8Array): boolean {
    let at = 1
    let depth = 1
    // A bit for each open container, the innermost lowest: 1 for an object.
    let objects = 1
    // The value that is being read, if it is one that is looked for and no text.
    let open = -1
    for (;;) {
      let sought = -1
      if ((objects & 1) === 1) {
        const from = at + 1
        const to = this.#stringEnd(bytes, at)
        if (to < 0 || bytes[to + 1] !== COLON) return false
        if (depth === 1) {
          if (open >= 0) this.spans[2 * open + 1] = at - 1
          sought = this.#sought(bytes, from, to)
          open = -1
        }
        if (sought === UNSURE) return false
        at = to + 2
      }
      const byte = bytes[at]!
      if (sought >= 0 && !mayBegin(sought, byte)) return false
      if (sought >= SOUGHT.length) {
        open = sought
        this.spans[2 * sought] = at
      }
      if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
        const isObject = byte === OPENING_BRACE
        if (bytes[at + 1] !== (isObject ? CLOSING_BRACE : CLOSING_BRACKET)) {
          if (++depth > DEPTH_MAX) return false
          objects = (objects << 1) | (isObject ? 1 : 0)
          at++
          continue
        }
        at += 2
      } else {
        const end = byte === QUOTE ? this.#textEnd(bytes, at, sought) : scalarEnd(bytes, at, byte)
        if (end < 0) return false
        at = end
      }
      while (bytes[at] !== COMMA) {
        if (bytes[at++] !== ((objects & 1) === 1 ? CLOSING_BRACE : CLOSING_BRACKET)) return false
        objects >>>= 1
        if (--depth > 0) continue
        if (open >= 0) this.spans[2 * open + 1] = at - 1
        return at === bytes.length
      }
      at++
    }
  }

  /** Which of the members that are looked for this is; −1: none of them. */
  #sought(bytes: Uint8Array, from: number, to: number): number {
    if (!this.#plain) return UNSURE
    const place = PLACE_BY_LOOKS[looksOf(to - from, bytes[from]!)]!
    const name = NAMES[place]
    if (name === undefined || name.length !== to - from || !standsAt(name, bytes, from)) return -1
    if ((this.#met & (1 << place)) !== 0) return UNSURE
    this.#met |= 1 << place
    return place
  }

  /** After the value's closing quote; −1: what is looked for is not plain. */
  #textEnd(bytes: Uint8Array, at: number, sought: number): number {
    const to = this.#stringEnd(bytes, at)
    if (to < 0) return -1
    if (sought >= 0 && sought < SOUGHT.length) {
      if (!this.#plain || to - at > TEXT_MAX) return -1
      this.spans[2 * sought] = at + 1
      this.spans[2 * sought + 1] = to
    }
    return to + 1
  }

  /** Where the string that begins at `quote` has its closing quote; −1: it begins with none, or is not plain. */
  #stringEnd(bytes: Uint8Array, quote: number): number {
    if (bytes[quote] !== QUOTE) return -1
    this.#plain = true
    for (let at = quote + 1; ; ) {
      let meaning = MEANING[bytes[at]!]!
      while (meaning === PLAIN) meaning = MEANING[bytes[++at]!]!
      if (meaning === END) return at
      this.#plain = false
      if (meaning === ESCAPE) {
        if (ESCAPED[bytes[at + 1]!] !== 1) return -1
        at += 2
        continue
      }
      const next = at + meaning
      if (!(meaning >= 2) || isNoCharacter(bytes[at]!, bytes[at + 1]!)) return -1
      while (++at < next) if ((bytes[at]! & 0xc0) !== 0x80) return -1
    }
  }
}

/** Whether a value of its kind begins so, or null. */
function mayBegin(sought: number, byte: number): boolean {
  if (sought >= ANYTHING_FROM || byte === LETTER_N) return true
  return byte === (sought < SOUGHT.length ? QUOTE : OPENING_BRACE)
}

/** A form that is longer than it need be, half a surrogate pair, or beyond Unicode: the first two bytes tell. */
function isNoCharacter(first: number, second: number): boolean {
  if (first === 0xe0) return second < 0xa0
  if (first === 0xed) return second >= 0xa0
  if (first === 0xf0) return second < 0x90
  return first === 0xf4 && second >= 0x90
}

/** After the number or literal that begins at `at`; −1: it is none, or an unusual one. */
function scalarEnd(bytes: Uint8Array, at: number, byte: number): number {
  if (byte === MINUS || isDigit(byte)) return numberEnd(bytes, byte === MINUS ? at + 1 : at)
  const literal = byte === LETTER_N ? NULL : byte === LETTER_T ? TRUE : FALSE
  return standsAt(literal, bytes, at) ? at + literal.length : -1
}

function numberEnd(bytes: Uint8Array, from: number): number {
  const end = digitsEnd(bytes, from)
  if (end === from || (bytes[from] === ZERO && end > from + 1)) return -1
  if (bytes[end] !== POINT) return end
  const last = digitsEnd(bytes, end + 1)
  return last === end + 1 ? -1 : last
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from
  while (isDigit(bytes[at]!)) at++
  return at
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE
}

function standsAt(text: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text[i]) return false
  return true
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

const NAMES: readonly Uint8Array[] = LOCATED.map(ascii)
/** By the lowest bits of its length and its first letter, which no two of the names have in common; −1: none looks so. */
const PLACE_BY_LOOKS: Int8Array = new Int8Array(512).fill(-1)
for (const [place, name] of NAMES.entries()) PLACE_BY_LOOKS[looksOf(name.length, name[0]!)] = place

function looksOf(length: number, firstLetter: number): number {
  return ((length & 15) << 5) | (firstLetter & 31)
}

const [TRUE, FALSE, NULL] = [ascii('true'), ascii('false'), ascii('null')]
const ESCAPED: Uint8Array = Uint8Array.from({ length: 128 }, (_, byte) =>
  '"\\/bfnrt'.includes(String.fromCharCode(byte)) ? 1 : 0,
)
