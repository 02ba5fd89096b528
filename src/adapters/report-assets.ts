import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A text, and its SHA-256 in base64. */
interface Hashed {
  readonly text: string
  readonly sha256: string
}

/** The script and the style of `report.html`: those of the charts, then the page's own. */
export function reportAssets(): { readonly script: Hashed; readonly style: Hashed } {
  const chartScript = read(import.meta.resolve('uplot/dist/uPlot.iife.min.js'))
  const chartStyle = read(import.meta.resolve('uplot/dist/uPlot.min.css'))
  return {
    script: hashed(`${chartScript}\n${own('report.js')}`),
    style: hashed(`${chartStyle}\n${own('report.css')}`),
  }
}

/** Read from beside the sources, which the compiled program stands two folders deeper than. */
function own(file: string): string {
  const nearer = new URL(`../report/page/${file}`, import.meta.url)
  return read(existsSync(nearer) ? nearer : new URL(`../../../src/report/page/${file}`, import.meta.url))
}

function read(url: string | URL): string {
  return readFileSync(fileURLToPath(url), 'utf8')
}

function hashed(text: string): Hashed {
  return { text, sha256: createHash('sha256').update(text).digest('base64') }
}
