import { type EventObject, type FlawChange, type FlawChanges, isObject } from './flaw-change.ts'

/** Unusual forms of what surrounds every event. */
export const ENVELOPES: FlawChanges = {
  'version-1': setting('version', 1),
  'version-text': setting('version', '1.1'),
  'null-user-id': {
    // Who the person is stays said: by the anonymousId, and in identify, group and alias calls by the userId.
    fits: ({ type, anonymousId, userId }) =>
      NAMELESS.includes(type) && typeof anonymousId === 'string' && userId !== null,
    change: (event) => {
      event.userId = null
    },
  },
  'integrations-objects': {
    fits: ({ integrations }, { envelope }) => envelope === 'live' && isObject(integrations),
    change: (event) => {
      const { integrations } = event
      // A replay has put its own in their place.
      if (isObject(integrations) && integrations.All !== false) Object.assign(integrations, FLAGS)
    },
  },
  'ip-lists': {
    fits: ({ context }) => isObject(context) && typeof context.ip === 'string',
    change: (event) => {
      const { context } = event
      if (isObject(context)) context.ip = `${context.ip}, 198.51.100.17, 2001:db8::17`
    },
  },
  'unknown-fields': {
    change: (event) => {
      Object.assign(event, UNKNOWN)
      if (isObject(event.context)) Object.assign(event.context, UNKNOWN_IN_CONTEXT)
    },
  },
  'delete-go-time': {
    fits: isDelete,
    change: (event) => {
      event.originalTimestamp = `${String(event.originalTimestamp).replace('T', ' ').slice(0, -1)}808489 +0000 UTC m=+7.209808489`
    },
  },
  'delete-empty-context': {
    fits: isDelete,
    change: (event) => {
      event.context = []
      // A replay has put its own in their place.
      if (!isObject(event.integrations) || event.integrations.All !== false) event.integrations = []
    },
  },
}

const NAMELESS: readonly unknown[] = ['track', 'page', 'screen']
const FLAGS = {
  All: true,
  Intercom: false,
  Mixpanel: { strict: true, groups: ['a', 'b'] },
  'Google Analytics 4': { clientId: '123.456' },
}
const UNKNOWN = {
  writtenBy: 'pipeline-7',
  enrichment: { score: 0.25, labels: ['new', null], checked: true },
  'x-trace': 'a:b/c~d',
}
const UNKNOWN_IN_CONTEXT = { protocols: { violations: [] }, store: { shelf: 4, open: false } }

function isDelete({ type }: Readonly<EventObject>): boolean {
  return type === 'delete'
}

function setting(field: string, value: unknown): FlawChange {
  return {
    change: (event) => {
      event[field] = value
    },
  }
}
