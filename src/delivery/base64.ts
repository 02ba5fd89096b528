const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Of the text's UTF-8 bytes. Not every engine has `btoa`. */
export function base64(text: string): string {
  const bytes = new TextEncoder().encode(text)
  let encoded = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const bits = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    for (let digit = 0; digit < 4; digit++) {
      const beyond = at + digit > bytes.length
      encoded += beyond ? '=' : DIGITS.charAt((bits >>> (18 - 6 * digit)) & 63)
    }
  }
  return encoded
}
