const LEVELS = '▁▂▃▄▅▆▇█'
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉']

/** The last `width` values as a line of blocks, the highest block for `top` and what exceeds it. */
export function sparkline(values: readonly number[], width: number, top: number): string {
  return values
    .slice(-width)
    .map((value) => LEVELS.charAt(Math.min(7, Math.max(0, Math.floor((value / (top || 1)) * 8)))))
    .join('')
}

/** A bar of `width` cells, filled by `share` (0 to 1). */
export function progressBar(share: number, width: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width)
  return '━'.repeat(filled) + '─'.repeat(width - filled)
}

/** A share of `width` cells in eighths of a cell; what is not 0 shows. */
export function shareBar(share: number, width: number): string {
  const eighths = Math.max(share > 0 ? 1 : 0, Math.round(share * width * 8))
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]
}
