/** Text that is HTML already. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in `html`: markup as it is, everything else escaped; null is nothing. */
export type Content = Markup | string | number | null | readonly Content[]

/** Control characters, and those that turn the direction of text, break lines or do not show. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A template of HTML: whatever is put into it is text, in elements and in quoted attributes, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(strings.reduce((text, string, i) => text + textOf(contents[i - 1] ?? null) + string))
}

function textOf(content: Content): string {
  if (content === null) return ''
  if (content instanceof Markup) return content.text
  if (typeof content === 'object') return content.map(textOf).join('')
  return escaped(String(content))
}

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(INVISIBLE, visible)
    .replace(/[&<>"']/g, (mark) => ENTITIES[mark]!)
}

/** Text of others, at most `lengthMax` characters of it. */
export function shortened(text: string, lengthMax: number): string {
  return text.length > lengthMax ? `${text.slice(0, lengthMax).toWellFormed()}…` : text
}

function visible(character: string): string {
  if (character === '\n' || character === '\t') return character
  const code = character.codePointAt(0)!
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}
