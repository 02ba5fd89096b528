import postgres, { type Sql } from 'postgres'
import { afterFile } from './after-file.ts'
import { type PostgresCluster, postgresCluster } from './postgres-cluster.ts'

let starting: Promise<PostgresCluster> | undefined
let session: Sql | undefined
let names = 0

/** The PostgreSQL of a file of tests, started when it is first asked for. */
export function testCluster(): Promise<PostgresCluster> {
  if (starting === undefined) afterFile(stop)
  starting ??= postgresCluster()
  return starting
}

async function stop(): Promise<void> {
  await session?.end()
  await (await starting)?.stop()
  session = undefined
  starting = undefined
}

/** For whatever a test does to it itself. */
export async function testSession(): Promise<Sql> {
  const cluster = await testCluster()
  session ??= postgres(cluster.url(), { max: 1, onnotice: () => undefined })
  return session
}

/** A table with these rows, whose first says its columns. @returns the query that reads it, in order */
export async function queryOfTable(rows: readonly Readonly<Record<string, unknown>>[]): Promise<string> {
  const sql = await testSession()
  const table = `stored_${names++}`
  const columns = Object.entries(rows[0] ?? { messageId: '' })
  const kinds = columns.map(([name, value]) => `"${name}" ${typeof value === 'number' ? 'float8' : 'text'}`)
  const json = JSON.stringify(rows).replaceAll("'", "''")
  await sql.unsafe(
    `CREATE TABLE ${table} AS SELECT row_number() OVER () AS nth, r.* FROM json_to_recordset('${json}') AS r(${kinds.join(', ')})`,
  )
  return `SELECT ${columns.map(([name]) => `"${name}"`).join(', ')} FROM ${table} ORDER BY nth`
}

/** The URL of an empty schema of its own. */
export async function urlOfSchema(): Promise<string> {
  const sql = await testSession()
  const schema = `schema_${names++}`
  await sql.unsafe(`CREATE SCHEMA ${schema}`)
  return (await testCluster()).url(`search_path=${schema}`)
}
