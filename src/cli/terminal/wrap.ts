/** A space at which a line may end: not within `15 750`, nor between a figure and its unit. */
const BREAK = /(?<!\d) | (?!\d{3}(?!\d)|%|ms\b|s\b)/

/** A text in lines of at most `width` characters. Only a word that is longer is cut. */
export function wrap(text: string, width: number): string[] {
  return pack(
    text.split(BREAK).flatMap((word) => chunks(word, width)),
    ' ',
    width,
  )
}

/** Pieces in lines of at most `width` characters, joined by `joint`; a line that goes on ends with it. */
export function pack(pieces: readonly string[], joint: string, width: number): string[] {
  const lines: string[] = []
  for (const piece of pieces) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + joint.length + piece.length <= width)
      lines[lines.length - 1] = last + joint + piece
    else lines.push(piece)
  }
  return lines.map((line, i) => (i < lines.length - 1 ? line + joint.trimEnd() : line))
}

function chunks(word: string, width: number): string[] {
  return Array.from({ length: Math.max(1, Math.ceil(word.length / width)) }, (_, i) =>
    word.slice(i * width, (i + 1) * width),
  )
}
