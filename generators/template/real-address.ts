import { choiceIn, isObject, partsOf, type TemplatePlan, type TemplateValue } from '../../src/model/template.ts'
import { TEMPLATE_NAMES, type TemplateName } from '../../src/model/template-names.ts'
import { realAddressIn } from '../real-people.ts'

/** Where a template says what could be somebody's address. */
interface RealAddress {
  /** From the template's members; empty: its name. */
  readonly path: readonly (string | number)[]
  readonly address: string
}

/** Undefined: whatever is drawn, the template speaks of nobody. */
export function realAddressOf({ name, members }: TemplatePlan): RealAddress | undefined {
  const address = realAddressIn(JSON.stringify({ name }))
  return address === undefined ? inValue('', members, []) : { path: [], address }
}

/** Texts are looked at together with the key under which they stand, the nearest one. */
function inValue(key: string, value: TemplateValue, path: readonly (string | number)[]): RealAddress | undefined {
  const choice = choiceIn(value)
  if (choice) return firstOf(choice.oneOf.map((one, i) => [key, one, [...path, 'oneOf', i]]))
  if (Array.isArray(value)) return firstOf(value.map((one, i) => [key, one, [...path, i]]))
  if (isObject(value)) return firstOf(Object.entries(value).map(([own, one]) => [own, one, [...path, own]]))
  const text = typeof value === 'string' ? exampleOf(value) : value
  const address = realAddressIn(JSON.stringify({ [key]: text }))
  return address === undefined ? undefined : { path, address }
}

function firstOf(values: readonly Parameters<typeof inValue>[]): RealAddress | undefined {
  for (const value of values) {
    const found = inValue(...value)
    if (found) return found
  }
  return undefined
}

/** The text with examples in place of names. */
function exampleOf(text: string): string {
  return partsOf(text)
    .map((part, i) => (i % 2 === 1 ? TEMPLATE_NAMES[part as TemplateName] : part))
    .join('')
}
