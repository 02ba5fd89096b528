import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onCore } from './on-core.ts'

/** What a sink has taken in since it began. */
export interface Intake {
  readonly requests: number
  readonly bodyBytes: number
  readonly cpuUs: number
}

export interface Sink {
  readonly url: string
  intake(): Promise<Intake>
  stop(): void
}

/** Compiles the sink into a folder and starts it on a core of its own. @throws the compiler's complaint */
export async function startSink(folder: string, core: number): Promise<Sink> {
  const program = join(folder, 'sink')
  execFileSync('gcc', ['-O2', '-o', program, join(import.meta.dirname, 'sink.c')])
  const [command, ...args] = onCore(core, [program])
  const sink = spawn(command!, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: sink.stdout })[Symbol.asyncIterator]()
  const { value: port } = await lines.next()
  return {
    url: `http://127.0.0.1:${port}/hook`,
    async intake() {
      sink.stdin.write('?\n')
      const { value } = await lines.next()
      const [requests = 0, bodyBytes = 0, cpuUs = 0] = String(value).split(' ').map(Number)
      return { requests, bodyBytes, cpuUs }
    },
    stop: () => void sink.stdin.end(),
  }
}
