import type { Fragment } from './utf8.ts'

/** The twin of `src/delivery/json-object.ts` in k6. */
export function withLastField(object: Fragment, field: string): Fragment {
  return object.endsWith('}') ? `${object.slice(0, -1)},${field}}` : object
}
