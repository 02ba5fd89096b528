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
  }
}

function total(stats: readonly ConnectionStats[], field: 'opened' | 'reused' | 'closedByPeer' | 'max'): number | null {
  return stats.length === 0 ? null : stats.reduce((sum, one) => sum + one[field], 0)
}

/** What they say, each once. */
function said(texts: readonly (string | null)[]): string | null {
  const distinct = [...new Set(texts.filter((text) => text !== null && text !== ''))].sort()
  return distinct.length === 0 ? null : distinct.join(', ')
}
