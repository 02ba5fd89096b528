import type { Property, PropertyType } from '../model/semantic-events.ts'
import { isObject, isSet, shown, step } from './json.ts'
import { holds, nameOf } from './property-types.ts'
import type { Say } from './rule.ts'

/** What is known about the types within an object, arranged as the object is. */
export interface TypeTree {
  type: PropertyType | undefined
  readonly fields: Map<string, TypeTree>
  /** Of each element, where it is an array. */
  element: TypeTree | undefined
}

export function typeTree(properties: readonly Property[]): TypeTree {
  const root = emptyTree()
  for (const { path, type } of properties) nodeAt(root, path).type = type
  return root
}

/** Says of each value in `root` that is there, and known, whether it has its type; null is taken for absent. */
export function checkTypes(root: unknown, at: string, tree: TypeTree, say: Say): void {
  walk(root, tree, [], (trail, value, type) => {
    say(at + trail.map(step).join(''), `${shown(value)}, not ${nameOf(type)}`)
  })
}

type Mismatch = (trail: readonly string[], value: unknown, type: PropertyType) => void

function walk(value: unknown, tree: TypeTree, trail: string[], mismatch: Mismatch): void {
  if (!isSet(value)) return
  if (tree.type !== undefined && !holds(tree.type, value)) mismatch(trail, value, tree.type)
  else if (tree.element !== undefined && Array.isArray(value)) walkElements(value, tree.element, trail, mismatch)
  else if (tree.fields.size > 0 && isObject(value)) {
    for (const name in value) {
      const field = tree.fields.get(name)
      if (field === undefined) continue
      trail.push(name)
      walk(value[name], field, trail, mismatch)
      trail.pop()
    }
  }
}

function walkElements(elements: readonly unknown[], tree: TypeTree, trail: string[], mismatch: Mismatch): void {
  for (let i = 0; i < elements.length; i++) {
    trail.push(String(i))
    walk(elements[i], tree, trail, mismatch)
    trail.pop()
  }
}

function nodeAt(root: TypeTree, path: readonly string[]): TypeTree {
  return path.reduce((tree, name) => {
    if (!name.endsWith('[]')) return fieldOf(tree, name)
    const list = fieldOf(tree, name.slice(0, -2))
    list.element ??= emptyTree()
    return list.element
  }, root)
}

function fieldOf(tree: TypeTree, name: string): TypeTree {
  const known = tree.fields.get(name)
  if (known !== undefined) return known
  const field = emptyTree()
  tree.fields.set(name, field)
  return field
}

function emptyTree(): TypeTree {
  return { type: undefined, fields: new Map(), element: undefined }
}
