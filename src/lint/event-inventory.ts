import type { InventoryLine } from './lint-report.ts'
import type { LintedEvent } from './subject.ts'

/** More kinds than that are no kinds: then names carry ids. */
const KINDS_MAX = 10_000
const REST: Omit<InventoryLine, 'count'> = { type: '', event: `(beyond ${KINDS_MAX} kinds)`, spec: '' }

/** Which kinds of events were read, and how many of each. */
export class EventInventory {
  private readonly kinds = new Map<string, Omit<InventoryLine, 'count'> & { count: number }>()

  add({ type, fields, named }: LintedEvent): void {
    const event = type === 'track' && typeof fields.event === 'string' ? fields.event : ''
    const key = `${type} ${event}`
    const kind = this.kinds.get(key)
    if (kind !== undefined) kind.count++
    else if (this.kinds.size < KINDS_MAX)
      this.kinds.set(key, { type, event, spec: named?.semantic?.spec ?? '', count: 1 })
    else this.addToRest()
  }

  lines(): InventoryLine[] {
    return [...this.kinds.values()].sort((a, b) => b.count - a.count)
  }

  private addToRest(): void {
    const rest = this.kinds.get('')
    if (rest !== undefined) rest.count++
    else this.kinds.set('', { ...REST, count: 1 })
  }
}
