import type { Command } from 'commander'
import { proveToExit } from '../prove/prove-to-exit.ts'
import { addSuiteFlags } from '../prove/suite-flags.ts'

const HELP = `
Plays a suite of experiments against your endpoint, each with a ledger and a report of its own, and ends in a document to be handed on:
readiness.html and readiness.md, with the conditions of the partner FAQ first. What needs something that was not given is not sent, and
the document says so. Without --target the suite is played against an embedded partner. The first Ctrl-C ends the experiment under way
and the suite with it; what was done is judged.

Examples:
  squall prove
  squall prove --plan --target http://127.0.0.1:8080/hook --receipts http://127.0.0.1:8080/receipts
  squall prove --target http://127.0.0.1:8080/hook --receipts 'sqlite:events.db?query=SELECT id AS messageId FROM events' \\
    --state http://127.0.0.1:8080/state --declared-rate 400/s --restart './restart-my-server.sh'
  squall prove --only steady,duplicates,replayed --skip 'latency=a machine shared with others'
  squall prove --target http://127.0.0.1:8080/hook --receipts http://127.0.0.1:8080/receipts --again reports/<yesterday>`

export function define(command: Command): void {
  addSuiteFlags(command).addHelpText('after', HELP).action(proveToExit)
}
