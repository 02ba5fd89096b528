import { nameKey } from '../../model/event-names.ts'
import { propertiesOf } from '../../model/semantic-events.ts'
import { isObject, isSet, type JsonObject, shown, step } from '../json.ts'
import { ERROR, type EventRule, type Say, WARNING } from '../rule.ts'
import type { LintedEvent } from '../subject.ts'
import { checkTypes, typeTree } from '../type-tree.ts'

/** What the Spec lists under `context`. `ip` may be several, with commas. */
const CONTEXT = typeTree(
  propertiesOf(
    'active:b app:o app.name app.version app.build:sn app.namespace campaign:o campaign.name campaign.source ' +
      'campaign.medium campaign.term campaign.content device:o device.id device.adTrackingEnabled:b ' +
      'device.manufacturer device.model device.name device.type device.token ip integration:o library:o library.name ' +
      'library.version locale location:o location.city location.country location.latitude:n location.longitude:n ' +
      'location.speed:n network:o network.bluetooth:b network.carrier network.cellular:b network.wifi:b os:o os.name ' +
      'os.version page:o page.path page.referrer page.search page.title page.url referrer:o referrer.type referrer.name ' +
      'referrer.url referrer.link screen:o screen.density:n screen.height:n screen.width:n timezone groupId traits:o ' +
      'userAgent userAgentData:o userAgentData.brands:a userAgentData.mobile:b userAgentData.platform',
  ),
)

/** Names of fields that the libraries of before 2015 sent, or that other tools send, and the Spec's. */
const OLD_FIELDS: ReadonlyMap<string, string> = new Map([
  ['action', 'type'],
  ['sessionid', 'anonymousId'],
  ['options', 'context'],
  ['from', 'previousId'],
  ['to', 'userId'],
])
const FIELDS = [
  'type',
  'anonymousId',
  'userId',
  'context',
  'previousId',
  'groupId',
  'messageId',
  'event',
  'properties',
  'traits',
  'timestamp',
  'sentAt',
  'originalTimestamp',
  'receivedAt',
  'integrations',
  'name',
  'category',
  'channel',
  'version',
  'projectId',
  'writeKey',
  '_metadata',
] as const
const KNOWN_FIELDS: ReadonlySet<string> = new Set(FIELDS)
const FIELD_OF_KEY: ReadonlyMap<string, string> = new Map([
  ...OLD_FIELDS,
  ...FIELDS.map((name) => [nameKey(name), name] as const),
])

export const CONTEXT_RULES: readonly EventRule[] = [
  {
    id: 'context-not-object',
    severity: ERROR,
    says: 'context is no object',
    mend: 'send context as an object, or leave it out',
    check: (event, say) => checkEnvelopePart(event, 'context', say),
  },
  {
    id: 'integrations-not-object',
    severity: ERROR,
    says: 'integrations is no object',
    mend: 'send integrations as an object, or leave it out',
    check: (event, say) => checkEnvelopePart(event, 'integrations', say),
  },
  {
    id: 'context-type',
    severity: WARNING,
    says: 'something in context is not of the Spec’s type',
    mend: 'send each as the Spec’s common fields have it; destinations leave out, or refuse, what they cannot read',
    check: ({ context }, say) => checkTypes(context, '/context', CONTEXT, say),
  },
  {
    id: 'field-name',
    severity: WARNING,
    says: 'a field has an old name or another spelling, so nothing reads it',
    mend: 'give it the Spec’s name',
    check: ({ fields }, say) => {
      for (const name of Object.keys(fields)) if (!KNOWN_FIELDS.has(name)) checkField(fields, name, say)
    },
  },
]

/** A delete has `[]` or null where others have an object. */
function checkEnvelopePart({ type, fields }: LintedEvent, name: 'context' | 'integrations', say: Say): void {
  const value = fields[name]
  const empty = type === 'delete' && Array.isArray(value) && value.length === 0
  if (isSet(value) && !isObject(value) && !empty) say(`/${name}`, shown(value))
}

/** Only where the right field is missing: an own field may be named as it likes. */
function checkField(fields: JsonObject, name: string, say: Say): void {
  const right = name.length <= NAME_MAX_CHARS ? FIELD_OF_KEY.get(nameKey(name)) : undefined
  if (right !== undefined && !isSet(fields[right])) say(step(name), `the Spec’s name is ${right}`)
}

const NAME_MAX_CHARS = 40
