import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { PartnerError } from './partner-error.ts'

export interface ServerCertificate {
  /** PEM texts. */
  readonly cert: string
  readonly key: string
  /** Where the certificate stands, for whoever is to trust it. */
  readonly path: string
}

/**
 * The certificate that a folder holds; it is made if there is none, so that a server has the same one after a restart. It signs nothing
 * but itself: who trusts it trusts this server and no other.
 * @throws PartnerError
 */
export async function serverCertificate(folder: string, host: string): Promise<ServerCertificate> {
  const path = join(folder, 'cert.pem')
  const keyPath = join(folder, 'key.pem')
  try {
    if (!existsSync(path) || !existsSync(keyPath)) await make(folder, host, path, keyPath)
    return { cert: readFileSync(path, 'utf8'), key: readFileSync(keyPath, 'utf8'), path }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PartnerError(`--tls: no certificate can be kept in ${folder} (${reason}); name a folder of your own`)
  }
}

async function make(folder: string, host: string, path: string, keyPath: string): Promise<void> {
  const made = await generate([{ name: 'commonName', value: 'squall partner' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: ['localhost', '127.0.0.1', '::1', host].map(nameEntry) },
    ],
  })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(keyPath, made.private, { mode: 0o600 })
  writeFileSync(path, made.cert)
}

function nameEntry(name: string): { type: 7; ip: string } | { type: 2; value: string } {
  return isIP(name) ? { type: 7, ip: name } : { type: 2, value: name }
}
