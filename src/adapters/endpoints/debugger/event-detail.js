import { copyButton, element, shown, sign } from './element.js'
import { titleOf, typeChip } from './event-row.js'
import { prettyJson } from './pretty-json.js'

/** Why an event is not stored although its request was answered with 200. What is not here is a rule of its own, which stands below. */
const REASONS = {
  duplicate: 'Its messageId was taken before, within the time in which duplicates are looked for.',
  unknown_source: 'No source has the write key that it came with, or no longer.',
  'wrong-region': 'Its write key belongs to a source of another region.',
  'batch-too-many': 'Its batch has more events than one request may bring.',
  'event-too-large': 'It is larger than the 32 KB that an event may have.',
  bad_request: 'It is not an object.',
  missing_type: 'It does not say which call it is.',
  invalid_type: 'It says that it is a call that there is not.',
}

/** One event, whole: what became of it, which rules it breaks, its JSON. */
export function showEvent(place, event, close) {
  const heading = element('h2', '', shown(titleOf(event) || event.type || 'An event', 300))
  heading.tabIndex = -1
  const json = prettyJson(event.text)
  const closing = element('button', 'close', 'Close')
  closing.type = 'button'
  closing.addEventListener('click', close)
  place.replaceChildren(
    element('div', 'head', element('div', '', typeChip(event.type), heading), closing),
    facts(event),
    ...discard(event),
    ...violations(event),
    element('h3', '', 'As it came'),
    ...cut(event),
    element(
      'div',
      'command',
      json,
      copyButton(() => json.textContent),
    ),
  )
  place.scrollTop = 0
  return heading
}

/** Before one is chosen. */
export function showNothing(place) {
  place.replaceChildren(element('p', 'unchosen', 'Choose an event to see all of it.'))
}

function facts({ atMs, userId, source, messageId }) {
  const rows = [
    ['Came', new Date(atMs).toISOString()],
    ['User', userId ?? 'none'],
    ['Source', source || 'none that is known'],
    ['messageId', messageId || 'none'],
  ]
  return element(
    'dl',
    'facts',
    ...rows.map(([name, value]) => element('div', '', element('dt', '', name), element('dd', '', shown(value, 300)))),
  )
}

function discard({ code }) {
  if (code === undefined) return []
  const words = Object.hasOwn(REASONS, code) ? REASONS[code] : 'It breaks the rule of that name.'
  const title = element('strong', '', 'Discarded: ', element('code', '', shown(code, 80)))
  return [
    element(
      'div',
      'callout error',
      sign('error'),
      element('div', '', title, element('p', '', `${words} The answer was 200 all the same.`)),
    ),
  ]
}

function violations({ violations: all }) {
  if (all.length === 0) return [element('p', 'hint', 'It keeps all rules for Streams.')]
  const title = element('h3', '', all.length === 1 ? 'It breaks a rule' : `It breaks ${all.length} rules`)
  return [title, element('ul', 'violations', ...all.map(violation))]
}

function violation({ rule, severity, says, mend, pointer, detail }) {
  const where = [pointer, detail].filter((text) => text !== '').join(': ')
  return element(
    'li',
    `callout ${severity}`,
    sign(severity),
    element(
      'div',
      '',
      element('strong', '', says.charAt(0).toUpperCase() + says.slice(1)),
      ' ',
      element('code', 'rule', rule),
      ...(where === '' ? [] : [element('p', 'where', element('code', '', shown(where, 300)))]),
      element('p', '', `To mend it: ${mend}.`),
    ),
  )
}

function cut({ text, chars }) {
  if (chars === undefined) return []
  return [element('p', 'hint', `The first ${text.length} of its ${chars} characters.`)]
}
