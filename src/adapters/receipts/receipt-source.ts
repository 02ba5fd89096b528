import { nearest } from '../../model/nearest.ts'
import { type ReceiptSource, ReceiptsUnreadable } from '../../model/receipt.ts'
import type { TlsMaterial } from '../tls-material.ts'
import { commandReceipts } from './command-receipts.ts'
import { fileReceipts } from './file-receipts.ts'
import { type HostRule, httpReceipts } from './http-receipts.ts'
import { masked } from './masked.ts'
import { sqliteReceipts } from './sqlite-receipts.ts'

export interface ReceiptSourceOptions {
  /** Under which name records keep the messageId; `messageId` unless given. */
  readonly idField?: string
  /** Hosts other than this machine that receipts may be read from; none unless given. */
  readonly allowHost?: HostRule
  /** Over HTTP: the key that they are read with. */
  readonly key?: string
  /** Over HTTPS: whom to trust, and as whom to read. */
  readonly tls?: TlsMaterial
}

const SCHEMES = ['http', 'https', 'file', 'command', 'sqlite'] as const

const FORMS = 'http(s)://…, file:PATH, command:…, sqlite:PATH?query=…'

/**
 * The source that a text such as `file:receipts.ndjson` names. Nothing is read yet.
 * @throws ReceiptsUnreadable when it names none; the message says what would
 */
export function receiptSource(spec: string, options: ReceiptSourceOptions = {}): ReceiptSource {
  const { idField = 'messageId', allowHost = () => false, ...access } = options
  switch (/^[a-z][a-z\d+.-]*(?=:)/i.exec(spec)?.[0].toLowerCase()) {
    case 'http':
    case 'https':
      return httpReceipts(spec, { idField, allowHost, ...access })
    case 'file':
      return fileReceipts(spec, idField)
    case 'command':
      return commandReceipts(spec, idField)
    case 'sqlite':
      return sqliteReceipts(spec, idField)
    default:
      throw new ReceiptsUnreadable(`--receipts ${masked(spec)}: ${hint(spec)}`)
  }
}

function hint(spec: string): string {
  const scheme = spec.split(':', 1)[0]!
  if (scheme === spec) return `this names no kind of source; for a file write file:${spec}, otherwise one of ${FORMS}`
  if (/^postgres(ql)?$/i.test(scheme)) {
    return 'PostgreSQL cannot be read directly yet; let psql print JSON lines: command:psql … -Atc "SELECT row_to_json(r) FROM …"'
  }
  const word = nearest(scheme, SCHEMES)
  return word === undefined
    ? `receipts are read from ${FORMS}`
    : `there is no source "${scheme}"; did you mean ${word}:?`
}
