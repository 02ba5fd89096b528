const LENGTH_MAX = 500
/** What Markdown or HTML would take for more than text: mark-up, links and images, mentions. Before a space `<` is nothing but itself. */
const MARKUP = /[\\`*_[\]>&|~#!@$]|<(?! )|:\/\/|www\./gi
/** Control characters, and those that turn the direction of text or break lines. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '@': '&#64;',
  '|': '&#124;',
}

/** Text from anywhere as one line of plain Markdown: it shows as it is and does nothing. What is long is cut. */
export function escapeMarkdown(text: string): string {
  return shortened(text)
    .replace(MARKUP, escaped)
    .replace(INVISIBLE, (character) => `\\\\${codeOf(character)}`)
}

/** The same as a code span: for what people copy. */
export function markdownCode(text: string): string {
  const plain = shortened(text).replace(INVISIBLE, (character) => `\\${codeOf(character)}`)
  return plain === '' ? '' : `\`${plain.replaceAll('`', "'")}\``
}

function shortened(text: string): string {
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX).toWellFormed()}…` : text.toWellFormed()
}

function escaped(mark: string): string {
  if (mark === '://') return ':&#47;&#47;'
  if (mark.length > 1) return `${mark.slice(0, -1)}&#46;`
  return ENTITIES[mark] ?? `\\${mark}`
}

function codeOf(character: string): string {
  const code = character.codePointAt(0)!
  return code < 256 ? `x${hex(code, 2)}` : `u${hex(code, 4)}`
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}
