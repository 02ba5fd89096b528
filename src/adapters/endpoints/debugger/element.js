// Everything that the page shows is put into it by these: text stays text.

/** Control characters, and those that turn the direction of text, break lines or do not show. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu

const STROKES = {
  error: 'M6 6l8 8M14 6l-8 8',
  warning: 'M10 5.2v6M10 14.6v.1',
}

/** An element with a class, and what stands in it: text or elements. */
export function element(name, className, ...contents) {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.append(...contents)
  return made
}

/** Text of others, at most so much of it: what would not be seen is written out, as JSON does. */
export function shown(text, lengthMax = Number.POSITIVE_INFINITY) {
  const some = text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text
  return some.toWellFormed().replace(INVISIBLE, visible)
}

/** A cross or an exclamation mark: a form of its own for each severity. The word stands beside it. */
export function sign(severity) {
  const svg = drawn('svg', { class: `sign ${severity}`, viewBox: '0 0 20 20', 'aria-hidden': 'true' })
  svg.append(drawn('circle', { cx: 10, cy: 10, r: 9 }), drawn('path', { d: STROKES[severity] }))
  return svg
}

/** A button that copies what `text` says when it is pressed. */
export function copyButton(text) {
  const button = element('button', 'copy', 'Copy')
  button.type = 'button'
  button.addEventListener('click', async () => {
    const done = await navigator.clipboard.writeText(text()).then(
      () => true,
      () => false,
    )
    button.textContent = done ? 'Copied' : 'Select it by hand'
  })
  return button
}

function drawn(name, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

function visible(character) {
  if (character === '\n' || character === '\t') return character
  return `\\u${character.codePointAt(0).toString(16).padStart(4, '0')}`
}
