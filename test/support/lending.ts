import type { Traffic } from '../../src/model/message.ts'

/** Lends what `messageAt` makes, at its strictest: as soon as a message is lent, nothing is left of the one before. */
export function lending(messageAt: Traffic['messageAt']): Traffic['lentAt'] {
  let lent = new Uint8Array()
  return (index, envelope) => {
    lent.fill(0)
    const message = messageAt(index, envelope)
    lent = Uint8Array.from(message.bytes)
    return { ...message, bytes: lent }
  }
}
