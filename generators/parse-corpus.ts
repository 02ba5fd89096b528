import type { Corpus } from './corpus.ts'
import { PeopleText, type TextView } from './people-text.ts'

/**
 * The Corpus again, from its text. It stands apart from what makes one, so that who only reads one needs no Faker. Its people, who
 * are nearly all of it, stay text until they are asked for.
 *
 * @throws SyntaxError or RangeError when the text is not that of a corpus
 */
export function parseCorpus(text: TextView): Corpus {
  const people = text.indexOf(PEOPLE)
  const companies = text.indexOf(COMPANIES, people)
  const hasPeople = people !== -1 && companies !== -1
  const rest = hasPeople ? text.slice(0, people) + text.slice(companies + COMMA_AT) : text.slice(0)
  const corpus: Omit<Corpus, 'people'> | null = JSON.parse(rest)
  if (corpus?.format !== 1 || !hasPeople) {
    throw new RangeError('this is not a corpus that this version of squall can read')
  }
  return { ...corpus, people: new PeopleText(text, people + PEOPLE.length, companies) }
}

/** What stands before and behind the people. No text in a corpus can hold either: there quotes are escaped. */
const PEOPLE = ',"people":['
const COMPANIES = '],"companies":['
const COMMA_AT = 1
