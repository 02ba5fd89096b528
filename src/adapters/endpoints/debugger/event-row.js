import { element, shown, sign } from './element.js'

const TYPES = ['identify', 'track', 'page', 'screen', 'group', 'alias']
const TITLE_CHARS_MAX = 200

/** An event as a line of the list: an option that is looked for by text, type and trouble. */
export function eventRow(event) {
  const row = element(
    'div',
    'event',
    element('time', 'time', clock(event.atMs)),
    element('span', 'type', typeChip(event.type)),
    element(
      'span',
      event.name === null ? 'title derived' : 'title',
      shown(titleOf(event) || traitNames(event), TITLE_CHARS_MAX),
    ),
    element('span', 'user', shown(event.userId ?? '', TITLE_CHARS_MAX)),
    element('span', 'source', shown(event.source, TITLE_CHARS_MAX)),
    element('span', 'marks', ...marksOf(event)),
  )
  row.setAttribute('role', 'option')
  row.setAttribute('aria-selected', 'false')
  row.id = `event-${event.number}`
  row.firstChild.dateTime = new Date(event.atMs).toISOString()
  if (event.code !== undefined) row.classList.add('discarded')
  return row
}

/** Which of the calls it is, each in a colour of its own; what is none of them is plain. */
export function typeChip(type) {
  return element('span', `chip ${isCall(type) ? type : 'other'}`, shown(type || 'no type', 20))
}

export function isCall(type) {
  return TYPES.includes(type)
}

/** What it is about: a name, or what stands for one in a call that has none. */
export function titleOf({ name, type, text }) {
  if (name !== null) return name
  const fields = parsed(text)
  const title = { page: fields.name, screen: fields.name, group: fields.groupId, alias: fields.previousId }[type]
  return typeof title === 'string' ? title : ''
}

function traitNames({ type, text }) {
  return type === 'identify' ? Object.keys(Object(parsed(text).traits)).join(', ') : ''
}

function clock(atMs) {
  const time = new Date(atMs)
  const two = (n) => String(n).padStart(2, '0')
  const ms = String(time.getMilliseconds()).padStart(3, '0')
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${ms}`
}

function marksOf({ code, violations }) {
  const errors = violations.filter(({ severity }) => severity === 'error').length
  const warnings = violations.length - errors
  return [
    ...(code === undefined ? [] : [element('span', 'mark discard', shown(code, 40))]),
    ...(errors === 0 ? [] : [mark('error', errors)]),
    ...(warnings === 0 ? [] : [mark('warning', warnings)]),
  ]
}

function mark(severity, count) {
  const words = element('span', 'unseen', count === 1 ? ` ${severity}` : ` ${severity}s`)
  return element('span', `mark ${severity}`, sign(severity), String(count), words)
}

function parsed(text) {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
