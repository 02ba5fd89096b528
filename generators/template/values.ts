import {
  type Choice,
  choiceIn,
  isObject,
  partsOf,
  type Range,
  rangeIn,
  type TemplateValue,
} from '../../src/model/template.ts'
import type { TemplateName } from '../../src/model/template-names.ts'
import type { Members } from '../calls/call.ts'
import { all } from '../calls/properties.ts'
import { writeOf } from '../calls/write-of.ts'
import type { Corpus } from '../corpus.ts'
import { drawNamed } from '../draws.ts'
import { fragmentOf } from '../utf8.ts'
import { type Word, wordOf } from './words.ts'

/** Writes one JSON value. */
type Write = Word['write']

/** The members of a template's object. @param where names it among all templates: each place has draws of its own */
export function membersFrom(
  members: { readonly [key: string]: TemplateValue },
  corpus: Corpus,
  where: string,
): Members {
  const parts = Object.entries(members).map(([key, value]) => [
    `${JSON.stringify(key)}:`,
    valueFrom(value, corpus, `${where}.${key}`),
  ])
  return all(...parts)
}

function valueFrom(value: TemplateValue, corpus: Corpus, where: string): Write {
  if (!JSON.stringify(value).includes('{{') && !isDrawn(value)) return fixed(JSON.stringify(value))
  if (typeof value === 'string') return textFrom(partsOf(value), corpus)
  if (Array.isArray(value)) return listFrom(value, corpus, where)
  const choice = choiceIn(value)
  if (choice) return choiceFrom(choice, corpus, where)
  const range = rangeIn(value)
  if (range) return rangeFrom(range, where)
  return objectFrom(value as { readonly [key: string]: TemplateValue }, corpus, where)
}

/** Whether something in it is drawn anew for each event. */
function isDrawn(value: TemplateValue): boolean {
  if (Array.isArray(value)) return value.some(isDrawn)
  if (!isObject(value)) return false
  return choiceIn(value) !== undefined || rangeIn(value) !== undefined || Object.values(value).some(isDrawn)
}

function fixed(json: string): Write {
  const fragment = fragmentOf(json)
  return (writer) => writer.put(fragment)
}

/** A text that is nothing but the name of a number is that number. */
function textFrom(parts: readonly string[], corpus: Corpus): Write {
  const pieces = parts.flatMap((part, i) => {
    if (i % 2 === 1) return [wordOf(part as TemplateName, corpus)]
    return part === '' ? [] : [{ isNumber: false, write: fixed(JSON.stringify(part).slice(1, -1)) }]
  })
  if (pieces.length === 1 && pieces[0]!.isNumber) return pieces[0]!.write
  return (writer, visit) => {
    writer.put(QUOTE)
    for (const piece of pieces) piece.write(writer, visit)
    writer.put(QUOTE)
  }
}

function listFrom(values: readonly TemplateValue[], corpus: Corpus, where: string): Write {
  const writes = values.map((value, i) => valueFrom(value, corpus, `${where}.${i}`))
  return (writer, visit) => {
    writer.put(BRACKET)
    for (let i = 0; i < writes.length; i++) {
      if (i > 0) writer.put(COMMA)
      writes[i]!(writer, visit)
    }
    writer.put(BRACKET_END)
  }
}

function objectFrom(members: { readonly [key: string]: TemplateValue }, corpus: Corpus, where: string): Write {
  const write = writeOf(['{', ...membersFrom(members, corpus, where), '}'])
  return (writer, visit) => write(writer, visit, visit.journey.steps[0]!)
}

function choiceFrom({ oneOf, weights }: Choice, corpus: Corpus, where: string): Write {
  const draw = drawNamed(where)
  const writes = oneOf.map((value, i) => valueFrom(value, corpus, `${where}.${i}`))
  const places = (weights ?? oneOf.map(() => 1)).flatMap((weight, i) =>
    Array.from({ length: weight }, () => writes[i]!),
  )
  return (writer, visit) => visit.draws.oneOfVisit(draw, places)(writer, visit)
}

function rangeFrom({ from, to, decimals }: Range, where: string): Write {
  const draw = drawNamed(where)
  const unit = decimals === 0 ? 1 : 100
  const least = Math.floor(from * unit + 0.5)
  const count = Math.floor(to * unit + 0.5) - least + 1
  if (decimals === 0) return (writer, { draws }) => writer.whole(least + draws.ofVisit(draw, count))
  return (writer, { draws }) => writer.hundredths(least + draws.ofVisit(draw, count))
}

const COMMA = fragmentOf(',')
const QUOTE = fragmentOf('"')
const BRACKET = fragmentOf('[')
const BRACKET_END = fragmentOf(']')
