import { existsSync, readFileSync } from 'node:fs'

/** squall's own version, as its package says. */
export function squallVersion(): string {
  const manifest = JSON.parse(readFileSync(manifestUrl(), 'utf8')) as { readonly version: string }
  return manifest.version
}

/** The compiled program stands one folder deeper than its source. */
function manifestUrl(): URL {
  const nearer = new URL('../../package.json', import.meta.url)
  return existsSync(nearer) ? nearer : new URL('../../../package.json', import.meta.url)
}
