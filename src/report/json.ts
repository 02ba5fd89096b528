import type { Report } from '../model/report.ts'

/** `result.json`: a line for each row of a series or list, so that two results can be compared by eye; ends with a newline. */
export function resultJson(report: Report): string {
  const members = Object.entries(report).map(([key, value]) => `  ${JSON.stringify(key)}: ${valueText(value)}`)
  return `{\n${members.join(',\n')}\n}\n`
}

function valueText(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')
  if (value.length === 0) return '[]'
  return `[\n${value.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`
}
