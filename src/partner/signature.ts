import { arrayElements } from './array-elements.ts'

/** HMAC-SHA1 of these bytes with the customer's shared secret, in lower-case hex. */
export type Sign = (bytes: Uint8Array) => string

/** A request's body, the signature that came with it, and what makes the right one. */
export interface Signed {
  readonly body: Uint8Array
  readonly signature: string
  readonly sign: Sign
}

/**
 * Whether a request's X-Signature is right: made over the bytes of the body as they came, or of an array over those of its first element.
 * Takes as long for a wrong one as for a right one.
 */
export function isSigned(body: Uint8Array, signature: string, sign: Sign): boolean {
  const expected = sign(arrayElements(body)?.[0] ?? body)
  let difference = expected.length ^ signature.length
  for (let i = 0; i < expected.length; i++) difference |= expected.charCodeAt(i) ^ signature.charCodeAt(i)
  return difference === 0
}
