import type { Evidence } from '../../model/evidence.ts'

/** What a message is called in a verdict's evidence. */
export interface MessageName {
  readonly index: number
  readonly messageId?: string
  readonly type?: string
}

/** Its id and type too, where the messages can be made again. */
export function messageName({ traffic }: Evidence, index: number): MessageName {
  if (traffic === undefined) return { index }
  const { messageId, type } = traffic.messageAt(index, 'live')
  return { index, messageId, type }
}
