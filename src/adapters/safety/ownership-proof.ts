import { Connector, type ConnectorOptions } from '../connector.ts'
import type { Names } from './names.ts'

/** What was seen in one of the two places where a proof may stand. */
export interface ProofSeen {
  readonly proven: boolean
  /** In a few words, for people. Nothing of it is the host's. */
  readonly text: string
}

const WITHIN_MS = 5000
const BODY_MAX_BYTES = 256

/** Where the host is to show the token. */
export function challengeUrl(origin: string, token: string): string {
  return `${origin}/.well-known/squall-challenge/${token}`
}

/** Under which name DNS is to show it. */
export function challengeName(host: string): string {
  return `_squall-challenge.${host}`
}

/** Asks DNS; nothing goes to the host. */
export async function proofInDns(names: Names, host: string, token: string): Promise<ProofSeen> {
  const texts = await names.textsOf(challengeName(host))
  if (texts.includes(token)) return { proven: true, text: 'there' }
  return { proven: false, text: texts.length === 0 ? 'not there' : 'there, but with another value' }
}

/** The one request that may go to a host before it is known whose it is: no redirect, few bytes, and soon over. */
export async function proofAtHost(origin: string, token: string, options: ConnectorOptions): Promise<ProofSeen> {
  const { Client } = await import('undici')
  const signal = AbortSignal.timeout(WITHIN_MS)
  const connector = new Connector(options)
  const client = new Client(origin, { connect: (place, done) => connector.open(place, signal, done), allowH2: false })
  try {
    const { pathname: path } = new URL(challengeUrl(origin, token))
    const { statusCode, body } = await client.request({ method: 'GET', path, signal })
    if (statusCode !== 200) return { proven: false, text: `not there (status ${statusCode})` }
    const proven = (await firstBytes(body)) === token
    return { proven, text: proven ? 'there' : 'there, but its body is not the token alone' }
  } catch (error) {
    return { proven: false, text: `not to be had (${signal.aborted ? 'no answer in time' : codeOf(error)})` }
  } finally {
    await client.destroy()
  }
}

/** Leaving the loop ends the body. @returns undefined: it is too long */
async function firstBytes(body: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > BODY_MAX_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
}
