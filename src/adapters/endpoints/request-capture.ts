import { closeSync, openSync, writeSync } from 'node:fs'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { PartnerError } from './partner-error.ts'
import { keyInHead } from './stream-keys.ts'

const MASK = '[secret]'
/** Basic authorization that names no user: what stands behind the colon may be a key in the wrong place. */
const BASIC_WITHOUT_USER = 'Basic Og=='
const SECRET_NAMES = /^(?:proxy-authorization|cookie|.*(?:api-?key|token|secret|password).*)$/i
const WRITE_KEY_FIELD = /("writeKey"\s*:\s*)"(?:[^"\\]|\\.)+"/g

/** Keeps the requests that come, a line each as `squall lint` reads them, with no key in them. */
export class RequestCapture {
  readonly #path: string
  #file: number | undefined

  /** @param path of a file that is not there yet @throws PartnerError */
  constructor(path: string) {
    this.#path = path
    try {
      this.#file = openSync(path, 'wx', 0o600)
    } catch (error) {
      const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST'
      const cure = isThere
        ? 'is there already; name a new file, nothing is overwritten'
        : 'cannot be written; name a file in a folder that can be written to'
      throw new PartnerError(`--capture: ${path} ${cure}`)
    }
  }

  /** @param body as it was before it was compressed; undefined: it could not be read */
  take({ method, url = '', headers }: IncomingMessage, body: Uint8Array | undefined): void {
    if (this.#file === undefined) return
    const text = withoutKeys(new TextDecoder().decode(body), keyInHead(headers.authorization))
    const line = { method, url: url.split('?', 1)[0], headers: shownHeaders(headers), body: text }
    this.#write(`${JSON.stringify(line)}\n`)
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file)
    this.#file = undefined
  }

  /** Whoever sends has an answer to get, also where the disk is full. */
  #write(line: string): void {
    try {
      writeSync(this.#file!, line)
    } catch (error) {
      this.close()
      process.stderr.write(`squall: --capture: ${this.#path} ends here: ${(error as Error).message}\n`)
    }
  }
}

function shownHeaders({ authorization, ...others }: IncomingHttpHeaders): Record<string, string> {
  const shown = Object.entries(others).map(([name, value]) => [
    name,
    SECRET_NAMES.test(name) ? MASK : String(value ?? ''),
  ])
  return {
    ...Object.fromEntries(shown),
    ...(authorization !== undefined && { authorization: schemeOf(authorization) }),
  }
}

/** With what somebody came in, without it. */
function schemeOf(authorization: string): string {
  if (keyInHead(authorization) !== undefined) return `Basic ${MASK}`
  const [, scheme = '', value] = /^(\w+)\s+(\S)/.exec(authorization) ?? []
  if (/^basic$/i.test(scheme)) return BASIC_WITHOUT_USER
  return value === undefined ? MASK : `${scheme} ${MASK}`
}

/** Libraries write the key beside the events, or into each of them. */
function withoutKeys(body: string, key: string | undefined): string {
  const masked = body.replace(WRITE_KEY_FIELD, `$1"${MASK}"`)
  return key === undefined ? masked : masked.replaceAll(JSON.stringify(key), `"${MASK}"`)
}
