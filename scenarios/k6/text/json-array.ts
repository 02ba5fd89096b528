import type { Fragment } from './utf8.ts'

/** The twin of `src/delivery/json-array.ts` in k6. */
export function jsonArray(values: readonly Fragment[], before = '', after = ''): Fragment {
  return `${before}[${values.join(',')}]${after}`
}
