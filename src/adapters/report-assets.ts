import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pageFile } from './page-file.ts'

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
    script: hashed(`${chartScript}\n${pageFile('report/page/report.js')}`),
    style: hashed(`${chartStyle}\n${pageFile('report/page/report.css')}`),
  }
}

function read(url: string): string {
  return readFileSync(fileURLToPath(url), 'utf8')
}

function hashed(text: string): Hashed {
  return { text, sha256: createHash('sha256').update(text).digest('base64') }
}
