import type { CorpusPerson } from './corpus/people.ts'
import { Memo } from './memo.ts'
import type { Pool } from './pool.ts'

/** What of a text's own methods it takes to find a part of it and to read that: it may be kept in another form. */
export type TextView = Pick<string, 'slice' | 'indexOf'>

/** A corpus's people as the text that they were written as. In k6 the objects of them all take several times the room. */
export class PeopleText implements Pool<CorpusPerson> {
  private readonly text: TextView
  /** Where each person begins, and where one behind the last would. */
  private readonly starts: Int32Array

  /** @param text of a whole corpus, in which the people stand between two places, with a comma behind each but the last */
  constructor(text: TextView, from: number, to: number) {
    this.text = text
    const starts: number[] = []
    for (let at = from; at < to && at !== -1; at = text.indexOf(PERSON, at + 1)) starts.push(at)
    this.starts = Int32Array.from([...starts, to + 1])
  }

  get length(): number {
    return this.starts.length - 1
  }

  at(place: number): CorpusPerson | undefined {
    if (place >= this.length) return undefined
    return JSON.parse(this.text.slice(this.starts[place], this.starts[place + 1]! - 1))
  }

  map<Other>(make: (person: CorpusPerson) => Other): Pool<Other> {
    return new MadeAtNeed(this, make)
  }
}

class MadeAtNeed<Item, Made> implements Pool<Made> {
  private readonly items: Pool<Item>
  private readonly make: (item: Item) => Made
  private readonly memo: Memo<Made> = new Memo()

  constructor(items: Pool<Item>, make: (item: Item) => Made) {
    this.items = items
    this.make = make
  }

  get length(): number {
    return this.items.length
  }

  at(place: number): Made | undefined {
    return this.memo.get(place) ?? this.made(place)
  }

  map<Other>(make: (made: Made) => Other): Pool<Other> {
    return new MadeAtNeed(this, make)
  }

  private made(place: number): Made | undefined {
    const item = this.items.at(place)
    if (item === undefined) return undefined
    const made = this.make(item)
    this.memo.set(place, made)
    return made
  }
}

/** No text within a person can hold it: there quotes are escaped. */
const PERSON = '{"traitFields":'
