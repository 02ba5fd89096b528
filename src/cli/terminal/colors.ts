import { styleText } from 'node:util'

/** What a piece of text means; colour is never its only sign. */
export type Tone = 'good' | 'bad' | 'doubtful' | 'strong' | 'faint'

/** Gives a text the look of its tone. */
export type Paint = (tone: Tone, text: string) => string

export const plain: Paint = (_tone, text) => text

const FORMATS = { good: 'green', bad: 'red', doubtful: 'yellow', strong: 'bold', faint: 'dim' } as const

/** Colours for what `stream` shows: none in a pipe, with NO_COLOR, on a dumb terminal, or where they are not `wanted`. */
export function paintFor(stream: NodeJS.WritableStream, wanted: boolean): Paint {
  if (!wanted) return plain
  return (tone, text) => styleText(FORMATS[tone], text, { stream, validateStream: true })
}

/** To Node an empty FORCE_COLOR outranks NO_COLOR and asks for colours; to everybody else it is not set. */
export function forgetEmptyForceColor(env: NodeJS.ProcessEnv): void {
  if (env.FORCE_COLOR === '') delete env.FORCE_COLOR
}
