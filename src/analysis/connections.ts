import type { Summary } from '../model/report.ts'
import type { ConnectionStats } from '../model/world.ts'

/** Connections of all writers together; null where no writer said. */
export function connectionsOf(stats: readonly ConnectionStats[]): Summary['connections'] {
  return {
    opened: total(stats, 'opened'),
    reused: total(stats, 'reused'),
    closedByPeer: total(stats, 'closedByPeer'),
    max: total(stats, 'max'),
    httpVersion: said(stats.map((one) => one.httpVersion)),
    tls: said(stats.map((one) => one.tls)),
    tlsHandshakes: total(stats, 'tlsHandshakes'),
    tlsResumed: total(stats, 'tlsResumed'),
  }
}

/** Null where no writer counted. */
function total(stats: readonly ConnectionStats[], field: Counted): number | null {
  const counts = stats.flatMap((one) => one[field] ?? [])
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0)
}

type Counted = Exclude<keyof ConnectionStats, 'httpVersion' | 'tls'>

/** What they say, each once. */
function said(texts: readonly (string | null)[]): string | null {
  const distinct = [...new Set(texts.filter((text) => text !== null && text !== ''))].sort()
  return distinct.length === 0 ? null : distinct.join(', ')
}
