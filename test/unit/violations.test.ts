import { expect, test } from 'vitest'
import { violationsOf } from '../../src/lint/violations.ts'

const sound = {
  type: 'track',
  event: 'Email Opened',
  userId: 'user-1',
  messageId: 'm1',
  timestamp: '2026-01-02T03:04:05.678Z',
  properties: { email_id: 'welcome' },
  context: { integration: { name: 'mailer', version: '1.0.0' } },
}
const rules = (event: object, call = '') => violationsOf(JSON.stringify(event), call, 'stream').map(({ rule }) => rule)

test('an event that is as it should be breaks nothing', () => {
  expect(rules(sound)).toEqual([])
})

test('each broken rule is named with its place, errors first', () => {
  const found = violationsOf(JSON.stringify({ ...sound, userId: undefined, anonymousId: 'a' }), '', 'stream')
  expect(found).toMatchObject([{ rule: 'stream-user-id', severity: 'error', pointer: '/userId', detail: 'absent' }])
  const severities = violationsOf(
    JSON.stringify({ ...sound, event: 'Purchase', user_id: 'x', userId: undefined }),
    '',
    'stream',
  ).map(({ severity }) => severity)
  expect(severities).toEqual([...severities].sort())
})

test('what the path says of an event counts where it says nothing itself', () => {
  const { type, ...silent } = sound
  expect(rules(silent, type)).toEqual([])
  expect(rules(silent)).not.toEqual([])
  expect(rules({ ...sound, type: 'alias' }, 'track')).toEqual(rules({ ...sound, type: 'alias' }))
})

test('what is no JSON is unreadable, and one event knows nothing of another', () => {
  expect(violationsOf('{"a', 'track', 'stream')).toMatchObject([{ rule: 'bad_request' }])
  expect(rules(sound)).toEqual([])
})
