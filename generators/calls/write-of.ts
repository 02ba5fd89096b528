import { type Fragment, fragmentOf } from '../utf8.ts'
import type { Piece, Write } from './call.ts'

/** Writes the pieces. What never changes between two that do is joined here once, and copied as one. */
export function writeOf(pieces: readonly Piece[]): Write {
  const { fragments, writes, end } = joined(pieces)
  return (writer, visit, step) => {
    for (let i = 0; i < writes.length; i++) {
      writer.put(fragments[i]!)
      writes[i]!(writer, visit, step)
    }
    writer.put(end)
  }
}

/** What is written of each visit anew, the fixed text before each, and the one after the last. */
interface Joined {
  readonly fragments: readonly Fragment[]
  readonly writes: readonly Write[]
  readonly end: Fragment
}

function joined(pieces: readonly Piece[]): Joined {
  const fragments: Fragment[] = []
  const writes: Write[] = []
  let text = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece
    else {
      fragments.push(fragmentOf(text))
      writes.push(piece)
      text = ''
    }
  }
  return { fragments, writes, end: fragmentOf(text) }
}
