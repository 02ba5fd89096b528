import { eventRow, isCall } from './event-row.js'

/** As many as are shown at once. */
const ROWS_MAX = 500
const PAGE_ROWS = 10

/** The events that have come, newest first; one of them may be chosen. */
export class EventList {
  #box
  #chosen
  #entries = []
  #wants = () => true
  #active

  /** @param chosen is told the event, and how it came to that: `passed` on the way to another, `clicked`, `entered` */
  constructor(box, chosen) {
    this.#box = box
    this.#chosen = chosen
    box.addEventListener('keydown', (key) => this.#pressed(key))
    box.addEventListener('click', ({ target }) => {
      const entry = this.#entries.find(({ row }) => row === target.closest('.event'))
      if (entry) this.#choose(entry, 'clicked')
    })
  }

  /** @param events oldest first */
  add(events) {
    const entries = events.slice(-ROWS_MAX).map(entryOf).reverse()
    for (const entry of entries) entry.row.hidden = !this.#wants(entry)
    this.#box.prepend(...entries.map(({ row }) => row))
    this.#entries = [...entries, ...this.#entries]
    for (const gone of this.#entries.splice(ROWS_MAX)) this.#remove(gone)
  }

  /** @param wish what is to be seen: text, type (empty: each), only (empty: all) */
  filter({ text, type, only }) {
    const needle = text.trim().toLowerCase()
    this.#wants = ({ event, words }) => words.includes(needle) && isOfType(event, type) && isTrouble(event, only)
    for (const entry of this.#entries) entry.row.hidden = !this.#wants(entry)
  }

  clear() {
    for (const entry of this.#entries.splice(0)) this.#remove(entry)
  }

  counts() {
    const breaking = this.#entries.filter(({ event }) => event.violations.length > 0).length
    return { all: this.#entries.length, seen: this.#seen().length, breaking }
  }

  #seen() {
    return this.#entries.filter(({ row }) => !row.hidden)
  }

  #remove(entry) {
    entry.row.remove()
    if (entry === this.#active) this.#activate(undefined)
  }

  #pressed(key) {
    const seen = this.#seen()
    const at = seen.indexOf(this.#active)
    const steps = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + PAGE_ROWS,
      PageUp: at - PAGE_ROWS,
      Home: 0,
      End: seen.length,
    }
    if (key.key === 'Enter' && at >= 0) this.#choose(seen[at], 'entered')
    if (!(key.key in steps) || seen.length === 0) return
    key.preventDefault()
    const entry = seen[Math.min(seen.length - 1, Math.max(0, steps[key.key]))]
    this.#choose(entry, 'passed')
    entry.row.scrollIntoView({ block: 'nearest' })
  }

  #choose(entry, how) {
    this.#activate(entry)
    this.#chosen(entry.event, how)
  }

  #activate(entry) {
    this.#active?.row.setAttribute('aria-selected', 'false')
    this.#active = entry
    entry?.row.setAttribute('aria-selected', 'true')
    if (entry) this.#box.setAttribute('aria-activedescendant', entry.row.id)
    else this.#box.removeAttribute('aria-activedescendant')
  }
}

function entryOf(event) {
  const words = `${event.type}\n${event.name ?? ''}\n${event.userId ?? ''}\n${event.source}\n${event.code ?? ''}\n${event.text}`
  return { event, row: eventRow(event), words: words.toLowerCase() }
}

function isOfType({ type }, wanted) {
  if (wanted === '') return true
  return wanted === '?' ? !isCall(type) : type === wanted
}

function isTrouble({ code, violations }, only) {
  const [isDiscarded, isBreaking] = [code !== undefined, violations.length > 0]
  return { '': true, breaking: isBreaking, discarded: isDiscarded, trouble: isDiscarded || isBreaking }[only]
}
