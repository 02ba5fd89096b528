import { nearest } from '../../model/nearest.ts'
import type { Visit } from '../visit.ts'
import { durationMs, ratio } from './argument.ts'
import { CATALOGUE } from './catalogue.ts'
import type { Fault, FaultDefinition } from './fault.ts'
import { FaultError } from './fault-error.ts'
import { gated } from './gated.ts'

const GRAMMAR =
  /^(?<name>[\w.-]+)(?::(?<after>[^\s@]+)|\((?<within>[^)]*)\))?(?:@(?<from>[^\s-]+)-(?<to>[^\s-]+))?(?:\s+(?<share>\S+%))?$/

/**
 * A fault as users write it: a name, its argument after a colon or in parentheses, then a window since the first request and a
 * share, each optional: `status:503@8s-14s`, `loses(1e-3)`, `delay:exp(50ms) 30%`.
 * @throws FaultError with one line that says what is wrong and how to mend it
 */
export function parseFault(spec: string): Fault {
  const parts = GRAMMAR.exec(spec.trim())?.groups
  if (parts === undefined) {
    throw new FaultError(
      `fault "${spec}" cannot be read: write NAME, NAME:ARGUMENT or NAME(ARGUMENT), then @10s-20s, then 30%`,
    )
  }
  const definition = definitionOf(parts.name!)
  try {
    return compiled(spec, definition, parts)
  } catch (error) {
    if (error instanceof FaultError) throw new FaultError(`fault "${spec}": ${error.message}`)
    throw error
  }
}

function definitionOf(name: string): FaultDefinition {
  const definition = CATALOGUE.get(name)
  if (definition !== undefined) return definition
  const near = nearest(name, CATALOGUE.keys())
  const cure = near === undefined ? `known are ${[...CATALOGUE.keys()].join(', ')}` : `did you mean "${near}"?`
  throw new FaultError(`there is no fault "${name}": ${cure}`)
}

function compiled(spec: string, definition: FaultDefinition, parts: Record<string, string | undefined>): Fault {
  const { name } = definition
  const argument = parts.after ?? parts.within
  if (argument !== undefined && definition.argument === undefined) throw new FaultError(`${name} takes no argument`)
  const make = definition.make(argument ?? definition.argument ?? '')
  const gate = gateOf(definition, parts)
  return {
    name,
    spec,
    install: (site) => gated(make(site), (visit) => gate(visit, site.salt)),
  }
}

type Gate = (visit: Visit, salt: number) => boolean

function gateOf({ name, drawn, ...definition }: FaultDefinition, parts: Record<string, string | undefined>): Gate {
  const { from, to, share: given } = parts
  if (drawn === 'never' && (from ?? given) !== undefined) throw new FaultError(`${name} takes no window and no share`)
  const fromMs = from === undefined ? 0 : durationMs(from)
  const toMs = to === undefined ? Number.POSITIVE_INFINITY : durationMs(to)
  if (fromMs >= toMs) throw new FaultError(`the window @${from}-${to} ends before it begins`)
  const share = given === undefined ? (definition.share ?? 1) : ratio(given)
  const draw = (visit: Visit, salt: number): number =>
    drawn === 'message' ? visit.drawOfMessage(salt) : visit.drawOfTry(salt)
  return (visit, salt) => visit.atMs >= fromMs && visit.atMs < toMs && (share === 1 || draw(visit, salt) < share)
}
