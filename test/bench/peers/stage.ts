import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'
import { CONNECTIONS } from './contenders.ts'
import { type Sink, startSink } from './sink.ts'
import { templateEvent } from './template-event.ts'

const SINK_CORE = 1

/** Where senders are compared: a sink, and what all of them are told by the environment. */
export interface Stage {
  readonly folder: string
  readonly sink: Sink
  readonly env: NodeJS.ProcessEnv
  close(): void
}

/** @throws the compiler's complaint */
export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'squall-bench-'))
  const sink = await startSink(folder, SINK_CORE)
  const { bytes, idAt } = templateEvent()
  const template = join(folder, 'event.json')
  writeFileSync(template, bytes)
  return {
    folder,
    sink,
    env: {
      ...env,
      BENCH_TEMPLATE: template,
      BENCH_ID_AT: String(idAt),
      BENCH_SECRET: 'a secret that both sides share',
      BENCH_CONNECTIONS: String(CONNECTIONS),
    },
    close() {
      sink.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
