/** Segment's own domains. Load there is load on Segment, whoever sends it. */
const DOMAINS: readonly string[] = ['segment.io', 'segment.com', 'segmentapis.com', 'segment.build']

/** Whether a host is Segment's: its ingestion, its delivery network, its site. */
export function isSegmentHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.+$/, '')
  return DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`))
}
