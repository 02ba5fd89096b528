const POLYNOMIAL = 0x82f63b78

/** Eight tables of 256: table k tells what a byte does to the checksum k bytes later, so that eight bytes go in one step. */
const TABLES: Int32Array = makeTables()

/** CRC-32C (Castagnoli) of a stretch of bytes. */
export function crc32c(bytes: Uint8Array, from: number = 0, to: number = bytes.length): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let crc = -1
  let i = from
  for (; i + 8 <= to; i += 8) {
    const low = crc ^ view.getInt32(i, true)
    const high = view.getInt32(i + 4, true)
    crc =
      TABLES[1792 + (low & 255)]! ^
      TABLES[1536 + ((low >>> 8) & 255)]! ^
      TABLES[1280 + ((low >>> 16) & 255)]! ^
      TABLES[1024 + (low >>> 24)]! ^
      TABLES[768 + (high & 255)]! ^
      TABLES[512 + ((high >>> 8) & 255)]! ^
      TABLES[256 + ((high >>> 16) & 255)]! ^
      TABLES[high >>> 24]!
  }
  for (; i < to; i++) crc = TABLES[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8)
  return ~crc >>> 0
}

function makeTables(): Int32Array {
  const tables = new Int32Array(2048)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
    tables[byte] = crc
  }
  for (let i = 256; i < 2048; i++) {
    const before = tables[i - 256]!
    tables[i] = tables[before & 255]! ^ (before >>> 8)
  }
  return tables
}
