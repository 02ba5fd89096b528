/** An element of an XML document. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  text: string
}

const TOKEN = /<\?[^?]*\?>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy
/** What XML 1.0 allows. */
const CHARACTERS = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u
const REFERENCE = /&(?!(?:amp|lt|gt|quot|apos|#\d+);)/

/** Reads the part of XML that reports use, and is strict about it. @throws Error for what is not well formed */
export function readXml(text: string): XmlElement {
  if (!CHARACTERS.test(text)) throw new Error('a character that XML cannot carry')
  if (REFERENCE.test(text)) throw new Error('an ampersand that begins no reference')
  const document: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [document]
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex
    const token = TOKEN.exec(text)
    if (token === null) throw new Error(`no XML at ${at}: ${text.slice(at, at + 40)}`)
    take(open, token)
  }
  if (open.length !== 1 || document.children.length !== 1) throw new Error('elements are not closed, or not one')
  return document.children[0]!
}

function take(open: XmlElement[], [, closes, opens, attributes, empty, words]: RegExpExecArray): void {
  const parent = open.at(-1)!
  if (words !== undefined) parent.text += words
  if (closes !== undefined && open.pop()?.name !== closes) throw new Error(`</${closes}> closes nothing`)
  if (opens === undefined) return
  const element: XmlElement = { name: opens, attributes: attributesOf(attributes ?? ''), children: [], text: '' }
  parent.children.push(element)
  if (empty === '') open.push(element)
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
}
