import { chosen, type FlawChanges } from './flaw-change.ts'

/** Two ways to write the same letter. */
const ACCENTED: readonly string[] = ['\u00e9', 'e\u0301']
const ABOUT_SOMEBODY: readonly unknown[] = ['track', 'page', 'screen']

/** Identifiers that differ, but not to everybody. */
export const IDENTITIES: FlawChanges = {
  'ids-in-case': {
    // Every other message at most: what it is told apart from must keep its own.
    fits: (_, { position, earlierId }) => position % 2 === 1 && inOtherCase(earlierId()) !== earlierId(),
    change: (event, { earlierId }) => {
      event.messageId = inOtherCase(earlierId())
    },
    messageId: ({ earlierId }) => inOtherCase(earlierId()),
  },
  'ids-in-normal-form': {
    fits: ({ type, userId }) => ABOUT_SOMEBODY.includes(type) && typeof userId === 'string',
    change: (event, place) => {
      event.userId = `${event.userId}${chosen(ACCENTED, place)}`
    },
  },
}

/** A messageId has letters of one case alone: this is its own inverse. */
export function inOtherCase(messageId: string): string {
  const lower = messageId.toLowerCase()
  return messageId === lower ? messageId.toUpperCase() : lower
}
