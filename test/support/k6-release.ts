import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'

/** A place on loopback where releases lie: an answer for each path, and which were asked for. */
export interface ReleaseServer {
  readonly url: string
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** @param files by their path; null: nothing is ever answered */
export async function serveReleases(
  files: Readonly<Record<string, Uint8Array | string | null>>,
): Promise<ReleaseServer> {
  const asked: string[] = []
  const server = createServer(({ url = '' }, response) => {
    asked.push(url)
    const file = files[url]
    if (file === null) return
    response.statusCode = file === undefined ? 404 : 200
    response.end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked, close: () => closed(server) }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}

export function checksumLine(content: Uint8Array, name: string): string {
  return `${createHash('sha256').update(content).digest('hex')}  ${name}\n`
}

/** As `tar -czf` packs one file beside another. */
export function tarGz(path: string, content: string): Buffer {
  return gzipSync(Buffer.concat([tarEntry('README.md', 'read me'), tarEntry(path, content), Buffer.alloc(1024)]))
}

function tarEntry(path: string, content: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(path, 0)
  header.write('0000755\0', 100)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('0', 156)
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)])
}

/** As `zip` packs one file beside another. */
export function zip(path: string, content: string): Buffer {
  const files = [zipFile('README.md', 'read me', false), zipFile(path, content, true)]
  const directory: Buffer[] = []
  let at = 0
  for (const { local, entry } of files) {
    entry.writeUInt32LE(at, 42)
    directory.push(entry)
    at += local.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...files.map(({ local }) => local), ...directory, end])
}

function zipFile(path: string, text: string, deflated: boolean): { local: Buffer; entry: Buffer } {
  const content = Buffer.from(text)
  const packed = deflated ? deflateRawSync(content) : content
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(deflated ? 8 : 0, 4)
  common.writeUInt32LE(crc32(content), 10)
  common.writeUInt32LE(packed.length, 14)
  common.writeUInt32LE(content.length, 18)
  common.writeUInt16LE(path.length, 22)
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, Buffer.alloc(14), Buffer.from(path)])
  return { local: Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(path), packed]), entry }
}
