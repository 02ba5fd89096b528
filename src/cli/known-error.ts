import { CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'

/** Exit code by the name of an error that already says, in one line, what is wrong and how to mend it. */
const EXIT_CODE_OF: Readonly<Record<string, number>> = {
  ScenarioError: EXIT.usage,
  SecretMissing: EXIT.usage,
  TargetInvalid: EXIT.usage,
  TlsFileInvalid: EXIT.usage,
  FaultError: EXIT.usage,
  K6Missing: EXIT.usage,
  BundleError: EXIT.local,
  ResultUnreadable: EXIT.usage,
  TargetRefused: EXIT.refused,
  TargetUnreachable: EXIT.unreachable,
  TokenRefused: EXIT.unreachable,
  OwnershipKeyUnusable: EXIT.local,
  PartnerError: EXIT.usage,
  ReceiptsUnreadable: EXIT.local,
  LedgerUnreadable: EXIT.local,
}

/** What the operating system says no to, in words. */
const TROUBLE_OF: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EEXIST: 'it is there already',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this disk is used up',
  EFBIG: 'the file may not grow any further (raise ulimit -f)',
  EIO: 'the disk fails',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many open files (raise ulimit -n)',
  EADDRINUSE: 'the port is taken; choose another, or 0 for any free one',
}

/** The error as its user should see it, if it is one of theirs or of their machine; undefined for a bug of ours. */
export function knownError(error: unknown): CliError | undefined {
  if (error instanceof CliError) return error
  if (!(error instanceof Error)) return undefined
  const exitCode = EXIT_CODE_OF[error.name]
  if (exitCode !== undefined) return new CliError(error.message, exitCode)
  return systemTrouble(error)
}

function systemTrouble(error: NodeJS.ErrnoException): CliError | undefined {
  const trouble = error.syscall !== undefined ? TROUBLE_OF[error.code ?? ''] : undefined
  if (trouble === undefined) return undefined
  const place = error.path ?? ('port' in error ? `port ${error.port}` : error.syscall)
  return new CliError(`${place}: ${trouble}`, error.code === 'ENOENT' ? EXIT.usage : EXIT.local)
}
