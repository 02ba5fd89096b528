import type { LintProfile } from '../../src/lint/rule.ts'

/** An event that breaks no rule, in either profile. */
export const SOUND: Readonly<Record<string, unknown>> = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'a28e0a64-5453-4eaf-b340-e95f5f48befa',
  userId: 'user-1',
  anonymousId: 'd3c11743-fa67-4884-8170-2e8a390b98be',
  timestamp: '2026-01-31T09:30:00.000Z',
  context: { integration: { name: 'your-tool', version: '1.0.0' } },
  properties: { order_id: 'o-1', revenue: 12.5, currency: 'USD', products: [{ product_id: 'p-1', price: 12.5 }] },
}

/** A request that breaks no rule. */
export const SOUND_REQUEST: Readonly<Record<string, unknown>> = {
  method: 'POST',
  url: 'https://api.segment.io/v1/track',
  headers: { 'Content-Type': 'application/json', Authorization: 'Basic YWJjMTIzOg==' },
  body: SOUND,
}

/** For a rule: what breaks it and no other, where that is said, and what is like it and breaks none. */
export interface LintCase {
  readonly rule: string
  readonly broken: unknown
  readonly at: string
  readonly sound: unknown
  /** Unless said: `spec`. */
  readonly profile?: LintProfile
}

/** Of an event: the sound one with these changes. */
function event(rule: string, at: string, broken: object, sound: object, profile?: LintProfile): LintCase {
  return { rule, at, broken: { ...SOUND, ...broken }, sound: { ...SOUND, ...sound }, ...(profile && { profile }) }
}

/** Of a request to a Stream. */
function request(rule: string, at: string, broken: object, sound: object): LintCase {
  return { rule, at, broken: { ...SOUND_REQUEST, ...broken }, sound: { ...SOUND_REQUEST, ...sound }, profile: 'stream' }
}

const CONSENT = 'Segment Consent Preference Updated'
const consent = (value: object): object => ({ event: CONSENT, properties: {}, context: { consent: value } })
const long = 'x'.repeat(33_000)
const unset = undefined
const timed = (receivedAt: string): object => ({
  originalTimestamp: '2026-01-31T09:30:05.000Z',
  sentAt: '2026-01-31T09:30:06.000Z',
  receivedAt,
})
const headers = (authorization: string): object => ({ headers: { 'content-type': 'application/json', authorization } })

export const LINT_CASES: readonly LintCase[] = [
  { rule: 'bad_request', broken: 'no event', at: '', sound: SOUND },
  event('missing_type', '/type', { type: unset }, {}),
  event('invalid_type', '/type', { type: 'trak' }, { type: 'delete', anonymousId: unset }),
  event('no_user_anon_id', '/userId', { userId: null, anonymousId: unset }, { userId: null }),
  event('no_user_anon_id', '/userId', { type: 'delete', userId: unset }, { type: 'delete', anonymousId: unset }),
  event('id_not_string', '/userId', { userId: 7 }, { userId: '007' }),
  event('id_not_string', '/anonymousId', { anonymousId: '' }, { anonymousId: unset }),
  event('event_not_defined', '/event', { event: '', properties: {} }, { event: 'My Own Thing' }),
  event('event_not_string', '/event', { event: 5, properties: {} }, { event: '5' }),
  event('properties_not_object', '/properties', { properties: 'none' }, { properties: null }),
  event('traits_not_object', '/traits', { type: 'identify', traits: [] }, { type: 'identify', traits: {} }),
  event('name_not_string', '/name', { type: 'page', name: '', properties: {} }, { type: 'page', properties: {} }),
  event('category_not_string', '/category', { type: 'screen', category: 3 }, { type: 'screen', category: null }),
  event('group-id-missing', '/groupId', { type: 'group' }, { type: 'group', groupId: 'g-1' }),
  event('previous-id-missing', '/previousId', { type: 'alias' }, { type: 'alias', previousId: 'before' }),
  event('message-id-missing', '/messageId', { messageId: unset }, {}),
  event('message-id-invalid', '/messageId', { messageId: 'm'.repeat(101) }, { messageId: 'm'.repeat(100) }),
  event('message-id-invalid', '/messageId', { messageId: 12 }, { messageId: '12' }),
  event(
    'time-not-iso',
    '/timestamp',
    { timestamp: '2026-02-30T00:00:00Z' },
    { timestamp: '2024-02-29T23:59:59.123456+05:30' },
  ),
  event('time-not-iso', '/sentAt', { sentAt: 1767225600000 }, { sentAt: '2999-12-31T00:00:00Z' }),
  event(
    'time-not-iso',
    '/receivedAt',
    { receivedAt: '2026-01-31' },
    { type: 'delete', originalTimestamp: '2020-05-09 23:54:49 +0000 UTC m=+9' },
  ),
  event(
    'time-without-zone',
    '/timestamp',
    { timestamp: '2026-01-31T09:30:00.000' },
    { timestamp: '2026-01-31T09:30:00-08:00' },
  ),
  event('time-skew', '/timestamp', timed('2026-01-31T10:30:01.000Z'), timed('2026-01-31T09:30:01.000Z')),
  event('context-not-object', '/context', { context: [] }, { type: 'delete', context: [] }),
  event('integrations-not-object', '/integrations', { integrations: 'all' }, { integrations: { All: false, X: {} } }),
  event(
    'context-type',
    '/context/screen/width',
    { context: { screen: { width: '390' } } },
    { context: { screen: { width: 390 }, ip: '192.0.2.1, 192.0.2.2' } },
  ),
  event('field-name', '/user_id', { userId: unset, user_id: 'user-1' }, { user_id: 'my own' }),
  event('field-name', '/action', { type: unset, action: 'track' }, { action: 'play' }),
  event('rejected-name', '/event', { event: 'Purchase' }, { event: 'Purchase Order Printed' }),
  event('rejected-name', '/event', { event: 'install' }, { event: 'Application Installed', properties: {} }),
  event('legacy-name', '/event', { event: 'Completed Order' }, {}),
  event('name-spelling', '/event', { event: 'order_completed' }, {}),
  event('near-name', '/event', { event: 'Add to Cart', properties: {} }, { event: 'Product Rated', properties: {} }),
  event('near-name', '/event', { event: 'Order Complted' }, { event: 'Order Created' }),
  event(
    'trait-type',
    '/traits/age',
    { type: 'identify', traits: { age: '41' } },
    { type: 'identify', traits: { age: 41, loyal: 'yes' } },
  ),
  event(
    'trait-type',
    '/traits/created_at',
    { type: 'group', groupId: 'g', traits: { created_at: 'today' } },
    { type: 'group', groupId: 'g', traits: { employees: '329', createdAt: '2020-01-31' } },
  ),
  event(
    'trait-type',
    '/context/traits/email',
    { context: { traits: { email: 1 } } },
    { context: { traits: { email: null } } },
  ),
  event(
    'property-type',
    '/properties/products/0/price',
    { properties: { products: [{ price: '12.50' }] } },
    { properties: { products: [{ price: 12.5 }, {}] } },
  ),
  event(
    'property-type',
    '/properties/revenue',
    { event: 'My Own Thing', properties: { revenue: '$12' } },
    { event: 'My Own Thing', properties: { total: '$12' } },
  ),
  event(
    'property-type',
    '/properties/keywords',
    { type: 'page', properties: { keywords: 'a,b' } },
    { type: 'page', properties: { keywords: ['a', 'b'] } },
  ),
  event(
    'property-name',
    '/properties/orderId',
    { properties: { orderId: 'o-1' } },
    { properties: { orderId: 'o-1', order_id: 'o-1' } },
  ),
  event(
    'property-name',
    '/properties/id',
    { event: 'Product Viewed', properties: { id: 'p-1' } },
    { event: 'Product Viewed', properties: { product_id: 'p-1', colour: 'red' } },
  ),
  event(
    'currency-code',
    '/properties/currency',
    { properties: { currency: 'US$' } },
    { properties: { currency: 'usd' } },
  ),
  event('traits-on-track', '/traits', { traits: { email: 'a@example.com' } }, {}),
  event(
    'consent_categorypreferences_should_exist',
    '/context/consent/categoryPreferences',
    consent({}),
    consent({ categoryPreferences: {} }),
  ),
  event(
    'consent_categorypreferences_fields_should_be_object',
    '/context/consent/categoryPreferences',
    consent({ categoryPreferences: true }),
    consent({ categoryPreferences: { ads: true } }),
  ),
  event(
    'consent_categorypreferences_fields_should_be_bool',
    '/context/consent/categoryPreferences/ads',
    consent({ categoryPreferences: { ads: 'yes' } }),
    consent({ categoryPreferences: { ads: false } }),
  ),
  event(
    'consent_version_should_be_number',
    '/context/consent/version',
    consent({ categoryPreferences: {}, version: '2' }),
    consent({ categoryPreferences: {}, version: 2 }),
  ),
  event(
    'device_advertisingid_should_be_string',
    '/context/device/advertisingId',
    { context: { device: { advertisingId: 7 } } },
    { context: { device: { advertisingId: '7' } } },
  ),
  event('event-too-large', '', { properties: { note: long } }, { properties: { note: long.slice(0, 32_000) } }),
  { rule: 'empty_batch', broken: { batch: [] }, at: '/batch', sound: { batch: [SOUND] } },
  {
    rule: 'batch-too-many',
    broken: { batch: batchOf(2501, {}) },
    at: '/batch',
    sound: { batch: batchOf(900, {}) },
    profile: 'stream',
  },
  {
    rule: 'batch-too-large',
    broken: { batch: batchOf(20, { note: long.slice(0, 30_000) }) },
    at: '/batch',
    sound: { batch: batchOf(16, { note: long.slice(0, 30_000) }) },
    profile: 'stream',
  },
  event('stream-user-id', '/userId', { userId: null }, {}, 'stream'),
  event('stream-integration', '/context/integration/name', { context: {} }, {}, 'stream'),
  event(
    'stream-integration',
    '/context/integration/version',
    { context: { integration: { name: 'x' } } },
    {},
    'stream',
  ),
  event('stream-delete', '/type', { type: 'delete', anonymousId: unset }, {}, 'stream'),
  request('request-method', '/method', { method: 'PUT' }, {}),
  request('content-type', '/headers', { headers: { authorization: 'Basic YWJjMTIzOg==' } }, {}),
  request(
    'endpoint-unknown',
    '/url',
    { url: 'https://api.segment.io/v2/track' },
    { url: 'https://events.eu1.segmentapis.com/v1/t?x=1' },
  ),
  request('write-key-missing', '/headers', headers('Basic Og=='), headers('Basic OWFiYzo=')),
  request('write-key-missing', '/headers', headers(''), headers('Bearer token')),
  request(
    'write-key-not-in-header',
    '/headers',
    { ...headers(''), body: { ...SOUND, writeKey: 'abc' } },
    { body: { ...SOUND, writeKey: 'abc' } },
  ),
]

/** Small events, so many of them. */
function batchOf(count: number, properties: object): object[] {
  const { type, userId, context } = SOUND
  return Array.from({ length: count }, (_, i) => ({
    type,
    event: 'E',
    userId,
    context,
    messageId: `m${i}`,
    properties,
  }))
}
