import { readFileSync } from 'node:fs'
import { env } from 'node:process'

/** A secret could not be had, or was given where it does not belong. */
export class SecretMissing extends Error {
  override readonly name = 'SecretMissing'
}

/** Whether the text names a place where a secret stands. */
export function isSecretReference(text: string): boolean {
  return /^(env|file):./.test(text)
}

/**
 * The secret that `env:NAME` or `file:PATH` names. The value itself is never an argument: those are seen by every process.
 * @param what the flag or field, for the message
 * @throws SecretMissing
 */
export function readSecret(what: string, reference: string): string {
  const [, kind, place] = /^(env|file):(.+)$/s.exec(reference) ?? []
  if (kind === undefined || place === undefined) {
    throw new SecretMissing(`${what}: give the name of a place, not the secret itself: env:NAME or file:PATH`)
  }
  const value = kind === 'env' ? env[place] : readFile(what, place)
  if (value === undefined || value === '') {
    const mend = kind === 'env' ? `set it first: export ${place}=…` : 'write the secret into it'
    throw new SecretMissing(`${what}: ${reference} is empty or not there; ${mend}`)
  }
  return value
}

function readFile(what: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trimEnd()
  } catch {
    throw new SecretMissing(`${what}: file:${path} cannot be read; check the path and its permissions`)
  }
}
