import type { Observation } from '../model/observation.ts'
import { BLOCK_HEAD_BYTES, type Block, FILE_MARK, PAYLOAD_MAX_BYTES, type Torn } from './block.ts'
import { ByteStream } from './byte-stream.ts'
import { crc32c } from './crc32c.ts'
import { decodeHead, type LedgerHead, LedgerUnreadable } from './ledger-head.ts'
import { decodeObservations } from './observation-codec.ts'

/** What a ledger file amounts to beside its observations. */
export interface LedgerRead {
  readonly head: LedgerHead
  /** Null: sound to its last byte. Else the file was read up to there, and what follows was cut. */
  readonly torn: Torn | null
}

/**
 * Reads one ledger file with no more than a block in memory. Damage ends it where it stands: a ledger only grows, so what follows
 * damage cannot be trusted.
 * @param begin told first whose file it is
 * @throws LedgerUnreadable where not even the head can be read
 */
export function readLedger(
  chunks: Iterable<Uint8Array>,
  visit: (observation: Observation) => void,
  begin?: (writer: LedgerHead['writer']) => void,
): LedgerRead {
  const stream = new ByteStream(chunks)
  const head = readHead(stream)
  begin?.(head.writer)
  for (;;) {
    const block = nextBlock(stream)
    if (block === null) return { head, torn: null }
    if ('why' in block) return { head, torn: block }
    const readTo = decodeObservations(block.payload, visit)
    if (readTo < block.payload.length) {
      const atByte = block.atByte + BLOCK_HEAD_BYTES + readTo
      return { head, torn: { atByte, why: 'a record there is none that this squall knows' } }
    }
  }
}

/** The head alone. @throws LedgerUnreadable */
export function readLedgerHead(chunks: Iterable<Uint8Array>): LedgerHead {
  return readHead(new ByteStream(chunks))
}

function readHead(stream: ByteStream): LedgerHead {
  const mark = stream.take(FILE_MARK.length).slice()
  const version = FILE_MARK.length - 1
  if (mark.length === 0) throw new LedgerUnreadable('it is empty: its writer was ended before it sent anything', true)
  if (mark.some((byte, i) => i !== version && byte !== FILE_MARK[i])) {
    throw new LedgerUnreadable('it is no squall ledger: it does not begin as one')
  }
  if ((mark[version] ?? FILE_MARK[version]) !== FILE_MARK[version]) {
    throw new LedgerUnreadable(
      `it is a ledger of format ${mark[version]} and this squall reads ${FILE_MARK[version]}; update squall`,
    )
  }
  const block = nextBlock(stream)
  if (block !== null && 'payload' in block) return decodeHead(block.payload)
  const why = block?.why ?? ENDS_WITHIN
  throw new LedgerUnreadable(`its head cannot be read (${why}), so its plan is not known`, why === ENDS_WITHIN)
}

const ENDS_WITHIN = 'the file ends within a block'

/** The next block, what is wrong with it, or null at the end. */
function nextBlock(stream: ByteStream): Block | Torn | null {
  const atByte = stream.position
  const head = stream.take(BLOCK_HEAD_BYTES)
  if (head.length === 0) return null
  if (head.length < BLOCK_HEAD_BYTES) return { atByte, why: ENDS_WITHIN }
  const view = new DataView(head.buffer, head.byteOffset)
  const payloadBytes = view.getUint32(0, true)
  const checksum = view.getUint32(4, true)
  if (payloadBytes === 0 || payloadBytes > PAYLOAD_MAX_BYTES)
    return { atByte, why: 'a block there has no possible length' }
  const payload = stream.take(payloadBytes)
  if (payload.length < payloadBytes) return { atByte, why: ENDS_WITHIN }
  if (crc32c(payload) !== checksum) return { atByte, why: 'a block there fails its checksum' }
  return { payload, atByte }
}
