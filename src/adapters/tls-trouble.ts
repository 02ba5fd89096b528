/** What is wrong with an endpoint's TLS, in the words of the one who runs it; undefined: it is no trouble of TLS. */
export function tlsTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  if (error.code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongName(error)
  return TROUBLES.find(([pattern]) => pattern.test(error.code as string))?.[1]
}

const TROUBLES: readonly (readonly [code: RegExp, trouble: string])[] = [
  [
    /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
    'its certificate is self-signed, and Segment accepts none such; to test with it all the same, trust it with --ca FILE',
  ],
  [
    /^SELF_SIGNED_CERT_IN_CHAIN$/,
    'its certificate comes from an authority that is not publicly known; if that is yours, trust it with --ca FILE',
  ],
  [
    /^UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT)/,
    'nothing leads from its certificate to a known authority: let it send its intermediate certificates too, or trust your own authority with --ca FILE',
  ],
  [/^CERT_HAS_EXPIRED$/, 'a certificate of its chain has expired; renew it'],
  [/^CERT_NOT_YET_VALID$/, 'a certificate of its chain is not valid yet; look at its dates and at the clocks'],
  [/^CERT_REVOKED$/, 'a certificate of its chain has been revoked'],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/,
    'what answers there does not speak TLS; if it is plain HTTP, write http://',
  ],
  [
    /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/,
    'it does not speak TLS 1.2 or 1.3, and older versions are not safe',
  ],
  [/NO_SHARED_CIPHER|DH_KEY_TOO_SMALL|EE_KEY_TOO_SMALL/, 'its keys or ciphers are too weak to be accepted'],
  [/CERTIFICATE_REQUIRED/, 'it asks for a client certificate; give one with --cert FILE and --key FILE'],
  [
    /ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_(UNKNOWN|EXPIRED|REVOKED)|ACCESS_DENIED|UNSUPPORTED_CERTIFICATE)/,
    'it does not accept the client certificate of --cert',
  ],
  [
    /HANDSHAKE_FAILURE/,
    'it refuses the TLS handshake: it shares no cipher, or asks for a client certificate (--cert FILE and --key FILE)',
  ],
  [/^(CERT_|INVALID_|PATH_LENGTH|CA_MD|CRL_|HOSTNAME_MISMATCH)/, 'its certificate is not fit for a server'],
]

/** The names are the endpoint's own text: what would move a terminal's cursor is left out. */
function wrongName(error: Error): string {
  const names = 'cert' in error ? (error.cert as { subjectaltname?: string }).subjectaltname : undefined
  const own = names === undefined ? 'no name that counts' : names.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200)
  return `its certificate is for another name (it holds ${own}); have one issued for the name in the URL`
}
