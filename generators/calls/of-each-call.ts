import type { CallType } from '../../src/model/message.ts'
import { type Fragment, fragmentOf } from '../utf8.ts'

/** A text for each kind of call. */
export function ofEachCall(textOf: (type: CallType) => string): Readonly<Record<CallType, Fragment>> {
  const of = (type: CallType): Fragment => fragmentOf(textOf(type))
  return {
    identify: of('identify'),
    track: of('track'),
    page: of('page'),
    screen: of('screen'),
    group: of('group'),
    alias: of('alias'),
    delete: of('delete'),
  }
}
