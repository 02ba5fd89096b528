import type { FaultDefinition, Hooks } from './fault.ts'

/** Receivers whose state depends on the order in which events come. */
export const ORDERS: readonly FaultDefinition[] = [
  {
    name: 'last-write-by-arrival',
    meaning: 'keeps of each trait the value that arrived last, whenever it was set',
    caughtBy: 'order-independent',
    drawn: 'never',
    make: () => () => ({ precedence: (record) => record.seq }),
  },
  {
    name: 'assumes-order',
    meaning: 'stores an identify that comes after a later event of its user, and learns nothing from it',
    caughtBy: 'order-independent',
    drawn: 'never',
    make: () => learningInOrder,
  },
]

/** A message is judged when it first comes: a copy brings nothing new. */
function learningInOrder(): Hooks {
  const newestMs = new Map<string, number>()
  const met = new Set<string>()
  const overtaken = new Set<string>()
  return {
    record(record) {
      const { account, userId, messageId, eventTimeMs } = record
      const message = `${account} ${messageId}`
      if (userId === null || met.has(message)) return [record]
      met.add(message)
      const user = `${account} ${userId}`
      const beforeMs = newestMs.get(user) ?? Number.NEGATIVE_INFINITY
      if (eventTimeMs < beforeMs) overtaken.add(message)
      else newestMs.set(user, eventTimeMs)
      return [record]
    },
    learns: ({ account, messageId }) => !overtaken.has(`${account} ${messageId}`),
  }
}
