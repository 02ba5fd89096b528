import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { GO_SETTINGS } from './go-settings.ts'
import { type K6Folder, NAMES } from './k6-folder.ts'
import type { K6Program } from './k6-program.ts'

/** A k6 under way. */
export interface K6Process {
  readonly pid: number
  /** Aborted when it has ended. */
  readonly gone: AbortSignal
  /** How it ended, in words. */
  readonly ended: Promise<string>
  /** Ends it now, whatever it does. */
  kill(): void
}

const TAIL_CHARS = 2000

/**
 * Starts k6 on what the folder holds. It has a process group of its own, so that Ctrl-C in a terminal is for squall alone, which lets
 * it drain; and of this process's environment nothing that could bend the run or tell a secret.
 */
export function startK6(program: K6Program, folder: K6Folder): K6Process {
  const child = spawn(program.path, argumentsOf(), {
    cwd: folder.path,
    detached: true,
    env: environmentOf(folder),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = new AbortController()
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-TAIL_CHARS)
  })
  const ended = endOf(child).then((end) => {
    gone.abort()
    return [end, lastWords(folder, said)].filter((text) => text !== '').join(': ')
  })
  return { pid: child.pid ?? 0, gone: gone.signal, ended, kill: () => child.kill('SIGKILL') }
}

async function endOf(child: ReturnType<typeof spawn>): Promise<string> {
  try {
    const [code, signal] = await once(child, 'close')
    return signal === null ? `exit code ${code}` : `${signal}`
  } catch (error) {
    return (error as Error).message
  }
}

/** No shell, no secret, nothing that is sent to anybody. */
function argumentsOf(): string[] {
  return [
    ...['run', '--quiet', '--no-color', '--no-usage-report', '--no-thresholds', '--summary-mode=disabled'],
    ...['--address=', `--config=${NAMES.config}`],
    ...['--log-format=raw', `--log-output=file=${NAMES.log},level=error`, `--console-output=${NAMES.lines}`],
    NAMES.script,
  ]
}

/** What Go needs to run at all, and what this run needs. */
const PASSED_ON: readonly string[] = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'WINDIR']

function environmentOf({ path, assignment, ca }: K6Folder): NodeJS.ProcessEnv {
  const passed = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return {
    ...Object.fromEntries(passed),
    // No settings of whoever is logged in.
    HOME: path,
    XDG_CONFIG_HOME: path,
    SQUALL_ASSIGNMENT: assignment,
    ...GO_SETTINGS,
    K6_NO_USAGE_REPORT: 'true',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    // Go adds a folder of authorities to the file, if there is one.
    ...(ca !== undefined && { SSL_CERT_FILE: ca, SSL_CERT_DIR: join(path, NAMES.noFolder) }),
  }
}

/** What k6 complained of last: its log has errors with the lines of a stack below, stderr what came before there was a log. */
function lastWords({ path }: K6Folder, said: string): string {
  const text = `${said}\n${logOf(path).slice(-TAIL_CHARS)}`
  const complaints = text.split('\n').filter((line) => /^\S/.test(line) && !line.startsWith('at '))
  return complaints.at(-1)?.trim() ?? ''
}

/** Empty where the folder is gone: somebody has tidied up under the run. */
function logOf(path: string): string {
  try {
    return readFileSync(join(path, NAMES.log), 'utf8')
  } catch {
    return ''
  }
}
