import { type Fragment, fragmentOf, textOf } from './utf8.ts'

/** A page as analytics.js describes it: path, referrer, search, title, url. The pieces are cut where referrer and search come in. */
export class Page {
  readonly path: Fragment
  readonly url: Fragment
  readonly titleAndUrl: Fragment
  private readonly descriptions: Map<Page, Fragment> = new Map()

  constructor(path: string, title: string, url: string) {
    this.path = fragmentOf(`"path":${JSON.stringify(path)},"referrer":"`)
    this.url = fragmentOf(url)
    this.titleAndUrl = fragmentOf(`","title":${JSON.stringify(title)},"url":"${url}`)
  }

  /** The whole of it for who comes from another page of the site, as most do, and searches for nothing: made once for each of them. */
  after(before: Page): Fragment {
    const known = this.descriptions.get(before)
    if (known !== undefined) return known
    const opening = textOf(this.path) + textOf(before.url)
    const description = fragmentOf(`${opening}","search":"${textOf(this.titleAndUrl)}"`)
    this.descriptions.set(before, description)
    return description
  }
}
