import { copyButton } from './element.js'
import { showEvent, showNothing } from './event-detail.js'
import { EventList } from './event-list.js'
import { follow } from './feed.js'
import { Gauges, thousands, write } from './gauges.js'

/** As many as the list shows: of those that wait longer the older ones would be gone at once. */
const WAITING_MAX = 500

const STANDINGS = {
  live: 'Live',
  silent: 'No word from squall: is it stopped?',
  lost: 'Connection lost. Trying again…',
  full: 'Eight pages watch already: close one of them.',
  ended: 'This address is no longer good. Open the one that squall prints now.',
}

const at = (id) => document.getElementById(id)
const [box, detail] = [at('list'), at('detail')]
const gauges = new Gauges()
const list = new EventList(box, choose)
let waiting = []
let isPaused = false
let hasCome = false

showNothing(detail)
themeButton(at('theme'))
firstEvent(at('first'))
for (const id of ['text', 'type', 'only']) at(id).addEventListener('input', filter)
at('all').addEventListener('click', showAll)
at('pause').addEventListener('click', togglePause)
at('clear').addEventListener('click', clear)
document.addEventListener('keydown', pressed)
follow(take, stand)

function take(message) {
  gauges.take(message)
  if (message.events.length === 0) return
  hasCome = true
  waiting = [...waiting, ...message.events].slice(-WAITING_MAX)
  if (isPaused) sayWaiting()
  else showWaiting()
}

function showWaiting() {
  list.add(waiting)
  waiting = []
  show()
}

/** What is seen of the list, and what stands in its place. */
function show() {
  const { all, seen, breaking } = list.counts()
  box.hidden = seen === 0
  at('empty').hidden = hasCome
  document.body.classList.toggle('bare', !hasCome)
  at('cleared').hidden = !hasCome || all > 0
  at('none').hidden = !hasCome || all === 0 || seen > 0
  at('shown').textContent = all === seen ? `${thousands(all)} shown.` : `${thousands(seen)} of ${thousands(all)} shown.`
  write('breaking', breaking)
  at('breaking').parentElement.classList.toggle('doubtful', breaking > 0)
}

function filter() {
  list.filter({ text: at('text').value, type: at('type').value, only: at('only').value })
  show()
}

function showAll() {
  for (const id of ['text', 'type', 'only']) at(id).value = ''
  filter()
  box.focus()
}

function togglePause() {
  isPaused = !isPaused
  document.body.classList.toggle('paused', isPaused)
  sayWaiting()
  if (!isPaused) showWaiting()
}

function sayWaiting() {
  const count = waiting.length === WAITING_MAX ? `${WAITING_MAX} and more` : thousands(waiting.length)
  at('pause').textContent = isPaused ? `Resume (${count} waiting)` : 'Pause'
}

function clear() {
  list.clear()
  waiting = []
  sayWaiting()
  close()
  showNothing(detail)
  show()
}

/** With the pointer one goes on in the list, where it is still to be seen; with Enter one goes to the event. */
function choose(event, how) {
  const heading = showEvent(detail, event, close)
  if (how === 'passed') return
  document.body.classList.add('reading')
  if (how === 'entered' || !box.checkVisibility()) heading.focus({ preventScroll: true })
}

function close() {
  if (!document.body.classList.contains('reading')) return
  document.body.classList.remove('reading')
  box.focus({ preventScroll: true })
}

function pressed(key) {
  if (key.key === 'Escape') close()
  const isTyping = key.target.matches('input, select') || key.ctrlKey || key.metaKey || key.altKey
  if (isTyping || !['/', 'p'].includes(key.key)) return
  key.preventDefault()
  if (key.key === '/') at('text').focus()
  else togglePause()
}

function stand(standing) {
  const link = at('link')
  link.className = `link ${standing}`
  if (link.textContent !== STANDINGS[standing]) link.textContent = STANDINGS[standing]
}

/** A line for a terminal that sends an event which is as it should be. */
function firstEvent(place) {
  const event = {
    type: 'track',
    userId: 'user-1',
    event: 'Email Opened',
    properties: { email_id: 'welcome-1' },
    context: { integration: { name: 'my-tool', version: '1.0.0' } },
  }
  place.textContent = `curl ${location.origin}/v1/track -u "$WRITE_KEY:" -H 'Content-Type: application/json' -d '${JSON.stringify(event, null, 2)}'`
  place.after(copyButton(() => place.textContent))
}

function themeButton(button) {
  const root = document.documentElement
  const preferred = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  const name = (theme) => (theme === 'dark' ? 'Light' : 'Dark')
  button.textContent = name(preferred)
  button.addEventListener('click', () => {
    root.dataset.theme = (root.dataset.theme ?? preferred) === 'dark' ? 'light' : 'dark'
    button.textContent = name(root.dataset.theme)
  })
}
