/** How many bytes a text has in UTF-8; a lone surrogate has three, as its replacement does. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    const paired = code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00
    bytes += code < 0x800 ? 1 : 2
    if (paired) i++
  }
  return bytes
}
