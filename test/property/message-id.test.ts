import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MessageIdForm, MessageIds } from '../../generators/message-id.ts'
import { NumberCipher } from '../../generators/number-cipher.ts'

const anIndex = fc.maxSafeNat().map((n) => n % 2 ** 48)
const aForm = fc.constantFrom<MessageIdForm>('uuid', 'UUID', 'ajs-next', 'node-next')
const AT_MS = Date.UTC(2026, 0, 1)
const aRun = fc.stringMatching(/^[a-z0-9]{1,32}$/)

describe('a messageId', () => {
  it('holds a UUID of version 4 in each form, and decodes to its index', () => {
    fc.assert(
      fc.property(aRun, anIndex, aForm, (run, index, form) => {
        const ids = new MessageIds(run)
        const id = ids.encode(index, form, AT_MS)
        expect(id).toMatch(FORMS[form])
        expect(id.length).toBeLessThan(100)
        expect(ids.decode(id)).toBe(index)
      }),
      { numRuns: 2000 },
    )
  })

  it('decodes in no other run', () => {
    fc.assert(
      fc.property(aRun, aRun, anIndex, aForm, (run, other, index, form) => {
        fc.pre(run !== other)
        expect(new MessageIds(other).decode(new MessageIds(run).encode(index, form, AT_MS))).toBeUndefined()
      }),
      { numRuns: 2000 },
    )
  })

  it('is told from UUIDs of chance, from itself with a digit changed, and from other text', () => {
    const ids = new MessageIds('testrun1')
    fc.assert(
      fc.property(fc.uuid({ version: 4 }), (uuid) => {
        expect(ids.decode(uuid)).toBeUndefined()
      }),
      { numRuns: 5000 },
    )
    fc.assert(
      fc.property(anIndex, fc.nat(35), fc.constantFrom(...'0123456789abcdef-'), (index, at, digit) => {
        const id = ids.encode(index, 'uuid', AT_MS)
        fc.pre(id[at] !== digit)
        expect(ids.decode(id.slice(0, at) + digit + id.slice(at + 1))).toBeUndefined()
      }),
      { numRuns: 5000 },
    )
    for (const text of ['', 'null', `${ids.encode(1, 'uuid', AT_MS)} `]) expect(ids.decode(text)).toBeUndefined()
  })

  it('does not show its index: each bit is as often set as not, and half of them change from one to the next', () => {
    const ids = new MessageIds('testrun1')
    const all = Array.from({ length: 4000 }, (_, i) => bitsOf(ids.encode(i, 'uuid', AT_MS)))
    for (let bit = 0; bit < 128; bit++) {
      if (FIXED_BITS.has(bit)) continue
      const set = all.filter((bits) => bits[bit] === '1').length / all.length
      expect(Math.abs(set - 0.5)).toBeLessThan(0.05)
      const changed = all.slice(1).filter((bits, i) => bits[bit] !== all[i]![bit]).length / (all.length - 1)
      expect(Math.abs(changed - 0.5)).toBeLessThan(0.05)
    }
  })
})

describe('a number cipher', () => {
  it('gives each number below 2^48 another such number', () => {
    const cipher = new NumberCipher('testrun1')
    const codes = new Set(Array.from({ length: 50_000 }, (_, i) => cipher.encode(i * 5_000_000_011)))
    expect(codes.size).toBe(50_000)
    for (const code of codes) expect(code >= 0 && code < 2 ** 48 && Number.isInteger(code)).toBe(true)
  })
})

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
const FORMS: Readonly<Record<MessageIdForm, RegExp>> = {
  uuid: new RegExp(`^${UUID}$`),
  UUID: new RegExp(`^${UUID.replaceAll('a-f', 'A-F').replace('[89ab]', '[89AB]')}$`),
  'ajs-next': new RegExp(`^ajs-next-\\d{13}-${UUID}$`),
  'node-next': new RegExp(`^node-next-\\d{13}-${UUID}$`),
  delete: new RegExp(`^delete-${UUID}$`),
}

/** Version and variant. */
const FIXED_BITS = new Set([48, 49, 50, 51, 64, 65])

function bitsOf(uuid: string): string {
  return [...uuid.replaceAll('-', '')].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
}
