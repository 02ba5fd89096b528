import http from 'k6/http'

type Place = ReturnType<typeof http.url>

/** Where requests go: the target, and what lies below it. Each address is made once, so that k6 need not take it apart for each request. */
export class TargetPaths {
  readonly #origin: string
  readonly #path: string
  readonly #search: string
  readonly #places = new Map<string | undefined, Place>()

  /** @param url as a parsed URL is written: with a path, and without a fragment */
  constructor(url: string) {
    const [, origin = '', path = '', search = ''] = /^(\w+:\/\/[^/?#]*)([^?#]*)([^#]*)/.exec(url) ?? []
    this.#origin = origin
    this.#path = path
    this.#search = search
  }

  /** @param path below the target's own; undefined: the target's own it is */
  at(path: string | undefined): Place {
    const known = this.#places.get(path)
    if (known !== undefined) return known
    const below = path === undefined ? this.#path : this.#path.replace(/\/$/, '') + path
    const place = http.url`${this.#origin + below + this.#search}`
    this.#places.set(path, place)
    return place
  }
}
