import type { EventObject, FlawChange, FlawChanges } from './flaw-change.ts'

/** What makes an event one that must be refused, whichever it was before. */
export const VIOLATIONS: FlawChanges = {
  'not-json': { rewrite: (json) => json.slice(0, -1) },
  'not-an-object': { rewrite: () => '"an event"' },
  'no-type': without('type'),
  'unknown-type': becoming({ type: 'trak' }),
  'no-id': without('userId', 'anonymousId'),
  'id-not-text': becoming({ userId: 42 }, 'anonymousId'),
  'no-event-name': becoming({ type: 'track' }, 'event'),
  'event-name-not-text': becoming({ type: 'track', event: { name: 'Product Viewed' } }),
  'properties-not-object': becoming({ type: 'track', event: 'Product Viewed', properties: 'none' }),
  'traits-not-object': becoming({ type: 'identify', traits: [] }),
  'no-group-id': becoming({ type: 'group', traits: {} }, 'groupId'),
}

function without(...fields: readonly string[]): FlawChange {
  return becoming({}, ...fields)
}

function becoming(changed: EventObject, ...absent: readonly string[]): FlawChange {
  return {
    change: (event) => {
      Object.assign(event, changed)
      for (const field of absent) delete event[field]
    },
  }
}
