import { fileURLToPath } from 'node:url'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { NewRecord, Store, StoredRecord } from '../../partner/store.ts'
import type { DatabaseUrl } from '../postgres/database-url.ts'
import type { PostgresAnswer, PostgresQuestion, PostgresWorkerData } from './postgres-worker.ts'

/** What no healthy database needs. */
const PATIENCE_MS = 60_000

const WORKER = fileURLToPath(import.meta.resolve('./postgres-worker.ts'.replace(/ts$/, import.meta.url.slice(-2))))

/**
 * A store in a PostgreSQL database, in the table `squall_events`, made if there is none. A store answers at once whether a record is new; a connection
 * does not. So a thread of its own holds the connection, and each call here waits for it, as it would for a file.
 */
export class PostgresStore implements Store {
  readonly #port: MessagePort
  readonly #bell = new Int32Array(new SharedArrayBuffer(4))
  readonly #worker: Worker
  #asked = 0

  /** @throws Error with what the database says, in one line */
  constructor(url: DatabaseUrl) {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    const workerData: PostgresWorkerData = { url, port: port2, bell: this.#bell }
    this.#worker = new Worker(WORKER, { workerData, transferList: [port2] })
    this.#worker.unref()
    try {
      this.#ask('begin')
    } catch (error) {
      void this.#worker.terminate()
      throw error
    }
  }

  add(record: NewRecord): boolean {
    return this.#ask('add', record) as boolean
  }

  remove(account: string, userId: string, untilMs: number): void {
    this.#ask('remove', account, userId, untilMs)
  }

  commit(): void {
    this.#ask('commit')
  }

  page(afterSeq: number, limit: number, type?: string): readonly StoredRecord[] {
    return this.#ask('page', afterSeq, limit, type ?? null) as readonly StoredRecord[]
  }

  close(): void {
    this.#ask('close')
    void this.#worker.terminate()
  }

  #ask(name: PostgresQuestion['name'], ...values: readonly unknown[]): unknown {
    const question: PostgresQuestion = { number: ++this.#asked, name, values }
    this.#port.postMessage(question)
    const { value, trouble } = this.#answerTo(question.number)
    if (trouble !== undefined) throw new Error(trouble)
    return value
  }

  /** The answer to a question that nobody waited for any more may come before it. */
  #answerTo(number: number): PostgresAnswer {
    for (;;) {
      const heard = Atomics.load(this.#bell, 0)
      const answer: PostgresAnswer | undefined = receiveMessageOnPort(this.#port)?.message
      if (answer?.number === number) return answer
      if (answer === undefined && Atomics.wait(this.#bell, 0, heard, PATIENCE_MS) === 'timed-out') {
        throw new Error(`the database did not answer within ${PATIENCE_MS / 1000} s`)
      }
    }
  }
}
