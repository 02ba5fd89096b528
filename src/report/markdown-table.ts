/** A GitHub table. Cells are Markdown already; the first column is text, the others are numbers where `right` says so. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  right: 'numbers' | 'text',
): string {
  const rule = head.map((_, column) => (right === 'numbers' && column > 0 ? '---:' : '---'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
