// The thread in which a PostgresStore's session lives: it answers one question at a time, and rings when it has.
import { type MessagePort, workerData } from 'node:worker_threads'
import { databaseTrouble } from '../postgres/database-trouble.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import { openDatabase } from '../postgres/open-database.ts'
import { PostgresSession } from './postgres-session.ts'

export interface PostgresWorkerData {
  readonly url: DatabaseUrl
  readonly port: MessagePort
  /** Counts answers. */
  readonly bell: Int32Array
}

export interface PostgresQuestion {
  readonly number: number
  readonly name: 'begin' | 'add' | 'remove' | 'commit' | 'page' | 'close'
  readonly values: readonly unknown[]
}

export interface PostgresAnswer {
  readonly number: number
  readonly value?: unknown
  /** One line; there is no value then. */
  readonly trouble?: string
}

const { url, port, bell } = workerData as PostgresWorkerData
let session: PostgresSession | undefined

port.on('message', async (question: PostgresQuestion) => {
  port.postMessage(await answerTo(question))
  Atomics.add(bell, 0, 1)
  Atomics.notify(bell, 0)
})

async function answerTo({ number, name, values }: PostgresQuestion): Promise<PostgresAnswer> {
  try {
    session ??= new PostgresSession(await openDatabase(url, { onClose: () => session?.lost() }))
    const call = session[name] as (...values: readonly unknown[]) => Promise<unknown>
    return { number, value: await call.apply(session, [...values]) }
  } catch (error) {
    return { number, trouble: databaseTrouble(error) }
  }
}
