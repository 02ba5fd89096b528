import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { corpusText, makeCorpus } from '../../generators/corpus.ts'

/** Makes a run's corpus where it will be read: `node make-corpus.mjs SEED PEOPLE FILE`. */
const [seed, people, file] = process.argv.slice(2)
writeFileSync(file!, corpusText(makeCorpus(Number(seed), Number(people))))
