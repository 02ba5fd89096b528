/** What a part of the suite cannot do without, beside a target. */
export type Need =
  | 'state'
  | 'api-key'
  | 'second-key'
  | 'shared-secret'
  | 'declared-rate'
  | 'restart'
  | 'again'
  | 'https'
  | 'outbox'
  | 'receipts'
  | 'expired-key'
  | 'own-partner'
  | 'expect'

/** What its user has to give. */
export const WHAT_TO_GIVE: Readonly<Record<Need, string>> = {
  state: 'give --state SOURCE: where the final state of each user is read',
  'api-key': 'give --api-key: the key that the endpoint knows its customer by',
  'second-key':
    'give --second-key and --second-receipts: another customer of the endpoint, and what is stored for them',
  'shared-secret': 'give --shared-secret, and --profile webhook or actions: the profiles that sign',
  'declared-rate': 'give --declared-rate: how many requests per second the endpoint is to take',
  restart: "give --restart 'CMD': what kills the endpoint and starts it again",
  again: 'give --again RUN: the folder of an earlier run against the same endpoint, best a day old',
  https: 'give an https:// target',
  outbox: 'give --outbox SOURCE: what the endpoint has sent out',
  receipts: 'give --receipts SOURCE: where the store is read',
  'expired-key': 'give --expired-key: a key of the customer that has expired or was revoked',
  'own-partner':
    'nobody but you can revoke a key at the right moment: squall run key-expiry --expired-key PLACE, and revoke it between its two phases',
  expect: 'give --expect FILE: which field of the receipts or the state says what becomes of which event',
}
