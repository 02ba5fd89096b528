/** Segment's own domains. Load there is load on Segment, whoever sends it. */
const DOMAINS: readonly string[] = ['segment.io', 'segment.com', 'segmentapis.com', 'segment.build']

/** Whether a host is Segment's: its ingestion, its delivery network, its site. */
export function isSegmentHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.+$/, '')
  return DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`))
}

/** What a Stream partner has to do with at Segment, in all regions: where events go, and who gives tokens. */
const DOORS = {
  events: ['api.segment.io', 'events.eu1.segmentapis.com'],
  tokens: ['oauth2.segment.io', 'oauth2.eu1.segmentapis.com'],
} as const

export type SegmentDoor = keyof typeof DOORS

/** Whether a host is the one that Segment has for it. */
export function isSegmentDoor(host: string, door: SegmentDoor): boolean {
  return DOORS[door].some((name) => name === host.toLowerCase())
}
