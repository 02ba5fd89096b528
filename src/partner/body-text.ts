const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** A stored body as text. */
export function bodyText(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : UTF8.decode(body)
}
