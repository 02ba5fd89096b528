import { describe, expect, it } from 'vitest'
import { secretMask } from '../../../src/cli/secret-mask.ts'

const SECRET = 'p@ss "word"/ü+'

describe('a secret', () => {
  const mask = secretMask([SECRET, ''])

  it.each([
    ['as it is', SECRET],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['as the user of Basic authentication', Buffer.from(`${SECRET}:`).toString('base64')],
    ['in base64 without its end', Buffer.from(SECRET).toString('base64').replace(/=+$/, '')],
    ['in base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['percent-encoded', encodeURIComponent(SECRET)],
    ['escaped in JSON', JSON.stringify(SECRET).slice(1, -1)],
  ])('is hidden %s', (_, form) => {
    expect(mask.text(`before ${form} after ${form}`)).toBe('before [secret] after [secret]')
  })

  it('is hidden in headers by their names, whatever they hold', () => {
    for (const name of ['Authorization', 'x-api-key', 'X-Auth-Token', 'Set-Cookie', 'X-Client-Secret']) {
      expect(mask.header(name, 'anything')).toBe('[secret]')
    }
    expect(mask.header('authorization', 'Basic abc=')).toBe('Basic [secret]')
    expect(mask.header('Content-Type', 'text/plain')).toBe('text/plain')
    expect(mask.header('X-Echo', `was ${SECRET}`)).toBe('was [secret]')
  })

  it('that is empty hides nothing', () => expect(secretMask(['']).text('plain')).toBe('plain'))
})
