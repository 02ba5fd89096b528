/** The paths of the HTTP API after `/v1/`, the short ones of the libraries among them, and the call that each stands for. */
const CALLS: Readonly<Record<string, string>> = {
  identify: 'identify',
  track: 'track',
  page: 'page',
  screen: 'screen',
  group: 'group',
  alias: 'alias',
  batch: 'batch',
  import: 'batch',
  i: 'identify',
  t: 'track',
  p: 'page',
  s: 'screen',
  g: 'group',
  a: 'alias',
  b: 'batch',
}

/** The call that an endpoint is for, or `batch`; undefined for a path that the HTTP API does not have. */
export function callOfPath(path: string): string | undefined {
  const name = /^\/v1\/(\w+)\/?$/.exec(path)?.[1]
  return name !== undefined && Object.hasOwn(CALLS, name) ? CALLS[name] : undefined
}
