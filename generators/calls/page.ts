import { writePage } from '../clients/web.ts'
import { fragmentOf } from '../utf8.ts'
import type { Call } from './call.ts'

/** A page call as analytics.js makes it: the name and the page's own description come again in the properties. */
export function page(name: string, category: string | null = null): Call {
  const named = `"name":${JSON.stringify(name)},"category":${JSON.stringify(category)}`
  const opening = fragmentOf(`},${named},"properties":{${named},`)
  return {
    type: 'page',
    write(writer, visit, step) {
      writer.put(opening)
      writePage(writer, visit, step)
      writer.put(CLOSING)
    },
  }
}

const CLOSING = fragmentOf('}')
