import { element, shown } from './element.js'

const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/gs

/** Deeper than that nobody reads, and the indents alone would fill the memory. */
const INDENTS_MAX = 40

/**
 * JSON in lines, coloured. It is not parsed but laid out: each number and text stands as it was sent, names that come twice come twice, and what is no JSON
 * at all is shown as it is.
 */
export function prettyJson(text) {
  const pre = element('pre', 'json')
  pre.tabIndex = 0
  if (!isJson(text)) pre.append(shown(text))
  else for (const piece of pieces(text)) pre.append(piece)
  return pre
}

function isJson(text) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function* pieces(text) {
  const tokens = text.match(TOKEN) ?? []
  let depth = 0
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1]
    if (token === '{' || token === '[') {
      depth++
      yield isClosing(next) ? token : token + line(depth)
    } else if (isClosing(token)) {
      depth--
      yield (isOpening(tokens[i - 1]) ? '' : line(depth)) + token
    } else if (token === ',') yield token + line(depth)
    else if (token === ':') yield ': '
    else yield element('span', kindOf(token, next), shown(token))
  }
}

function line(depth) {
  return `\n${'  '.repeat(Math.min(depth, INDENTS_MAX))}`
}

function isOpening(token) {
  return token === '{' || token === '['
}

function isClosing(token) {
  return token === '}' || token === ']'
}

function kindOf(token, next) {
  if (token.startsWith('"')) return next === ':' ? 'name' : 'text'
  return /^[-\d]/.test(token) ? 'number' : 'word'
}
