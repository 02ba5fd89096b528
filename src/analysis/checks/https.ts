import type { Evidence } from '../../model/evidence.ts'
import type { TlsFacts } from '../../model/tls-facts.ts'
import type { Verdict } from '../../model/verdict.ts'
import { type Check, failed, passed, unknown } from './check.ts'
import { counted } from './count-text.ts'

const NAMED = { id: 'https', title: 'Its HTTPS is what Segment accepts' }
const DAY_MS = 86_400_000

/** Certificate chain, name, dates and protocol, as they were looked at before the run; and no attempt of the run failed at them. */
export const https: Check = { ...NAMED, judge }

function judge(evidence: Evidence): Verdict {
  const { header, summary } = evidence
  const { tls } = header
  if (tls === undefined) {
    const isPlain = header.target.url.startsWith('http:')
    const why = isPlain ? 'the target is plain HTTP' : 'nobody looked at the certificate'
    return unknown(NAMED, why, 'Give the https:// address that Segment is to use, with --target.')
  }
  const { troubles, ...seen } = tls
  if (troubles.length > 0) return failed(NAMED, troubles.join('; '), { ...seen, troubles: troubles.length }, FIX)
  const broken = summary.classes.tls
  if (broken > 0) {
    const claim = `in order before the run, but ${counted(broken, 'attempt')} of it failed in TLS`
    return failed(NAMED, claim, { ...seen, attempts: broken }, FIX)
  }
  return passed(NAMED, claimOf(tls, header.startedAtMs), seen)
}

const FIX =
  'Segment sends nothing to such an endpoint. Serve a certificate of a public authority for the name in the URL, with its intermediate certificates, over TLS 1.2 or 1.3, and have it renewed by itself.'

function claimOf({ protocol, trust, validTo }: TlsFacts, startedAtMs: number): string {
  const days = Math.floor((Date.parse(validTo) - startedAtMs) / DAY_MS)
  const by = trust === 'public' ? 'a public authority' : 'the authority of --ca, which Segment does not know'
  return `${protocol}, a certificate for this name by ${by}, good for ${counted(days, 'more day')}`
}
