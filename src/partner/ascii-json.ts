const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** The JSON as some languages write it by default: every character outside ASCII escaped. What is no JSON stays as it is. */
export function asciiJson(bytes: Uint8Array): Uint8Array {
  let text: string
  try {
    text = JSON.stringify(JSON.parse(decoder.decode(bytes)))
  } catch {
    return bytes
  }
  return encoder.encode(text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`))
}
