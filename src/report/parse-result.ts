import type { Report } from '../model/report.ts'
import { resultSchema } from './schema.ts'

/** What was given as a result is none that can be read. One line; its caller says which file. */
export class ResultUnreadable extends Error {
  override readonly name = 'ResultUnreadable'
}

const SCHEMA = 'squall/result@1'

/** Reads `result.json`. Fields that this version does not know are left out. @throws ResultUnreadable */
export function parseResult(text: string): Report {
  const value = parsed(text)
  checkVersion(value)
  const result = resultSchema.safeParse(value)
  if (result.success) return result.data
  const [first] = result.error.issues
  const where = first?.path.join('.') || 'the top'
  throw new ResultUnreadable(`it is no whole ${SCHEMA}: at ${where}: ${first?.message ?? 'unknown trouble'}`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const line = (error as Error).message.replace(/\s+/g, ' ')
    throw new ResultUnreadable(`it is not JSON, or was cut off: ${line}; make it again with squall report`)
  }
}

function checkVersion(value: unknown): void {
  const schema = typeof value === 'object' && value !== null ? (value as { schema?: unknown }).schema : undefined
  if (schema === SCHEMA) return
  if (typeof schema === 'string' && schema.startsWith('squall/result@')) {
    throw new ResultUnreadable(
      `it is a ${schema.slice(0, 40)} and this squall reads ${SCHEMA}; use the squall that wrote it`,
    )
  }
  throw new ResultUnreadable(`it is no squall result: its "schema" is not ${SCHEMA}`)
}
