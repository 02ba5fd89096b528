import { describe, expect, test } from 'vitest'
import type { LintReport } from '../../src/lint/lint-report.ts'
import { Linter } from '../../src/lint/linter.ts'
import type { LintProfile } from '../../src/lint/rule.ts'
import { ALL_RULES } from '../../src/lint/rules/all-rules.ts'
import { LINT_CASES, SOUND, SOUND_REQUEST } from '../support/lint-cases.ts'

function lintOf(value: unknown, profile: LintProfile = 'spec'): LintReport {
  const linter = new Linter(profile)
  linter.take(JSON.stringify(value), 1)
  return linter.report()
}

function brokenRules(report: LintReport): string[] {
  return report.findings.map(({ rule, examples }) => `${rule} ${examples[0]?.pointer}`)
}

describe('each rule is broken by what breaks it and by nothing like it', () => {
  LINT_CASES.forEach(({ rule, broken, at, sound, profile }, i) => {
    test(`${i + 1}: ${rule} at ${at || 'the whole'}`, () => {
      expect(brokenRules(lintOf(broken, profile)).filter((found) => !isConsequence(found, rule))).toEqual([
        `${rule} ${at}`,
      ])
      expect(brokenRules(lintOf(sound, profile))).toEqual([])
    })
  })

  test('no rule is without such a case', () => {
    const tried = new Set(LINT_CASES.map(({ rule }) => rule))
    expect(ALL_RULES.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([])
  })

  test('the sound event and the sound request are sound in both profiles', () => {
    for (const profile of ['spec', 'stream'] as const) {
      for (const sound of [SOUND, SOUND_REQUEST]) expect(brokenRules(lintOf(sound, profile))).toEqual([])
    }
  })
})

describe('a Stream is held to more', () => {
  for (const rule of ['legacy-name', 'name-spelling', 'property-type', 'trait-type', 'traits-on-track']) {
    test(`${rule} is a warning by the Spec and an error of a Stream`, () => {
      const { broken } = LINT_CASES.find((one) => one.rule === rule)!
      const severities = (['spec', 'stream'] as const).map(
        (profile) => lintOf(broken, profile).findings.find((one) => one.rule === rule)?.severity,
      )
      expect(severities).toEqual(['warning', 'error'])
    })
  }

  test('a documented ground for rejection is an error always', () => {
    for (const event of ['Purchase', 'install', 'Install']) {
      expect(lintOf({ ...SOUND, event }).findings[0]).toMatchObject({ rule: 'rejected-name', severity: 'error' })
    }
  })

  test('a name that only looks like one of the Spec stays a warning', () => {
    expect(lintOf({ ...SOUND, event: 'Checkout Completed' }, 'stream')).toMatchObject({ errors: 0, warnings: 1 })
  })
})

/** What cannot be broken alone: one who has the old name lacks the new one. */
function isConsequence(found: string, rule: string): boolean {
  return rule === 'field-name' && found.startsWith('missing_type')
}
