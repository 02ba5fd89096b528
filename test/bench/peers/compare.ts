import { join } from 'node:path'
import { type Contender, staticWrk } from './contenders.ts'
import { Sender, type Window } from './sender.ts'
import type { Stage } from './stage.ts'

const WARM_SECONDS = 1.5
/** A sender that was paused first takes up its work again. */
const UNDER_WAY_SECONDS = 0.3

/** One contender's windows, one a round; none, where it is missing. */
export interface Compared {
  readonly name: string
  readonly missing?: string
  readonly windows: readonly Window[]
}

interface Entrant {
  readonly name: string
  readonly missing?: string
  readonly sender?: Sender
  readonly windows: Window[]
}

/** Starts all of them once, and lets them run in turn, each alone and `rounds` times; who goes first changes. */
export async function compare(
  stage: Stage,
  field: readonly Contender[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<Compared[]> {
  const entrants: Entrant[] = []
  try {
    for (const contender of field) entrants.push(await entered(stage, contender))
    for (let round = 0; round < rounds; round++) {
      const order = [...entrants.slice(round % entrants.length), ...entrants.slice(0, round % entrants.length)]
      for (const { sender, windows } of order) if (sender) windows.push(await sender.watch(UNDER_WAY_SECONDS, seconds))
    }
  } finally {
    for (const { sender } of entrants) sender?.end()
  }
  return entrants.map(({ name, missing, windows }) => ({ name, ...(missing && { missing }), windows }))
}

async function entered(stage: Stage, { name, missing, commandLine }: Contender): Promise<Entrant> {
  if (missing !== undefined) return { name, missing, windows: [] }
  const sender = new Sender(
    commandLine(stage.sink.url, join(stage.folder, name.replaceAll(/\W+/g, '-'))),
    stage.env,
    stage.sink,
  )
  try {
    await sender.warmUp(WARM_SECONDS)
    return { name, sender, windows: [] }
  } catch (error) {
    sender.end()
    return { name, missing: (error as Error).message.trim().split('\n')[0]!, windows: [] }
  }
}

/** What the sink takes of the cheapest sender there is: wrk with one constant request. Undefined without wrk. */
export async function sinkLimit(stage: Stage, wrk: Contender, seconds: number): Promise<Window | undefined> {
  const [most] = await compare(stage, [{ ...wrk, commandLine: staticWrk }], { rounds: 1, seconds })
  return most?.windows[0]
}
