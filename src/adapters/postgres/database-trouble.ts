import { reasonOf } from '../receipts/receipt-place.ts'

/** What a session ended on, with what helps where that is known. */
export function databaseTrouble(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  const cure = CURES[code]
  return `${reasonOf(error)}${cure === undefined ? '' : `; ${cure}`}`
}

const WHOSE = 'give the user in the URL, and the password in $PGPASSWORD or with --receipts-key env:NAME'
const WHERE = 'is PostgreSQL running there?'

/** By the codes of PostgreSQL, and of the system. */
const CURES: Readonly<Record<string, string>> = {
  '28P01': WHOSE,
  '28000': WHOSE,
  SASL_SIGNATURE_MISMATCH: WHOSE,
  ECONNREFUSED: WHERE,
  ENOENT: WHERE,
  CONNECT_TIMEOUT: WHERE,
  '3D000': 'name the database after the last slash: postgres://user@host/DATABASE?query=…',
  '42501': 'let that user read it: GRANT SELECT ON … TO …',
  '25006': 'receipts are only read: give a SELECT',
}
