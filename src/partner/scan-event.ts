/** The texts of an event that a receiver looks at. */
const TEXTS = ['messageId', 'type', 'userId', 'event', 'timestamp', 'anonymousId', 'groupId'] as const
/** What else it may look into: objects, and whatever else they are. */
const OBJECTS = ['properties', 'traits'] as const
const ANYTHING = ['context', 'integrations'] as const
/** All of these, in the order of their places. */
export const LOCATED: readonly [...typeof TEXTS, ...typeof OBJECTS, ...typeof ANYTHING] = [
  ...TEXTS,
  ...OBJECTS,
  ...ANYTHING,
]
const OBJECTS_FROM = TEXTS.length
const ANYTHING_FROM = TEXTS.length + OBJECTS.length

const [QUOTE, COMMA, MINUS, POINT, ZERO, NINE, COLON, BACKSLASH] = [0x22, 0x2c, 0x2d, 0x2e, 0x30, 0x39, 0x3a, 0x5c]
const [LETTER_N, LETTER_T] = [0x6e, 0x74]
const [OPENING_BRACE, CLOSING_BRACE, OPENING_BRACKET, CLOSING_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d]
/** How deep containers may lie in each other here: one bit each. */
const DEPTH_MAX = 30
/** A text that is looked for is no longer. */
const TEXT_BYTES_MAX = 1000
/** No longer event is read here: twice what Segment takes. */
const EVENT_BYTES_MAX = 65_536
const WORD_BYTES = 4
const UNSURE = -2

/**
 * The event that is being read, and behind it a zero, which ends whatever is open. A copy: reading beyond an event's end, four bytes at once and
 * always in the same memory takes half as long, the copying included.
 */
const text: Uint8Array = new Uint8Array(EVENT_BYTES_MAX + WORD_BYTES)
const words: DataView = new DataView(text.buffer)
const spans: Int32Array = new Int32Array(2 * LOCATED.length)

/**
 * Reads of an event's bytes what a receiver looks at, without building the whole of it. It takes what senders usually write: compact JSON, whole
 * numbers and decimals, no \u escapes. `scan` says yes only to bytes that are JSON in UTF-8 to the last of them and an object in which each of the
 * members that it looks for stands once at most and has its kind of value, or null; whatever else comes is for JSON.parse to judge.
 */
class EventScan {
  /**
   * Where the values of `LOCATED` stand in what was scanned last, from and to in turn: texts without quotes, −1 where there is none, or null; the
   * others as they are.
   */
  readonly spans: Int32Array = spans
  #met = 0
  /** The closing quote of the last string that is not ASCII, or has a backslash. */
  #oddEnd = 0

  scan(bytes: Uint8Array): boolean {
    const { length } = bytes
    if (length > EVENT_BYTES_MAX) return false
    text.set(bytes)
    text[length] = 0
    for (let i = 0; i < spans.length; i++) spans[i] = -1
    this.#met = 0
    this.#oddEnd = 0
    return text[0] === OPENING_BRACE && this.#objectEnd() === length
  }

  /** After the outermost object; −1: it is for JSON.parse. */
  #objectEnd(): number {
    let at = 1
    let depth = 1
    // A bit for each open container, the innermost lowest: 1 for an object.
    let objects = 1
    // The value that is being read, if it is one that is looked for and no text.
    let open = -1
    for (;;) {
      let sought = -1
      if ((objects & 1) === 1) {
        const to = text[at] === QUOTE ? this.#stringEnd(at + 1) : -1
        if (to < 0 || text[to + 1] !== COLON) return -1
        if (depth === 1) {
          if (open >= 0) spans[2 * open + 1] = at - 1
          open = -1
          sought = this.#sought(at + 1, to)
          if (sought !== -1) {
            if (sought === UNSURE || !mayBegin(sought, text[to + 2]!)) return -1
            if (sought >= OBJECTS_FROM) {
              open = sought
              spans[2 * sought] = to + 2
              sought = -1
            }
          }
        }
        at = to + 2
      }
      const byte = text[at]!
      if (byte === QUOTE) {
        const to = this.#stringEnd(at + 1)
        if (to < 0) return -1
        if (sought >= 0 && !this.#place(sought, at + 1, to)) return -1
        at = to + 1
      } else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) {
        const isObject = byte === OPENING_BRACE
        if (text[at + 1] !== (isObject ? CLOSING_BRACE : CLOSING_BRACKET)) {
          if (++depth > DEPTH_MAX) return -1
          objects = (objects << 1) | (isObject ? 1 : 0)
          at++
          continue
        }
        at += 2
      } else {
        at = scalarEnd(at, byte)
        if (at < 0) return -1
      }
      while (text[at] !== COMMA) {
        if (text[at++] !== ((objects & 1) === 1 ? CLOSING_BRACE : CLOSING_BRACKET)) return -1
        objects >>>= 1
        if (--depth > 0) continue
        if (open >= 0) spans[2 * open + 1] = at - 1
        return at
      }
      at++
    }
  }

  /** Which of the members that are looked for this is; −1: none of them. */
  #sought(from: number, to: number): number {
    if (to === this.#oddEnd) return UNSURE
    const place = PLACE_BY_LOOKS[looksOf(to - from, text[from]!)]!
    if (place < 0) return -1
    const name = NAME_NUMBERS * place
    const last = to - WORD_BYTES
    const isNamed =
      NAMES[name] === to - from &&
      NAMES[name + 1] === words.getInt32(from, true) &&
      NAMES[name + 2] === words.getInt32((from + last) >> 1, true) &&
      NAMES[name + 3] === words.getInt32(last, true)
    if (!isNamed) return -1
    const bit = 1 << place
    if ((this.#met & bit) !== 0) return UNSURE
    this.#met |= bit
    return place
  }

  /** @returns whether the text that is looked for is plain, and no longer than it may be */
  #place(sought: number, from: number, to: number): boolean {
    spans[2 * sought] = from
    spans[2 * sought + 1] = to
    return to !== this.#oddEnd && to - from <= TEXT_BYTES_MAX
  }

  /** The closing quote of the string whose first character is at `from`; −1: it has none, or says what is not for here. */
  #stringEnd(from: number): number {
    const at = plainEnd(from)
    // Without `| 0` V8 would put both of them into boxes.
    return text[at] === QUOTE ? at : this.#oddStringEnd(at) | 0
  }

  #oddStringEnd(from: number): number {
    for (let at = from; ; ) {
      const meaning = MEANING[text[at]!]!
      if (meaning === END) {
        this.#oddEnd = at
        return at
      }
      if (meaning === ESCAPE) {
        if (ESCAPED[text[at + 1]!] !== 1) return -1
        at += 2
      } else {
        const next = at + meaning
        if (meaning < 2 || isNoCharacter(text[at]!, text[at + 1]!)) return -1
        while (++at < next) if ((text[at]! & 0xc0) !== 0x80) return -1
      }
      at = plainEnd(at)
    }
  }
}

/** The first byte from here on that is not plain: a quote, a backslash, a control character, or none of ASCII. The zero behind the event is one. */
function plainEnd(from: number): number {
  for (let at = from; ; at += WORD_BYTES) {
    const word = words.getInt32(at, true)
    // The highest bit of each byte that is not plain. A borrow may set that of a plain one, but only above such a byte, and the lowest is the first. The
    // first term finds bytes below 0x21: with their second bit turned these are a quote and all control characters, and no space.
    const odd = (((word ^ 0x02020202) - 0x21212121) | ((word ^ 0x5c5c5c5c) - 0x01010101) | word) & 0x80808080
    if (odd !== 0) return at + ((31 - Math.clz32(odd & -odd)) >> 3)
  }
}

/** What a byte that is not plain means; 2 to 4: it begins a character of so many bytes; 0: it is not for here. */
const [END, ESCAPE] = [5, 6]
const MEANING: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => meaningOf(byte))

function meaningOf(byte: number): number {
  if (byte === QUOTE) return END
  if (byte === BACKSLASH) return ESCAPE
  if (byte >= 0xc2 && byte <= 0xdf) return 2
  if (byte >= 0xe0 && byte <= 0xef) return 3
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0
}

/** Whether a value of its kind begins so, or null. */
function mayBegin(sought: number, byte: number): boolean {
  if (sought >= ANYTHING_FROM || byte === LETTER_N) return true
  return byte === (sought < OBJECTS_FROM ? QUOTE : OPENING_BRACE)
}

/** A form that is longer than it need be, half a surrogate pair, or beyond Unicode: the first two bytes tell. */
function isNoCharacter(first: number, second: number): boolean {
  if (first === 0xe0) return second < 0xa0
  if (first === 0xed) return second >= 0xa0
  if (first === 0xf0) return second < 0x90
  return first === 0xf4 && second >= 0x90
}

/** After the number or literal that begins at `at`; −1: it is none, or an unusual one. */
function scalarEnd(at: number, byte: number): number {
  if (byte === MINUS || isDigit(byte)) return numberEnd(byte === MINUS ? at + 1 : at)
  const literal = byte === LETTER_N ? NULL : byte === LETTER_T ? TRUE : FALSE
  for (let i = 0; i < literal.length; i++) if (text[at + i] !== literal[i]) return -1
  return at + literal.length
}

function numberEnd(from: number): number {
  const end = digitsEnd(from)
  if (end === from || (text[from] === ZERO && end > from + 1)) return -1
  if (text[end] !== POINT) return end
  const last = digitsEnd(end + 1)
  return last === end + 1 ? -1 : last
}

function digitsEnd(from: number): number {
  let at = from
  while (isDigit(text[at]!)) at++
  return at
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE
}

function ascii(name: string): Uint8Array {
  return Uint8Array.from(name, (letter) => letter.charCodeAt(0))
}

const [TRUE, FALSE, NULL] = [ascii('true'), ascii('false'), ascii('null')]
const ESCAPED: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  '"\\/bfnrt'.includes(String.fromCharCode(byte)) ? 1 : 0,
)

/** By the lowest bits of its length and its first letter, which no two of the names have in common; −1: none looks so. */
const PLACE_BY_LOOKS: Int8Array = new Int8Array(512).fill(-1)
/** Of each name its length, and its first, middle and last four letters: of twelve or fewer these are all. */
const NAME_NUMBERS = 4
const NAMES: Int32Array = new Int32Array(NAME_NUMBERS * LOCATED.length)
for (const [place, name] of LOCATED.entries()) {
  PLACE_BY_LOOKS[looksOf(name.length, name.charCodeAt(0))] = place
  text.set(ascii(name))
  const last = name.length - WORD_BYTES
  NAMES.set([name.length, ...[0, last >> 1, last].map((at) => words.getInt32(at, true))], NAME_NUMBERS * place)
}

function looksOf(length: number, firstLetter: number): number {
  return ((length & 15) << 5) | (firstLetter & 31)
}

export const scan: EventScan = new EventScan()
