import { expect, test } from 'vitest'
import { classOfFailure } from '../../scenarios/k6/class-of-failure.ts'
import { base64 } from '../../src/delivery/base64.ts'

const heard: readonly (readonly [code: number, text: string, kind: string])[] = [
  [1212, 'dial: connection refused', 'refused'],
  [1213, 'dial: unknown errno 113 error with msg `no route to host`', 'refused'],
  [1213, 'dial: unknown errno 24 error with msg `too many open files`', 'local'],
  [1213, 'dial: unknown errno 99 error with msg `cannot assign requested address`', 'local'],
  [1211, 'dial: i/o timeout', 'timeout'],
  [1050, 'request timeout', 'timeout'],
  [1101, 'lookup: no such host', 'dns'],
  [1220, 'read: connection reset by peer', 'reset'],
  [1201, 'write: broken pipe', 'reset'],
  [1000, 'EOF', 'reset'],
  [1000, 'unexpected EOF', 'reset'],
  [1000, 'http: server closed idle connection', 'reset'],
  [1000, 'malformed HTTP response "SSH-2.0"', 'malformed'],
  [1000, 'net/http: server response headers exceeded 10485760 bytes; aborted', 'malformed'],
  [1000, 'http: message cannot contain multiple Content-Length headers; got ["0" "5"]', 'malformed'],
  [0, 'unsupported response status: 101 Switching Protocols', 'malformed'],
  [1310, 'x509: unknown authority', 'tls'],
  [1311, "x509: certificate doesn't match hostname", 'tls'],
  [1000, 'x509: certificate has expired or is not yet valid', 'tls'],
  [1010, 'remote error: tls: handshake failure', 'tls'],
  [1111, 'hostname is blocked', 'local'],
  [1000, 'something that nobody foresaw', 'local'],
]

for (const [code, text, kind] of heard) {
  test(`k6 says ${code} "${text}": ${kind}`, () => {
    expect(classOfFailure({ code, text, connected: true, secure: false })).toBe(kind)
  })
}

test('a connection that breaks in the handshake is trouble with TLS', () => {
  expect(classOfFailure({ code: 1000, text: 'EOF', connected: false, secure: true })).toBe('tls')
  expect(classOfFailure({ code: 1000, text: 'EOF', connected: true, secure: true })).toBe('reset')
})

test('base64 is what it is everywhere', () => {
  for (const text of ['', 'a', 'ab', 'abc', 'abcd', '{}', 'kéy:', '😀']) {
    expect(base64(text)).toBe(Buffer.from(text).toString('base64'))
  }
})
