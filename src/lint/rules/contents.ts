import { nameKey } from '../../model/event-names.ts'
import { propertiesOf, type SemanticEvent } from '../../model/semantic-events.ts'
import { isSet, type JsonObject, objectOr, shown, step } from '../json.ts'
import { type EventRule, type Say, STRICT_IN_STREAM, WARNING } from '../rule.ts'
import { checkTypes, type TypeTree, typeTree } from '../type-tree.ts'

const TRAITS = eitherCase(
  'address:o address.city address.country address.postalCode address.state address.street age:n avatar birthday:d ' +
    'company:o company.name company.id:sn company.industry company.employee_count:n company.plan createdAt:d ' +
    'description email firstName gender id lastName name phone title username website',
)
const GROUP_TRAITS = eitherCase(
  'address:o address.city address.country address.postalCode address.state address.street avatar createdAt:d ' +
    'description email employees:sn id industry name phone plan website',
)
const TRACK = propertiesOf('revenue:n currency value:n')
const RESERVED: ReadonlyMap<string, TypeTree> = new Map([
  ['track', typeTree(TRACK)],
  ['page', typeTree(propertiesOf('name path referrer search title url keywords:as'))],
  ['screen', typeTree(propertiesOf('name'))],
])

export const CONTENT_RULES: readonly EventRule[] = [
  {
    id: 'trait-type',
    severity: STRICT_IN_STREAM,
    says: 'a reserved trait is not of the Spec’s type',
    mend: 'send it in the Spec’s type, or under a name of your own',
    check: ({ type, fields, context }, say) => {
      if (type === 'identify') checkTypes(objectOr(fields.traits), '/traits', TRAITS, say)
      if (type === 'group') checkTypes(objectOr(fields.traits), '/traits', GROUP_TRAITS, say)
      if (context.traits !== undefined) checkTypes(objectOr(context.traits), '/context/traits', TRAITS, say)
    },
  },
  {
    id: 'property-type',
    severity: STRICT_IN_STREAM,
    says: 'a property that the Spec knows is not of its type',
    mend: 'send it in the Spec’s type: amounts as numbers, ids as text, times in ISO 8601',
    check: (event, say) => {
      const semantic = event.named?.semantic
      const types = semantic === undefined ? RESERVED.get(event.type) : knowledgeOf(semantic).types
      if (types !== undefined) checkTypes(event.properties, '/properties', types, say)
    },
  },
  {
    id: 'property-name',
    severity: WARNING,
    says: 'a property of the Spec’s event has an old name or another spelling',
    mend: 'give it the Spec’s name: destinations read no other',
    check: ({ named, properties }, say) => {
      if (named?.standing === 'right' && named.semantic !== undefined) checkNames(properties, named.semantic, say)
    },
  },
  {
    id: 'currency-code',
    severity: WARNING,
    says: 'the currency is no code of ISO 4217',
    mend: 'send its three letters, such as "USD"',
    check: ({ properties: { currency } }, say) => {
      if (typeof currency === 'string' && !/^[A-Za-z]{3}$/.test(currency)) say('/properties/currency', shown(currency))
    },
  },
  {
    id: 'traits-on-track',
    severity: STRICT_IN_STREAM,
    says: 'a track call has traits at its top level, where nothing reads them',
    mend: 'send them in context.traits, or in an identify call',
    check: ({ type, fields }, say) => {
      if (type === 'track' && isSet(fields.traits)) say('/traits')
    },
  },
]

/** Traits are taken in camelCase and in snake_case. */
function eitherCase(words: string): TypeTree {
  const snake = words.replaceAll(/[a-z][A-Z]/g, ([a = '', b = '']) => `${a}_${b.toLowerCase()}`)
  return typeTree(propertiesOf(`${words} ${snake}`))
}

/** What an event of the Spec has in `properties`. */
interface Knowledge {
  readonly types: TypeTree
  /** The right name by what is left of a name without case and separators. */
  readonly nameOfKey: ReadonlyMap<string, string>
}

const known = new Map<SemanticEvent, Knowledge>()

function knowledgeOf(semantic: SemanticEvent): Knowledge {
  const before = known.get(semantic)
  if (before !== undefined) return before
  const own = semantic.properties.filter(({ path }) => path[0] !== 'context')
  const types = typeTree([...TRACK, ...own])
  const nameOfKey = new Map([...types.fields.keys()].map((name) => [nameKey(name), name]))
  if (types.fields.has('product_id')) nameOfKey.set('id', 'product_id')
  const knowledge = { types, nameOfKey }
  known.set(semantic, knowledge)
  return knowledge
}

/** Only where the right property is missing: an own one may be named as it likes. */
function checkNames(properties: JsonObject, semantic: SemanticEvent, say: Say): void {
  const { types, nameOfKey } = knowledgeOf(semantic)
  for (const name in properties) {
    if (types.fields.has(name) || name.length > NAME_MAX_CHARS) continue
    const meant = nameOfKey.get(nameKey(name))
    if (meant !== undefined && !isSet(properties[meant])) say(`/properties${step(name)}`, `the Spec’s name is ${meant}`)
  }
}

const NAME_MAX_CHARS = 40
