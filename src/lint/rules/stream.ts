import { callOfPath } from '../endpoints.ts'
import { isFilled, objectOr, shown } from '../json.ts'
import { type EventRule, type RequestRule, STREAM_ERROR, STREAM_WARNING, WARNING } from '../rule.ts'
import type { LintedRequest } from '../subject.ts'

/** What is asked of a Stream partner beyond the Spec. */
export const STREAM_RULES: readonly EventRule[] = [
  {
    id: 'stream-user-id',
    severity: STREAM_ERROR,
    says: 'a Stream’s call does not carry the customer’s own userId at its top level',
    mend: 'keep the userId that you received from Segment and send it back; your own id may stand in context',
    check: ({ fields }, say) => {
      if (!isFilled(fields.userId)) say('/userId', shown(fields.userId))
    },
  },
  {
    id: 'stream-integration',
    severity: STREAM_ERROR,
    says: 'a Stream’s call does not say which tool it comes from',
    mend: 'send context.integration: {"name": "<your slug>", "version": "1.0.0"}',
    check: ({ context, shared }, say) => {
      const { name, version } = objectOr(context.integration ?? shared.integration)
      if (!isFilled(name)) say('/context/integration/name', shown(name))
      else if (!isFilled(version)) say('/context/integration/version', shown(version))
    },
  },
  {
    id: 'stream-delete',
    severity: STREAM_ERROR,
    says: 'a delete is what Segment sends to partners; the HTTP API does not take it',
    mend: 'leave it out: deletions are asked for in Segment’s own app or API',
    check: ({ type }, say) => {
      if (type === 'delete') say('/type')
    },
  },
]

export const REQUEST_RULES: readonly RequestRule[] = [
  {
    id: 'request-method',
    severity: STREAM_ERROR,
    says: 'the HTTP API takes POST alone',
    mend: 'send the request by POST',
    check: ({ method }, say) => {
      if (method !== 'POST') say('/method', shown(method))
    },
  },
  {
    id: 'content-type',
    severity: WARNING,
    says: 'the request does not say that its body is JSON',
    mend: 'send Content-Type: application/json',
    check: ({ headers }, say) => {
      const type = headers.get('content-type')
      if (!/^application\/json\b/i.test(type ?? '')) say('/headers', shown(type))
    },
  },
  {
    id: 'endpoint-unknown',
    severity: STREAM_ERROR,
    says: 'the path is none of the HTTP API’s',
    mend: 'send to /v1/identify, track, page, screen, group, alias or batch',
    check: ({ path }, say) => {
      if (callOfPath(path) === undefined) say('/url', shown(path))
    },
  },
  {
    id: 'write-key-missing',
    severity: STREAM_ERROR,
    says: 'the request carries no write key, so Segment cannot tell whose it is',
    mend: 'send the customer’s write key as the user name of Basic authentication (empty password)',
    check: (request, say) => {
      if (!hasKeyInHeader(request) && !isFilled(request.body.writeKey)) say('/headers')
    },
  },
  {
    id: 'write-key-not-in-header',
    severity: STREAM_WARNING,
    says: 'the write key stands in the body alone; the rules for Streams ask for it in the header of every call',
    mend: 'send it as the user name of Basic authentication too',
    check: (request, say) => {
      if (!hasKeyInHeader(request) && isFilled(request.body.writeKey)) say('/headers')
    },
  },
]

/** A Basic user name, or a bearer token. In Base64 a leading colon, which is an empty user name, is `O` and one of `g` to `v`. */
function hasKeyInHeader({ headers }: LintedRequest): boolean {
  const [, scheme = '', value = ''] = /^(\w+)\s+(\S+)/.exec(headers.get('authorization') ?? '') ?? []
  if (scheme.toLowerCase() === 'bearer') return value !== ''
  return scheme.toLowerCase() === 'basic' && value !== '' && !/^O[g-v]/.test(value)
}
