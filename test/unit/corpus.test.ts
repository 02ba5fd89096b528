import { describe, expect, it } from 'vitest'
import { corpusText, makeCorpus } from '../../generators/corpus.ts'
import { knownCorpus } from '../../generators/known-corpus.ts'
import { trafficOf } from '../../generators/message.ts'
import { parseCorpus } from '../../generators/parse-corpus.ts'
import { Utf8Text } from '../../scenarios/k6/utf8-text.ts'
import { textAt } from '../support/events.ts'
import { testHeader, testPlan } from '../support/plans.ts'

describe('a corpus', () => {
  it('is the same to the last byte for the same seed and number of people', () => {
    expect(corpusText(makeCorpus(5, 50))).toBe(corpusText(makeCorpus(5, 50)))
    expect(corpusText(makeCorpus(5, 50))).not.toBe(corpusText(makeCorpus(6, 50)))
  })

  it('is made once for those who ask for the same one after another, and as anew after another one', () => {
    const first = knownCorpus(5, 50)
    expect(knownCorpus(5, 50)).toBe(first)
    expect(corpusText(knownCorpus(5, 49))).toBe(corpusText(makeCorpus(5, 49)))
    expect(corpusText(knownCorpus(6, 49))).toBe(corpusText(makeCorpus(6, 49)))
    expect(corpusText(knownCorpus(5, 50))).toBe(corpusText(first))
  })

  it('holds as many people as were asked for, of many countries', () => {
    const { people } = makeCorpus(1, 42)
    expect(people.length).toBe(42)
    const locales = Array.from({ length: 42 }, (_, place) => people.at(place)?.locale)
    expect(new Set(locales).size).toBe(8)
  })

  it('makes the same events after it has been text', () => {
    const corpus = makeCorpus(1, 20)
    const plan = testPlan()
    const header = testHeader(plan)
    const again = trafficOf(parseCorpus(corpusText(corpus)), plan, header)
    const first = trafficOf(corpus, plan, header)
    for (let i = 0; i < 200; i++) expect(textAt(again, i)).toBe(textAt(first, i))
  })

  it('is the same people when each is read from its text, or from the UTF-8 of it', () => {
    const corpus = makeCorpus(1, 42)
    const { buffer } = new TextEncoder().encode(corpusText(corpus))
    for (const { people } of [parseCorpus(corpusText(corpus)), parseCorpus(new Utf8Text(buffer))]) {
      expect(people.length).toBe(42)
      for (let place = 0; place <= 42; place++) expect(people.at(place)).toEqual(corpus.people.at(place))
    }
  })

  it('makes what is asked of each person when it is asked for, and once for who asks again soon', () => {
    const { people } = parseCorpus(corpusText(makeCorpus(1, 42)))
    const asked: string[] = []
    const initials = people.map(({ mailName }) => {
      asked.push(mailName)
      return mailName.charAt(0)
    })
    expect(asked).toEqual([])
    for (const place of [7, 7, 41]) expect(initials.at(place)).toBe(people.at(place)!.mailName.charAt(0))
    expect(asked.length).toBe(2)
    expect(initials.at(42)).toBeUndefined()
  })

  it('is not read from text of another kind', () => {
    expect(() => parseCorpus('{"format":2}')).toThrow('not a corpus')
    expect(() => parseCorpus('{"format":1}')).toThrow('not a corpus')
    expect(() => parseCorpus('null')).toThrow('not a corpus')
    expect(() => parseCorpus('{')).toThrow(SyntaxError)
  })
})
