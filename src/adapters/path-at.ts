/** The path, with its query, of a request to a target. @param path below the target's own; undefined: the target's own it is */
export function pathAt({ pathname, search }: URL, path?: string): string {
  return path === undefined ? pathname + search : pathname.replace(/\/$/, '') + path + search
}
