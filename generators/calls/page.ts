import { writePage } from '../clients/web.ts'
import type { Call } from './call.ts'
import { writeOf } from './write-of.ts'

/** A page call as analytics.js makes it: the name and the page's own description come again in the properties. */
export function page(name: string, category: string | null = null): Call {
  const named = `"name":${JSON.stringify(name)},"category":${JSON.stringify(category)}`
  return { type: 'page', write: writeOf([`},${named},"properties":{${named},`, writePage, '}']) }
}
