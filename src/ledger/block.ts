import { crc32c } from './crc32c.ts'

/**
 * A ledger file is this mark, then blocks, each `[length u32][CRC-32C of the payload u32][payload]`, little-endian. The mark's last byte is
 * the format's version.
 */
export const FILE_MARK: Uint8Array = Uint8Array.of(0x73, 0x71, 0x75, 0x61, 0x6c, 0x6c, 0x00, 0x01)

/** Bytes before a block's payload. */
export const BLOCK_HEAD_BYTES = 8

/** No block is longer: what claims to be is damage. An audit of a hundred million messages fits. */
export const PAYLOAD_MAX_BYTES: number = 64 * 1024 * 1024

/** Where a ledger file stops being one, and why. Bytes from `atByte` on are not trusted. */
export interface Torn {
  readonly atByte: number
  readonly why: string
}

/** One block's payload, valid until the next block is asked for, and where in the file it begins. */
export interface Block {
  readonly payload: Uint8Array
  readonly atByte: number
}

/** Fills in the head of a block whose payload stands at `BLOCK_HEAD_BYTES` of `bytes`. */
export function sealBlock(bytes: Uint8Array, payloadBytes: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  view.setUint32(0, payloadBytes, true)
  view.setUint32(4, crc32c(bytes, BLOCK_HEAD_BYTES, BLOCK_HEAD_BYTES + payloadBytes), true)
  return bytes.subarray(0, BLOCK_HEAD_BYTES + payloadBytes)
}

/** A block of its own around a payload. */
export function blockOf(payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(BLOCK_HEAD_BYTES + payload.length)
  bytes.set(payload, BLOCK_HEAD_BYTES)
  return sealBlock(bytes, payload.length)
}
