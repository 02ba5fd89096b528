// Takes one file out of an archive that is held in memory: all that a release of k6 asks for.
import { gunzipSync, inflateRawSync } from 'node:zlib'

const TAR_BLOCK_BYTES = 512

/** @throws Error if there is no such file */
export function fileInTarGz(archive, name) {
  const tar = gunzipSync(archive)
  for (let at = 0; at + TAR_BLOCK_BYTES <= tar.length; ) {
    const size = Number.parseInt(text(tar, at + 124, 12), 8) || 0
    const from = at + TAR_BLOCK_BYTES
    if (text(tar, at, 100) === name) return tar.subarray(from, from + size)
    at = from + Math.ceil(size / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES
  }
  throw new Error(`the archive holds no ${name}`)
}

function text(bytes, from, length) {
  return bytes.toString('latin1', from, from + length).split('\0')[0]
}

const ZIP_END = Buffer.from('PK\x05\x06')
const STORED = 0

/** @throws Error if there is no such file */
export function fileInZip(zip, name) {
  const end = zip.lastIndexOf(ZIP_END)
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const nameBytes = zip.readUInt16LE(at + 28)
    if (zip.toString('utf8', at + 46, at + 46 + nameBytes) === name) return content(zip, at)
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  throw new Error(`the archive holds no ${name}`)
}

/** @param entry where the central directory tells of the file */
function content(zip, entry) {
  const local = zip.readUInt32LE(entry + 42)
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const packed = zip.subarray(from, from + zip.readUInt32LE(entry + 20))
  return zip.readUInt16LE(entry + 10) === STORED ? packed : inflateRawSync(packed)
}
