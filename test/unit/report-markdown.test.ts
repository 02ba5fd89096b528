import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import { escapeMarkdown, markdownCode } from '../../src/report/escape-markdown.ts'
import { reportMarkdown } from '../../src/report/markdown.ts'
import { failingReport, soundReport } from '../support/reports.ts'

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '![x](http://example.com/x.png)',
    '[a](javascript:alert(1))',
    '| a | b |\n|---|---|',
    '`code` **bold** @everyone #1',
    '\u001b]52;c;aGk=\u0007',
    '\n\n# heading',
    'www.example.com https://example.com',
    '&lt;b&gt;',
  ),
)

describe('text from outside', () => {
  it('becomes one line without mark-up, links, mentions or invisible characters', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const escaped = escapeMarkdown(text)
        expect(escaped).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)
        expect(escaped).not.toMatch(/[<>@|]|:\/\/|www\./i)
        expect(escaped.replace(/\\[\s\S]/g, '')).not.toMatch(/[`*_[\]~!]/)
        expect(escaped.isWellFormed()).toBe(true)
      }),
    )
  })

  it('shows control characters by their codes', () => {
    expect(escapeMarkdown('a\u001b[31mb\r\n\u202e')).toBe('a\\\\x1b\\[31mb\\\\x0d\\\\x0a\\\\u202e')
  })

  it('in a code span cannot leave it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(markdownCode(text)).toMatch(/^(`[^`\p{Cc}]+`)?$/u)
      }),
    )
  })

  it('is cut where it is long', () => {
    expect(escapeMarkdown('é'.repeat(9999))).toBe(`${'é'.repeat(500)}…`)
  })
})

describe('a report in Markdown', () => {
  it('keeps its tables whole whatever the endpoint wrote', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = reportMarkdown(poisoned(text)).split('\n')
        const calm = reportMarkdown(poisoned('x')).split('\n')
        const columns = (line: string) => (line.startsWith('|') ? line.split('|').length : 0)
        expect(lines.map(columns)).toEqual(calm.map(columns))
      }),
    )
  })

  it('is at most 64 KB, and says where it was cut', () => {
    const text = '漢'.repeat(2000)
    const many = <T>(one: T): T[] => Array.from({ length: 400 }, () => one)
    const report = poisoned(text)
    const markdown = reportMarkdown({
      ...report,
      verdicts: many(report.verdicts[0]!),
      notTested: many(report.notTested[0]!),
      answers: many(report.answers[0]!),
      notes: many(report.notes[0]!),
    })
    expect(new TextEncoder().encode(markdown).length).toBeLessThanOrEqual(64 * 1024)
    expect(markdown).toContain('Cut here at 64 KB')
  })

  it('says that nothing is known of the store where no receipts were read', () => {
    const sound = soundReport()
    const markdown = reportMarkdown({ ...sound, audit: { ...sound.audit, found: null } })
    expect(markdown).toContain('No receipts were read')
  })
})

/** A report in which every foreign text is the given one. */
function poisoned(text: string): Report {
  const report = failingReport()
  return {
    ...report,
    run: { ...report.run, scenario: text, id: text },
    target: { url: text },
    verdicts: report.verdicts.map((verdict) => ({ ...verdict, claim: text, fix: text || 'x' })),
    notTested: [{ id: text, reason: text }],
    generator: { ...report.generator, timing: 'doubtful', reasons: [text] },
    notes: [{ atS: 1, text }],
    answers: report.answers.map((answer) => ({ ...answer, text })),
  }
}
