import type { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { isIP, type LookupFunction } from 'node:net'
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls'
import type { TlsFacts } from '../model/tls-facts.ts'
import { hostOf } from './target.ts'
import type { TlsMaterial } from './tls-material.ts'
import { tlsTrouble } from './tls-trouble.ts'

const PROBE_MS = 5000
/** A certificate's texts are the endpoint's own. */
const TEXT_MAX = 300

export interface TlsProbe {
  readonly lookup?: LookupFunction
  readonly tls?: TlsMaterial
}

/**
 * Looks at an endpoint's certificate, chain, name, dates and protocol as a sender would, and finds all that is wrong with them. No request is sent.
 * Undefined: it cannot be reached, or what stands in the way is no matter of TLS.
 */
export async function probeTls(url: URL, { lookup, tls = {} }: TlsProbe): Promise<TlsFacts | undefined> {
  const host = hostOf(url)
  const trust = tls.ca === undefined ? 'public' : 'given'
  const socket = connect({
    host,
    port: Number(url.port || 443),
    servername: isIP(host) ? '' : host,
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    // It is looked at, whatever is wrong with it; nothing is sent over this connection.
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ...tls,
    ...(lookup && { lookup }),
  })
  socket.setTimeout(PROBE_MS, () => socket.destroy(new Error('silence')))
  try {
    await once(socket, 'secureConnect')
    return factsOf(socket, host, trust)
  } catch (error) {
    const trouble = tlsTrouble(error)
    return trouble === undefined ? undefined : { ...NOTHING_SEEN, trust, troubles: [trouble] }
  } finally {
    socket.destroy()
  }
}

const NOTHING_SEEN = { protocol: '', issuer: '', names: '', validFrom: '', validTo: '' } as const

function factsOf(socket: TLSSocket, host: string, trust: TlsFacts['trust']): TlsFacts {
  const protocol = socket.getProtocol() ?? ''
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return { ...NOTHING_SEEN, protocol, trust, troubles: ['it shows no certificate'] }
  return {
    protocol,
    trust,
    issuer: shown(certificate.issuer.replaceAll('\n', ', ')),
    names: shown(certificate.subjectAltName ?? ''),
    validFrom: new Date(certificate.validFrom).toISOString(),
    validTo: new Date(certificate.validTo).toISOString(),
    troubles: [...chainTrouble(socket, certificate), ...nameTrouble(certificate, host)],
  }
}

/** Of a chain OpenSSL names one trouble, dates included. Who trusts a certificate that only itself has signed helps nobody else. */
function chainTrouble({ authorizationError }: TLSSocket, certificate: X509Certificate): string[] {
  const isSelfSigned = certificate.checkIssued(certificate)
  const code = isSelfSigned ? SELF_SIGNED : codeOf(authorizationError)
  const expired = isSelfSigned ? codeOf(authorizationError) : ''
  const codes = [code, /EXPIRED|NOT_YET_VALID/.test(expired) ? expired : ''].filter((one) => one !== '')
  return codes.map((one) => tlsTrouble(Object.assign(new Error(one), { code: one })) ?? `its chain is refused (${one})`)
}

const SELF_SIGNED = 'DEPTH_ZERO_SELF_SIGNED_CERT'

/** Node gives the code itself, whatever its types say. */
function codeOf(error: unknown): string {
  if (error === null || error === undefined) return ''
  return typeof error === 'object' && 'code' in error ? String(error.code) : String(error)
}

function nameTrouble(certificate: X509Certificate, host: string): string[] {
  const error = checkServerIdentity(host, certificate.toLegacyObject())
  if (error === undefined) return []
  return [tlsTrouble(error) ?? 'its certificate is for another name']
}

function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, TEXT_MAX)
}
