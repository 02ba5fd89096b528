import type { Command } from 'commander'
import type { Ownership } from '../../adapters/safety/ownership.ts'
import { targetUrl } from '../../adapters/target.ts'
import { readTlsMaterial } from '../../adapters/tls-material.ts'
import { EXIT } from '../exit-codes.ts'
import { paintFor } from '../terminal/colors.ts'

interface OwnFlags {
  readonly ca?: string
  readonly json: boolean
  readonly color: boolean
}

const HELP = `
Load goes to another machine only if that shows the token, in one of both places. The token is made of the host's name and of a key that never
leaves this machine, so it is of no use to anybody else. Each run looks again; take it away, and nobody can send.
Exit 0 when the proof can be seen now (or none is needed), 1 when it cannot yet.

Examples:
  squall own partner.example.com
  squall own http://staging.example.com:8080    where the endpoint does not answer at https and port 443`

export function define(command: Command): void {
  command
    .argument('<host>', 'a host, or the origin of a target')
    .option('--ca <file>', 'certificate authorities to trust, in place of the public ones (PEM)')
    .option('--json', 'the answer as JSON', false)
    .option('--no-color', 'no colours')
    .addHelpText('after', HELP)
    .action(own)
}

async function own(host: string, flags: OwnFlags): Promise<void> {
  const { ownershipOf } = await import('../../adapters/safety/ownership.ts')
  const url = targetUrl(/^https?:\/\//i.test(host) ? host : `https://${host}`)
  const ownership = await ownershipOf(url, { tls: readTlsMaterial({ ca: flags.ca }) })
  const proven = ownership === null || ownership.file.proven || ownership.dns.proven
  const { hostname } = url
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ host: hostname, proven, ...ownership }, null, 2)}\n`
      : textOf(hostname, ownership, flags),
  )
  process.exitCode = proven ? EXIT.ok : EXIT.fail
}

function textOf(host: string, ownership: Ownership | null, { color }: OwnFlags): string {
  if (ownership === null) return `${host} is this machine: nothing is needed to send there\n`
  const { token, file, dns } = ownership
  const paint = paintFor(process.stdout, color)
  const seen = ({ proven, text }: Ownership['file'] | Ownership['dns']): string =>
    `now: ${proven ? paint('good', '✓ there') : paint('doubtful', `✗ ${text}`)}`
  return `${paint('strong', host)} shows that it is yours by this token, in one of two places:

  ${token}

  1. a file whose whole content is the token, without a line end (printf %s TOKEN):
     ${file.url}
     ${seen(file)}
  2. a DNS record of the type TXT:
     ${dns.name}
     ${seen(dns)}

${file.proven || dns.proven ? `next: squall run live --target ${new URL(file.url).origin}/…` : `next, when it is there: squall own ${new URL(file.url).origin}`}
`
}
