import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

/** A statement for many rows costs little more than one for one. */
const ROWS_PER_STATEMENT = 64

/** Writes rows into a table of SQLite, many with each statement. */
export class RowWriter {
  readonly #database: DatabaseSync
  readonly #table: string
  readonly #columns: readonly string[]
  readonly #ofMany: StatementSync
  readonly #ofOne: StatementSync

  constructor(database: DatabaseSync, table: string, columns: readonly string[]) {
    this.#database = database
    this.#table = table
    this.#columns = columns
    this.#ofMany = this.#insertOf(ROWS_PER_STATEMENT)
    this.#ofOne = this.#insertOf(1)
  }

  /** @param values of each row in turn, in the order of the columns */
  write(values: readonly SQLInputValue[]): void {
    const width = this.#columns.length
    const step = width * ROWS_PER_STATEMENT
    let at = 0
    for (; at + step <= values.length; at += step) this.#ofMany.run(...values.slice(at, at + step))
    for (; at < values.length; at += width) this.#ofOne.run(...values.slice(at, at + width))
  }

  #insertOf(rows: number): StatementSync {
    const row = `(${this.#columns.map(() => '?').join(', ')})`
    return this.#database.prepare(
      `INSERT INTO ${this.#table} (${this.#columns.join(', ')}) VALUES ${Array(rows).fill(row).join(', ')}`,
    )
  }
}
