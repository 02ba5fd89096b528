import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { onTestFinished } from 'vitest'

/** A certificate with its key, PEM texts. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

const DAY_MS = 86_400_000

/** An authority of nobody's. */
export function authority(): Promise<Certificate> {
  return certificate('squall test authority', [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
  ])
}

/** A server's certificate for an address of this machine; signed by itself unless an authority is given. */
export function serverCertificate({
  by,
  ip = '127.0.0.1',
  expired = false,
}: {
  readonly by?: Certificate
  readonly ip?: string
  readonly expired?: boolean
} = {}): Promise<Certificate> {
  const extensions: Extensions = [
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: [{ type: 7, ip }] },
  ]
  return certificate('squall test server', extensions, by, expired ? Date.now() - 10 * DAY_MS : undefined)
}

export function clientCertificate(by: Certificate): Promise<Certificate> {
  return certificate('squall test client', [{ name: 'extKeyUsage', clientAuth: true }], by)
}

/** Writes a text into a file of its own, for one test. @returns its path */
export function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'squall-pem-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'file.pem')
  writeFileSync(path, text)
  return path
}

type Options = NonNullable<Parameters<typeof generate>[1]>
type Extensions = NonNullable<Options['extensions']>

async function certificate(
  name: string,
  extensions: Extensions,
  by?: Certificate,
  notBeforeMs = Date.now() - DAY_MS,
): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(notBeforeMs),
    notAfterDate: new Date(notBeforeMs + 5 * DAY_MS),
    extensions,
    ...(by && { ca: by }),
  })
  return { cert: made.cert, key: made.private }
}
