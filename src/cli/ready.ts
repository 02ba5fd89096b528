import type { OauthTokens } from '../adapters/oauth-tokens.ts'
import { systemDigest } from '../adapters/system-world.ts'
import type { TlsMaterial } from '../adapters/tls-material.ts'
import { type Prepared, prepare, type RunWorld, type Scenario } from '../index.ts'
import type { DiscardSource } from '../model/discards.ts'
import type { OutboxSource } from '../model/outbox.ts'
import type { ReceiptSource } from '../model/receipt.ts'
import type { TlsFacts } from '../model/tls-facts.ts'
import { withinCaps } from './consent-caps.ts'
import { credentialsOf } from './credentials.ts'
import { checkDescriptors } from './descriptor-need.ts'
import type { EarlierRun } from './earlier-run.ts'
import { type K6Means, k6Means } from './k6-means.ts'
import { openDiscards } from './open-discards.ts'
import { openOutbox } from './open-outbox.ts'
import { openReceipts } from './open-receipts.ts'
import { openState } from './open-state.ts'
import { openTokens } from './open-tokens.ts'
import { withOwnSecrets } from './own-secrets.ts'
import { letThrough, type Reachable } from './reach.ts'
import { receiptAccess } from './receipt-access.ts'

/** What its user wants delivered, and to whom. */
export interface Wish {
  /** Undefined: what an earlier run is to deliver. */
  readonly scenario?: Scenario | undefined
  readonly earlier?: EarlierRun | undefined
  /** Under which name receipts keep the messageId. */
  readonly idField?: string | undefined
  /** The target's host, typed by whoever says that it is theirs. Consent is given anew for each run, so no scenario holds it. */
  readonly iOwn?: string | undefined
}

/** What a session has once nothing on its user's side can be wrong any more. */
export interface Ready {
  readonly prepared: Prepared
  readonly credentials: RunWorld['credentials']
  /** Renewed until they are closed; undefined: none are shown. */
  readonly tokens: OauthTokens | undefined
  readonly tls: TlsMaterial
  /** Undefined: not given. */
  readonly receipts: ReceiptSource | undefined
  readonly state: ReturnType<typeof openState> | undefined
  readonly outbox: OutboxSource | undefined
  readonly discards: DiscardSource | undefined
  /** Undefined: the embedded partner. */
  readonly target: Reachable | undefined
  /** The address that the target's preflight came to. */
  readonly reached: string | undefined
  /** How the target shows itself over TLS; undefined: nobody asked, or it speaks none. */
  readonly shown: TlsFacts | undefined
  /** No connection to it is safe: nothing is sent, and that is judged. */
  readonly shut: boolean
  /** Undefined: squall itself sends. */
  readonly k6: K6Means | undefined
}

/** Finds everything that can be wrong before anything is sent. @throws CliError, or an error that names the field or flag */
export async function makeReady({ earlier, scenario, idField, iOwn }: Wish): Promise<Ready> {
  const asked = withOwnSecrets(earlier?.prepared ?? prepare(scenario!, systemDigest))
  checkDescriptors(asked.plan)
  const credentials = credentialsOf(asked.plan, asked.access)
  const access = receiptAccess(asked.access, asked.asks.expectations)
  const receipts =
    asked.receipts === undefined ? undefined : openReceipts(asked.receipts, idField, asked.target, access)
  const state = asked.state === undefined ? undefined : openState(asked.state, asked.target, access)
  const outbox = asked.outbox === undefined ? undefined : openOutbox(asked.outbox, asked.target, access)
  const discards = asked.discards === undefined ? undefined : openDiscards(asked.discards, asked.target, access)
  const target = await letThrough(asked.target, iOwn, access.tls, asked.plan.stream && 'events')
  const prepared = withinCaps(target?.passage, scenario, asked)
  const k6 = prepared.engine === 'k6' ? await k6Means(prepared, credentials, access.tls) : undefined
  const arrival = await arriveAt(target, prepared.asks.verdicts.includes('https'))
  const tokens = await openTokens(prepared, access.tls)
  const shown = tokens ? { ...credentials, tokens } : credentials
  const sources = { receipts, state, outbox, discards }
  return { prepared, credentials: shown, tokens, tls: access.tls, ...sources, target, ...arrival, k6 }
}

/** @param asked the target's TLS itself is in question: trouble with it is an answer @throws TargetUnreachable */
async function arriveAt(
  target: Reachable | undefined,
  asked: boolean,
): Promise<Pick<Ready, 'reached' | 'shown' | 'shut'>> {
  const shown = asked ? await target?.look() : undefined
  try {
    return { reached: await target?.preflight(), shown, shut: false }
  } catch (error) {
    if (shown === undefined || shown.troubles.length === 0) throw error
    return { reached: undefined, shown, shut: true }
  }
}
