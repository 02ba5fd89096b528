import type { Agent } from 'undici'
import { PageOverlap } from '../../model/page-overlap.ts'
import { type Receipt, type ReceiptSource, ReceiptsUnreadable } from '../../model/receipt.ts'
import type { TlsMaterial } from '../tls-material.ts'
import { tlsTrouble } from '../tls-trouble.ts'
import { masked } from './masked.ts'
import { openDocument } from './receipt-document.ts'
import { type ReceiptPlace, type RecordForm, reasonOf, unreadable } from './receipt-place.ts'

const SILENCE_MS = 60_000

/** Whether receipts may be read from a host that is not this machine. */
export type HostRule = (host: string) => boolean

export interface HttpReceiptOptions {
  readonly form: RecordForm
  readonly allowHost: HostRule
  /** Goes along by Basic authorization, as the user's name; what credentials the URL carries unless given. */
  readonly key?: string
  readonly tls?: TlsMaterial
}

/**
 * Receipts over HTTP: one JSON object a line, a JSON list, or pages `{records|data|items: […], next: URL or null}`. This machine's
 * addresses only, and the hosts that `allowHost` lets through. Pages may overlap: what stands alike on two neighbouring ones is one record.
 * @throws ReceiptsUnreadable when `spec` is not a URL
 */
export function httpReceipts(spec: string, options: HttpReceiptOptions): ReceiptSource {
  const place = { location: masked(spec), ...options.form }
  if (!URL.canParse(spec)) throw unreadable(place, 'this is not a URL; write it as http://127.0.0.1:8080/receipts')
  return { kind: 'http', location: place.location, read: () => readPages(new URL(spec), place, options) }
}

async function* readPages(
  first: URL,
  place: ReceiptPlace,
  options: HttpReceiptOptions,
): AsyncGenerator<readonly Receipt[]> {
  const agent = await agentFor(first, place, options)
  const visited = new Set<string>()
  const overlap = new PageOverlap()
  try {
    for (let url: URL | null = first; url !== null; ) {
      visited.add(url.href)
      const document = await openDocument(await bodyOf(url, agent, place, options.key), place)
      if (document.kind === 'lines') return yield* document.batches
      yield overlap.fresh(document.receipts, (receipt) => JSON.stringify(receipt))
      url = document.next === null ? null : nextUrl(document.next, url, visited, place)
    }
  } catch (error) {
    throw error instanceof ReceiptsUnreadable ? error : unreadable(place, tlsTrouble(error) ?? reasonOf(error))
  } finally {
    await agent.destroy()
  }
}

async function agentFor(url: URL, place: ReceiptPlace, { allowHost, tls }: HttpReceiptOptions): Promise<Agent> {
  const { Agent } = await import('undici')
  const { isThisMachine, lookupFor, loopbackLookup } = await import('../safety/passage.ts')
  const silence = { headersTimeout: SILENCE_MS, bodyTimeout: SILENCE_MS }
  const trust = { ...tls, rejectUnauthorized: true }
  if (allowHost(url.hostname)) return new Agent({ ...silence, connect: { ...trust, lookup: await lookupFor(url) } })
  if (!(await isThisMachine(url).catch(() => false))) {
    throw unreadable(place, `${url.hostname} is not this machine: read it there, or through a tunnel on 127.0.0.1`)
  }
  return new Agent({ ...silence, connect: { ...trust, lookup: loopbackLookup } })
}

async function bodyOf(
  url: URL,
  agent: Agent,
  place: ReceiptPlace,
  key: string | undefined,
): Promise<AsyncIterable<Uint8Array>> {
  const { request } = await import('undici')
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  const headers = { accept: 'application/x-ndjson, application/json', ...authorizationOf(url, key) }
  const { statusCode, body } = await request(bare, { dispatcher: agent, headers })
  if (statusCode < 200 || statusCode > 299) {
    const cure = statusCode === 401 ? '; say with which key it is read: --receipts-key env:NAME' : ''
    throw unreadable(place, `${masked(bare.href)} answered ${statusCode}${cure}`)
  }
  return body
}

function authorizationOf({ username, password }: URL, key: string | undefined): { authorization?: string } {
  if (key === undefined && username === '' && password === '') return {}
  const credentials = key === undefined ? `${decodeURIComponent(username)}:${decodeURIComponent(password)}` : `${key}:`
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}

/** The next page stands where this one does: neither credentials nor the rule about hosts go further. */
function nextUrl(next: string, url: URL, visited: ReadonlySet<string>, place: ReceiptPlace): URL {
  if (!URL.canParse(next, url.href)) throw unreadable(place, `"next" of a page is not a URL: ${next}`)
  const following = new URL(next, url)
  following.username = url.username
  following.password = url.password
  if (following.origin !== url.origin) throw unreadable(place, `the next page is elsewhere: ${following.origin}`)
  if (visited.has(following.href)) throw unreadable(place, `the pages go round: ${masked(following.href)} comes again`)
  return following
}
