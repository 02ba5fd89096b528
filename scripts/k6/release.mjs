// The official release of k6, taken only if it is what its list of checksums says.
import { createHash } from 'node:crypto'
import { programName } from './find.mjs'
import { fileInTarGz, fileInZip } from './unpack.mjs'

const SYSTEMS = { linux: ['linux', 'tar.gz'], darwin: ['macos', 'zip'], win32: ['windows', 'zip'] }
const PROCESSORS = { x64: 'amd64', arm64: 'arm64' }

/**
 * The program's bytes.
 * @param from where the releases lie, such as `https://github.com/grafana/k6/releases/download`
 * @param stallMs how long the server may say nothing
 * @throws Error in one line
 */
export async function releasedK6(version, { from, stallMs, platform, arch }) {
  const [system, format] = SYSTEMS[platform] ?? []
  const processor = PROCESSORS[arch]
  if (!system || !processor) throw new Error(`there is no release of k6 for ${platform} ${arch}`)
  const name = `k6-v${version}-${system}-${processor}`
  const sums = (await download(`${from}/v${version}/k6-v${version}-checksums.txt`, stallMs)).toString('utf8')
  const archive = await download(`${from}/v${version}/${name}.${format}`, stallMs)
  verify(archive, `${name}.${format}`, sums)
  const inside = `${name}/${programName(platform)}`
  return format === 'zip' ? fileInZip(archive, inside) : fileInTarGz(archive, inside)
}

function verify(archive, file, sums) {
  const lines = sums.split('\n').map((line) => line.trim().split(/\s+\*?/))
  const [expected] = lines.find(([, name]) => name === file) ?? []
  if (!expected) throw new Error(`the checksums of the release say nothing of ${file}`)
  const actual = createHash('sha256').update(archive).digest('hex')
  if (actual !== expected.toLowerCase()) throw new Error(`${file} is not what its checksum says: it was not used`)
}

async function download(url, stallMs) {
  const stalled = new AbortController()
  const timer = setTimeout(() => stalled.abort(), stallMs)
  try {
    const response = await fetch(url, { signal: stalled.signal })
    if (!response.ok) throw new Error(`it answers ${response.status}`)
    const chunks = []
    for await (const chunk of response.body) {
      timer.refresh()
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    const why = stalled.signal.aborted ? `nothing came for ${stallMs / 1000} s` : (error.cause?.code ?? error.message)
    throw new Error(`${url} cannot be had: ${why}`)
  } finally {
    clearTimeout(timer)
    // An answer that nobody reads would keep the program from ending.
    stalled.abort()
  }
}
