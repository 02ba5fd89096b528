import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { progressBar, shareBar, sparkline } from '../../../src/cli/terminal/bars.ts'
import { forgetEmptyForceColor, paintFor } from '../../../src/cli/terminal/colors.ts'
import { renderColumns } from '../../../src/cli/terminal/columns.ts'
import { clock, count, millis, percent, rate } from '../../../src/cli/terminal/quantities.ts'
import { sanitize } from '../../../src/cli/terminal/sanitize.ts'
import { pack, wrap } from '../../../src/cli/terminal/wrap.ts'

describe('text of others', () => {
  test('an escape sequence is shown, not obeyed', () => {
    expect(sanitize('\u001b[2Jgone\u0007')).toBe('\\x1b[2Jgone\\x07')
  })

  test('text that would turn its direction or hide is shown', () => {
    expect(sanitize('a\u202eb\u200bc\ud800')).toBe('a\\u202eb\\u200bc\\ud800')
  })

  test('it is cut where it is too long', () => {
    expect(sanitize('x'.repeat(300), 10)).toBe('xxxxxxxxx…')
  })

  test('letters of every language stay as they are', () => {
    expect(sanitize('Zoë 東京 🎉 naïve')).toBe('Zoë 東京 🎉 naïve')
  })

  test('whatever it is, nothing in it acts and its length is bounded', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.integer({ min: 1, max: 300 }),
        (text, lengthMax) => {
          const shown = sanitize(text, lengthMax)
          expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u)
          expect(shown.length).toBeLessThanOrEqual(lengthMax)
        },
      ),
    )
  })
})

describe('quantities', () => {
  test('whole numbers keep their thousands apart', () => {
    expect([0, 999, 1000, 15_750, 1_234_567].map(count)).toEqual(['0', '999', '1 000', '15 750', '1 234 567'])
  })

  test('milliseconds show three digits', () => {
    expect([0, 0.432, 9.994, 9.996, 12.34, 99.96, 4980.4, null].map(millis)).toEqual([
      '0.00',
      '0.43',
      '9.99',
      '10.0',
      '12.3',
      '100',
      '4 980',
      '–',
    ])
  })

  test('a share is 0 or 100 % only when it is', () => {
    expect([0, 1e-6, 0.0002, 0.5, 0.9994, 0.999999, 1, null].map(percent)).toEqual([
      '0 %',
      '< 0.01 %',
      '0.02 %',
      '50.0 %',
      '99.94 %',
      '> 99.99 %',
      '100 %',
      '–',
    ])
  })

  test('lengths of time look like a clock', () => {
    expect([-5, 0, 42_000, 3_723_000].map(clock)).toEqual(['00:00', '00:00', '00:42', '1:02:03'])
  })

  test('rates below ten keep a digit', () => {
    expect([0.5, 9.96, 498.2, 1000].map(rate)).toEqual(['0.5/s', '10/s', '498/s', '1 000/s'])
  })
})

describe('bars', () => {
  test('a sparkline shows the last values against its top', () => {
    expect(sparkline([9, 0, 50, 100, 200], 4, 100)).toBe('▁▅██')
  })

  test('a progress bar is as wide as asked, whatever the share', () => {
    fc.assert(fc.property(fc.double({ noNaN: true }), (share) => progressBar(share, 20).length === 20))
  })

  test('a share that is not 0 can be seen', () => {
    expect([0, 1e-9, 0.5, 1].map((share) => shareBar(share, 4))).toEqual(['', '▏', '██', '████'])
  })
})

describe('lines', () => {
  test('no line ends within a number or before its unit', () => {
    expect(wrap('lost 0 of 15 000 in 12 ms, so < 2.0 % it is', 10)).toEqual([
      'lost 0 of',
      '15 000 in',
      '12 ms, so',
      '< 2.0 % it',
      'is',
    ])
  })

  test('a word that is wider than the line is cut', () => {
    expect(wrap('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij'])
  })

  test('pieces end with their joint where the line goes on', () => {
    expect(pack(['a 1', 'b 2', 'c 3'], ' + ', 9)).toEqual(['a 1 + b 2 +', 'c 3'])
  })

  test('columns align and lines end with what they say', () => {
    expect(
      renderColumns(
        [
          ['a', '1', 'x\ny'],
          ['bbb', '22', ''],
        ],
        ['left', 'right', 'left'],
        1,
      ),
    ).toBe(' a     1  x\n          y\n bbb  22')
  })
})

describe('colours', () => {
  test('a stream that is no terminal gets none', () => {
    expect(paintFor(process.stdout, false)('bad', 'x')).toBe('x')
  })

  test('an empty FORCE_COLOR counts as none', () => {
    const env = { FORCE_COLOR: '', NO_COLOR: '1' }
    forgetEmptyForceColor(env)
    expect(env).toEqual({ NO_COLOR: '1' })
  })

  test('a FORCE_COLOR that says something stays', () => {
    const env = { FORCE_COLOR: '1' }
    forgetEmptyForceColor(env)
    expect(env).toEqual({ FORCE_COLOR: '1' })
  })
})
