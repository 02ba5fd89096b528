const RATE_OVER_MS = 2000

/** The figures at the top of the page. */
export class Gauges {
  #counts = []
  #missed = 0

  /** @param message what squall told: its counts since it started, and how many events this page was too slow for */
  take({ counts, missed }) {
    this.#missed += missed
    this.#counts.push(counts)
    while (this.#counts.length > 2 && counts.atMs - this.#counts[1].atMs >= RATE_OVER_MS) this.#counts.shift()
    const { taken, discarded, kept } = counts
    write('rate', this.#rate())
    write('taken', taken)
    write('discarded', discarded)
    document.getElementById('discarded').parentElement.classList.toggle('bad', discarded > 0)
    this.#writeUnshown(taken - kept)
  }

  #rate() {
    const [first, last] = [this.#counts[0], this.#counts.at(-1)]
    const ms = last.atMs - first.atMs
    return ms > 0 ? Math.round(((last.taken - first.taken) * 1000) / ms) : 0
  }

  #writeUnshown(leftOut) {
    write('unshown', leftOut + this.#missed)
    const reasons = [
      ...(leftOut > 0 ? [`${thousands(leftOut)} too many to show`] : []),
      ...(this.#missed > 0 ? [`${thousands(this.#missed)} missed by this page`] : []),
    ]
    document.getElementById('why').textContent = reasons.join(', ') || 'nothing is left out'
  }
}

export function write(id, count) {
  const text = thousands(count)
  const place = document.getElementById(id)
  if (place.textContent !== text) place.textContent = text
}

/** With narrow spaces, as in the report. */
export function thousands(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f')
}
