const UTF8 = new TextDecoder()

export function utf8Text(bytes: Uint8Array): string {
  return UTF8.decode(bytes)
}
