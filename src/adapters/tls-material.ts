import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Where the PEM files of a TLS connection stand. */
export interface TlsPaths {
  readonly ca?: string | undefined
  readonly cert?: string | undefined
  readonly key?: string | undefined
}

/** Whom TLS connections trust, and as whom they introduce themselves: PEM texts. */
export interface TlsMaterial {
  /** These authorities and no others; the public ones unless given. */
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

/** A file that TLS needs is not there, or is not what it should be. */
export class TlsFileInvalid extends Error {
  override readonly name = 'TlsFileInvalid'
}

/** Reads and checks what `--ca`, `--cert` and `--key` name. @throws TlsFileInvalid */
export function readTlsMaterial({ ca, cert, key }: TlsPaths): TlsMaterial {
  if ((cert === undefined) !== (key === undefined)) {
    throw new TlsFileInvalid('--cert and --key belong together: a client certificate is of use with its key alone')
  }
  return {
    ...(ca !== undefined && { ca: certificates('--ca', ca) }),
    ...(cert !== undefined && key !== undefined && identity(cert, key)),
  }
}

function identity(certPath: string, keyPath: string): Required<Pick<TlsMaterial, 'cert' | 'key'>> {
  const cert = certificates('--cert', certPath)
  const key = textOf('--key', keyPath)
  // The first is the client's own; what follows it is its chain.
  if (!new X509Certificate(cert).checkPrivateKey(privateKey(key, keyPath))) {
    throw new TlsFileInvalid(`--key: ${keyPath} is not the key of the certificate in ${certPath}`)
  }
  return { cert, key }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g

function certificates(flag: string, path: string): string {
  const found = textOf(flag, path).match(CERTIFICATE) ?? []
  if (found.length === 0) {
    throw new TlsFileInvalid(`${flag}: ${path} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)`)
  }
  for (const [i, pem] of found.entries()) if (!isCertificate(pem)) throw brokenCertificate(flag, path, i + 1)
  return `${found.join('\n')}\n`
}

function brokenCertificate(flag: string, path: string, nth: number): TlsFileInvalid {
  return new TlsFileInvalid(`${flag}: certificate ${nth} in ${path} cannot be read; export it again in PEM form`)
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}

function privateKey(pem: string, path: string): KeyObject {
  if (/ENCRYPTED/.test(pem)) {
    throw new TlsFileInvalid(`--key: ${path} is locked with a passphrase; write it out without one: openssl pkey`)
  }
  try {
    return createPrivateKey(pem)
  } catch {
    throw new TlsFileInvalid(`--key: ${path} holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)`)
  }
}

function textOf(flag: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new TlsFileInvalid(`${flag}: ${path} cannot be read; check the path and its permissions`)
  }
}
