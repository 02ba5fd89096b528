import Table from 'cli-table3'

export type Align = 'left' | 'right'

const SIDES = ['top', 'bottom', 'mid', 'left', 'right']
const NO_BORDERS = Object.fromEntries(
  SIDES.flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`]).map((name) => [name, '']),
)

/** Rows in columns, two cells apart and without lines, each line indented. A cell may have several lines. */
export function renderColumns(rows: readonly (readonly string[])[], aligns: readonly Align[], indent = 3): string {
  const table = new Table({
    chars: { ...NO_BORDERS, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: [...aligns],
  })
  table.push(...rows.map((row) => [...row]))
  return table
    .toString()
    .split('\n')
    .map((line) => `${' '.repeat(indent)}${line}`.trimEnd())
    .join('\n')
}
