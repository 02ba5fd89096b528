/** What a tidy rule looks at: a source text without what is only said in it. */

/** The text with comments blanked, and with `strings: 'blank'` the contents of strings, templates and patterns as well. Lines stay where they are. */
export function codeOf(text: string, strings: 'keep' | 'blank' = 'blank'): string {
  return new Blanker(text, strings === 'blank').run()
}

/** Every module that a text imports or exports from, dynamic imports and `import('…')` types included. */
export function importsOf(text: string): string[] {
  const code = codeOf(text, 'keep')
  const statement = /\b(?:import|export)\b[^'"`;()]*?\bfrom\s*(['"])(.*?)\1|\bimport\s*\(?\s*(['"])(.*?)\3/g
  return [...code.matchAll(statement)].map((match) => match[2] ?? match[4] ?? '')
}

/** 1 for the first line. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** Where a slash begins a pattern and not a division: after an operator, an opening bracket or a keyword. */
const BEFORE_PATTERN = /(?:^|[=(,:;!&|?{}[+\-*%~^<>]|\b(?:return|typeof|case|in|of))\s*$/

class Blanker {
  private readonly text: string
  private readonly blankStrings: boolean
  private at = 0
  private out = ''

  constructor(text: string, blankStrings: boolean) {
    this.text = text
    this.blankStrings = blankStrings
  }

  run(): string {
    while (this.at < this.text.length) this.code()
    return this.out
  }

  private code(): void {
    const rest = this.text.slice(this.at, this.at + 2)
    const char = rest.charAt(0)
    if (rest === '//') this.drop(this.endOf('\n', this.at))
    else if (rest === '/*') this.drop(this.endOf('*/', this.at + 2) + 2)
    else if (char === "'" || char === '"') this.quoted(char)
    else if (char === '`') this.template()
    else if (char === '/' && BEFORE_PATTERN.test(this.out.slice(-40))) this.pattern()
    else this.keep(1)
  }

  private quoted(quote: string): void {
    this.keep(1)
    while (this.at < this.text.length && this.here() !== quote && this.here() !== '\n') this.said()
    this.keep(1)
  }

  private template(): void {
    this.keep(1)
    while (this.at < this.text.length && this.here() !== '`') {
      if (this.text.startsWith('${', this.at)) this.hole()
      else this.said()
    }
    this.keep(1)
  }

  private hole(): void {
    this.keep(2)
    for (let depth = 1; depth > 0 && this.at < this.text.length; ) {
      if (this.here() === '{') depth++
      if (this.here() === '}') depth--
      if (depth === 0) this.keep(1)
      else this.code()
    }
  }

  private pattern(): void {
    this.keep(1)
    for (let inClass = false; this.at < this.text.length && this.here() !== '\n'; ) {
      if (this.here() === '[') inClass = true
      if (this.here() === ']') inClass = false
      if (this.here() === '/' && !inClass) break
      this.said()
    }
    this.keep(1)
  }

  /** A character of a string (two where the first escapes the second). */
  private said(): void {
    const length = this.here() === '\\' ? 2 : 1
    if (this.blankStrings) this.drop(this.at + length)
    else this.keep(length)
  }

  private here(): string {
    return this.text.charAt(this.at)
  }

  private keep(length: number): void {
    this.out += this.text.slice(this.at, this.at + length)
    this.at += length
  }

  private drop(until: number): void {
    this.out += this.text.slice(this.at, until).replace(/[^\n]/g, ' ')
    this.at = until
  }

  private endOf(mark: string, from: number): number {
    const end = this.text.indexOf(mark, from)
    return end < 0 ? this.text.length : end
  }
}
