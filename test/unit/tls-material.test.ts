import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { readTlsMaterial } from '../../src/adapters/tls-material.ts'
import { authority, type Certificate, clientCertificate, fileOf } from '../support/certificates.ts'

let ca: Certificate
let client: Certificate
beforeAll(async () => {
  ca = await authority()
  client = await clientCertificate(ca)
})

describe('the PEM files of a run', () => {
  test('are read and handed on', () => {
    const {
      ca: trusted,
      cert,
      key,
    } = readTlsMaterial({
      ca: fileOf(`my authorities\n${ca.cert}${client.cert}`),
      cert: fileOf(client.cert),
      key: fileOf(client.key),
    })
    expect(trusted).toBe(`${ca.cert.trimEnd()}\n${client.cert.trimEnd()}\n`)
    expect({ cert, key }).toEqual({ cert: `${client.cert.trimEnd()}\n`, key: client.key })
  })

  test('are none unless they are named', () => {
    expect(readTlsMaterial({})).toEqual({})
  })

  const complaint = (paths: Parameters<typeof readTlsMaterial>[0]): string => {
    try {
      readTlsMaterial(paths)
    } catch (error) {
      expect(error).toMatchObject({ name: 'TlsFileInvalid', message: expect.not.stringContaining('\n') })
      return (error as Error).message
    }
    return 'nothing is wrong'
  }

  test('must be there', () => {
    expect(complaint({ ca: 'no/such/file.pem' })).toMatch(/^--ca: no\/such\/file\.pem cannot be read/)
  })

  test('must hold certificates', () => {
    expect(complaint({ ca: fileOf('nonsense') })).toMatch(/^--ca: .* holds no certificate in PEM form/)
    const broken = ca.cert.replace(/MII.{20}/, 'AAAA')
    expect(complaint({ ca: fileOf(`${ca.cert}\n${broken}`) })).toMatch(/^--ca: certificate 2 in .* cannot be read/)
  })

  test('come as a pair, of which the key fits', () => {
    const cert = fileOf(client.cert)
    expect(complaint({ cert })).toMatch(/^--cert and --key belong together/)
    expect(complaint({ key: fileOf(client.key) })).toMatch(/^--cert and --key belong together/)
    expect(complaint({ cert, key: fileOf(ca.key) })).toMatch(/^--key: .* is not the key of the certificate in/)
    expect(complaint({ cert, key: cert })).toMatch(/^--key: .* holds no private key in PEM form/)
  })

  test('hold a key that is not locked', () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'sesame' },
    })
    expect(complaint({ cert: fileOf(client.cert), key: fileOf(privateKey) })).toMatch(/is locked with a passphrase/)
  })
})
