/** What an endpoint showed of itself in a TLS handshake before the run. Its texts are the endpoint's own. */
export interface TlsFacts {
  /** Such as "TLSv1.3"; empty: no handshake came to an end. */
  readonly protocol: string
  /** Whom the certificate was held against: the public authorities, or those that the run was given. */
  readonly trust: 'public' | 'given'
  readonly issuer: string
  readonly names: string
  /** ISO 8601; empty: no certificate was seen. */
  readonly validFrom: string
  readonly validTo: string
  /** What is wrong, each in words: the chain, the name, the time, the handshake itself. */
  readonly troubles: readonly string[]
}
