import { bodyText } from './body-text.ts'
import { isObject } from './event-form.ts'
import type { StoredRecord } from './store.ts'

/** What an order is about, by the property that a receiver reads it from; undefined: the record is no order. */
export function orderTotalOf(record: StoredRecord, property: string): unknown {
  if (record.event !== 'Order Completed') return undefined
  const { properties } = JSON.parse(bodyText(record.body)) as { readonly properties?: unknown }
  return isObject(properties) ? properties[property] : undefined
}
