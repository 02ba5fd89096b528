import type { Observation } from '../model/observation.ts'
import type { ByteSink, Recorder } from '../model/recorder.ts'
import { BLOCK_HEAD_BYTES, blockOf, FILE_MARK, sealBlock } from './block.ts'
import { encodeHead, type LedgerHead } from './ledger-head.ts'
import { encodeFixed, encodeRareRecord, FIXED_BYTES_MAX } from './observation-codec.ts'

/** A block is written as soon as it holds so much. */
const BLOCK_BYTES = 64 * 1024
const LANES_MAX = 2 ** 16
const RETRIES_MAX = 2 ** 16 - 2

/**
 * Writes one ledger file. `record` costs no allocation for what is common; bytes go to the sink in blocks, at `flush` or every 64 KB.
 * Once the sink has failed, that failure is thrown again by each later write and nothing more is written: what follows damage would not be read.
 */
export class LedgerWriter implements Recorder {
  readonly #sink: ByteSink
  readonly #bytes = new Uint8Array(BLOCK_BYTES + FIXED_BYTES_MAX)
  readonly #view = new DataView(this.#bytes.buffer)
  #used = BLOCK_HEAD_BYTES
  #failure: { readonly error: unknown } | undefined

  /** Writes the file's mark and head. @throws what the sink throws; RangeError for a plan too wide for the format */
  constructor(sink: ByteSink, head: LedgerHead) {
    if (head.plan.lanes > LANES_MAX || head.plan.retry.retriesMax > RETRIES_MAX) {
      throw new RangeError(`a ledger holds up to ${LANES_MAX} lanes and ${RETRIES_MAX} retries`)
    }
    this.#sink = sink
    this.#write(fileBeginning(head))
  }

  record(observation: Observation): void {
    const end = encodeFixed(observation, this.#view, this.#used)
    if (end > 0) this.#used = end
    else this.#append(encodeRareRecord(observation as Parameters<typeof encodeRareRecord>[0]))
    if (this.#used >= BLOCK_BYTES) this.flush()
  }

  flush(): void {
    const payloadBytes = this.#used - BLOCK_HEAD_BYTES
    this.#used = BLOCK_HEAD_BYTES
    if (payloadBytes > 0) this.#write(sealBlock(this.#bytes, payloadBytes))
  }

  /** Flushes and closes the sink. */
  close(): void {
    this.flush()
    this.#sink.close()
  }

  #append(record: Uint8Array): void {
    if (this.#used + record.length > BLOCK_BYTES) this.flush()
    if (record.length > BLOCK_BYTES - BLOCK_HEAD_BYTES) {
      this.#write(blockOf(record))
      return
    }
    this.#bytes.set(record, this.#used)
    this.#used += record.length
  }

  #write(bytes: Uint8Array): void {
    if (this.#failure !== undefined) throw this.#failure.error
    try {
      this.#sink.write(bytes)
    } catch (error) {
      this.#failure = { error }
      throw error
    }
  }
}

function fileBeginning(head: LedgerHead): Uint8Array {
  const block = blockOf(encodeHead(head))
  const bytes = new Uint8Array(FILE_MARK.length + block.length)
  bytes.set(FILE_MARK)
  bytes.set(block, FILE_MARK.length)
  return bytes
}
