const POLYNOMIAL = 0x82f63b78

/** Four tables of 256: table k tells what a byte does to the checksum k bytes later, so that four bytes go in one step. */
const TABLES: Int32Array = makeTables()

/** CRC-32C (Castagnoli) of a stretch of bytes. */
export function crc32c(bytes: Uint8Array, from: number = 0, to: number = bytes.length): number {
  let crc = -1
  let i = from
  for (; i + 4 <= to; i += 4) {
    crc ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    crc =
      TABLES[768 + (crc & 255)]! ^
      TABLES[512 + ((crc >>> 8) & 255)]! ^
      TABLES[256 + ((crc >>> 16) & 255)]! ^
      TABLES[crc >>> 24]!
  }
  for (; i < to; i++) crc = TABLES[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8)
  return ~crc >>> 0
}

function makeTables(): Int32Array {
  const tables = new Int32Array(1024)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
    tables[byte] = crc
  }
  for (let i = 256; i < 1024; i++) {
    const before = tables[i - 256]!
    tables[i] = tables[before & 255]! ^ (before >>> 8)
  }
  return tables
}
