/** C0 and C1 controls, ESC among them, and what turns or hides text: bidirectional marks, invisible characters, lone surrogates. */
const DANGEROUS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu

/** What a cut through a pair of surrogates leaves. */
const HALF = /[\ud800-\udbff]$/

/** Text of others, made fit for a terminal: one line, nothing in it acts, and at most `lengthMax` characters of it. */
export function sanitize(text: string, lengthMax = 200): string {
  const visible = text.slice(0, lengthMax + 1).replace(DANGEROUS, escapeOf)
  return visible.length > lengthMax ? `${visible.slice(0, lengthMax - 1).replace(HALF, '')}…` : visible
}

function escapeOf(char: string): string {
  const code = char.charCodeAt(0)
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}
