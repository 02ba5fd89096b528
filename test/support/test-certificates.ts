import { authority, type Certificate, serverCertificate } from './certificates.ts'

export interface TestCertificates {
  /** Whom to trust so that `sound` is trusted. */
  readonly ca: string
  readonly sound: Certificate
  readonly expired: Certificate
  readonly otherName: Certificate
  /** Signed by nobody but itself. */
  readonly selfSigned: Certificate
}

/** Certificates for 127.0.0.1 as servers have them, right and wrong, all but one signed by an authority of their own. */
export async function testCertificates(): Promise<TestCertificates> {
  const by = await authority()
  const [sound, expired, otherName, selfSigned] = await Promise.all([
    serverCertificate({ by }),
    serverCertificate({ by, expired: true }),
    serverCertificate({ by, ip: '127.0.0.9' }),
    serverCertificate(),
  ])
  return { ca: by.cert, sound, expired, otherName, selfSigned }
}
