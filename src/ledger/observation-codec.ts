import type { GaveUpObservation, Observation, WatermarkObservation } from '../model/observation.ts'
import { ATTEMPT_BYTES, decodeAttempt, encodeAttempt } from './attempt-codec.ts'
import { decodeRare, encodeRare, type RareObservation } from './rare-codec.ts'

/** First byte of each record. */
const RARE = 0
const ATTEMPT = 1
const GAVE_UP = 2
const WATERMARK = 3

const GAVE_UP_BYTES = 16
const WATERMARK_BYTES = 16
const RARE_HEAD_BYTES = 5

/** No record but a rare one is longer. */
export const FIXED_BYTES_MAX: number = ATTEMPT_BYTES

/** Writes a record of fixed width at `at`. @returns where it ends; −1: the observation is a rare one and has no fixed width */
export function encodeFixed(observation: Observation, view: DataView, at: number): number {
  switch (observation.kind) {
    case 'attempt':
      view.setUint8(at, ATTEMPT)
      encodeAttempt(observation, view, at)
      return at + ATTEMPT_BYTES
    case 'gave-up':
      return encodeGaveUp(observation, view, at)
    case 'watermark':
      view.setUint8(at, WATERMARK)
      view.setFloat64(at + 8, observation.untilMs, true)
      return at + WATERMARK_BYTES
    default:
      return -1
  }
}

/** A rare record: its kind, its length (u32), its JSON. */
export function encodeRareRecord(observation: RareObservation): Uint8Array {
  const json = encodeRare(observation)
  const record = new Uint8Array(RARE_HEAD_BYTES + json.length)
  record[0] = RARE
  new DataView(record.buffer).setUint32(1, json.length, true)
  record.set(json, RARE_HEAD_BYTES)
  return record
}

/** Calls `visit` for each record of a block. @returns where it met bytes that are no record; the payload's length if nowhere */
export function decodeObservations(payload: Uint8Array, visit: (observation: Observation) => void): number {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  let at = 0
  while (at < payload.length) {
    const bytes = recordBytes(view, at)
    const observation = at + bytes <= payload.length ? decodeRecord(payload, view, at, bytes) : undefined
    if (observation === undefined) return at
    visit(observation)
    at += bytes
  }
  return at
}

/** How long the record at `at` is; Infinity: nobody knows. */
function recordBytes(view: DataView, at: number): number {
  const kind = view.getUint8(at)
  if (kind === ATTEMPT) return ATTEMPT_BYTES
  if (kind === WATERMARK) return WATERMARK_BYTES
  if (kind === GAVE_UP) return GAVE_UP_BYTES
  const hasLength = kind === RARE && at + RARE_HEAD_BYTES <= view.byteLength
  return hasLength ? RARE_HEAD_BYTES + view.getUint32(at + 1, true) : Number.POSITIVE_INFINITY
}

function decodeRecord(payload: Uint8Array, view: DataView, at: number, bytes: number): Observation | undefined {
  const kind = view.getUint8(at)
  if (kind === ATTEMPT) return decodeAttempt(view, at)
  if (kind === WATERMARK) return decodeWatermark(view, at)
  if (kind === GAVE_UP) return decodeGaveUp(view, at)
  return decodeRare(payload.subarray(at + RARE_HEAD_BYTES, at + bytes))
}

function encodeGaveUp(o: GaveUpObservation, view: DataView, at: number): number {
  view.setUint8(at, GAVE_UP)
  view.setUint16(at + 2, o.lane, true)
  view.setUint32(at + 4, o.seq, true)
  view.setFloat64(at + 8, o.atMs, true)
  return at + GAVE_UP_BYTES
}

function decodeGaveUp(view: DataView, at: number): GaveUpObservation | undefined {
  const atMs = view.getFloat64(at + 8, true)
  const o: GaveUpObservation = {
    kind: 'gave-up',
    lane: view.getUint16(at + 2, true),
    seq: view.getUint32(at + 4, true),
    atMs,
  }
  return Number.isFinite(atMs) ? o : undefined
}

function decodeWatermark(view: DataView, at: number): WatermarkObservation | undefined {
  const untilMs = view.getFloat64(at + 8, true)
  return Number.isNaN(untilMs) ? undefined : { kind: 'watermark', untilMs }
}
