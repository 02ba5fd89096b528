import { nearest } from '../../model/nearest.ts'
import { type ReceiptSource, ReceiptsUnreadable } from '../../model/receipt.ts'
import type { TlsMaterial } from '../tls-material.ts'
import { commandReceipts } from './command-receipts.ts'
import { fileReceipts } from './file-receipts.ts'
import { type HostRule, httpReceipts } from './http-receipts.ts'
import { masked } from './masked.ts'
import { postgresReceipts } from './postgres-receipts.ts'
import { sqliteReceipts } from './sqlite-receipts.ts'

export interface ReceiptSourceOptions {
  /** Under which name records keep the messageId; `messageId` unless given. */
  readonly idField?: string
  /** Whether a record may do without one; then it is empty. */
  readonly idOptional?: boolean
  /** Fields of the store's own that are wanted beside those that receipts have. */
  readonly fields?: readonly string[]
  /** Hosts other than this machine that receipts may be read from; none unless given. */
  readonly allowHost?: HostRule
  /** Over HTTP the key, for PostgreSQL the password that they are read with. */
  readonly key?: string
  /** Over HTTPS: whom to trust, and as whom to read. */
  readonly tls?: TlsMaterial
}

const SCHEMES = ['http', 'https', 'file', 'command', 'sqlite', 'postgres'] as const

const FORMS = 'http(s)://…, file:PATH, command:…, sqlite:PATH?query=…, postgres://…?query=…'

/**
 * The source that a text such as `file:receipts.ndjson` names. Nothing is read yet.
 * @throws ReceiptsUnreadable when it names none; the message says what would
 */
export function receiptSource(spec: string, options: ReceiptSourceOptions = {}): ReceiptSource {
  const { idField = 'messageId', idOptional = false, fields = [], allowHost = () => false, ...access } = options
  const form = { idField, idOptional, fields }
  switch (/^[a-z][a-z\d+.-]*(?=:)/i.exec(spec)?.[0].toLowerCase()) {
    case 'http':
    case 'https':
      return httpReceipts(spec, { form, allowHost, ...access })
    case 'file':
      return fileReceipts(spec, form)
    case 'command':
      return commandReceipts(spec, form)
    case 'sqlite':
      return sqliteReceipts(spec, form)
    case 'postgres':
    case 'postgresql':
      return postgresReceipts(spec, { form, allowHost, ...access })
    default:
      throw new ReceiptsUnreadable(`--receipts ${masked(spec)}: ${hint(spec)}`)
  }
}

function hint(spec: string): string {
  const scheme = spec.split(':', 1)[0]!
  if (scheme === spec) return `this names no kind of source; for a file write file:${spec}, otherwise one of ${FORMS}`
  const word = nearest(scheme, SCHEMES)
  return word === undefined
    ? `receipts are read from ${FORMS}`
    : `there is no source "${scheme}"; did you mean ${word}:?`
}
