import { existsSync, readFileSync } from 'node:fs'

/** The text of a file that a page is made of. @param path below the folder of the sources, which the compiled program stands two folders deeper than */
export function pageFile(path: string): string {
  const nearer = new URL(`../${path}`, import.meta.url)
  return readFileSync(existsSync(nearer) ? nearer : new URL(`../../../src/${path}`, import.meta.url), 'utf8')
}
