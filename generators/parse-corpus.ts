import type { Corpus } from './corpus.ts'

/**
 * The Corpus again, from its text. It stands apart from what makes one, so that who only reads one needs no Faker.
 *
 * @throws SyntaxError or RangeError when the text is not that of a corpus
 */
export function parseCorpus(text: string): Corpus {
  const corpus = JSON.parse(text) as Corpus
  if (corpus?.format !== 1) throw new RangeError('this is not a corpus that this version of squall can read')
  return corpus
}
