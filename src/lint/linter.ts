import { callOfPath } from './endpoints.ts'
import { EventInventory } from './event-inventory.ts'
import { FindingGroups } from './finding-groups.ts'
import { isObject, type JsonObject, NOTHING, objectOr, shown } from './json.ts'
import type { LintReport } from './lint-report.ts'
import { type NamedEvent, namedEvent } from './named-event.ts'
import type { LintProfile, Rule, Say } from './rule.ts'
import { ALL_RULES, EVENT_RULES, UNREADABLE } from './rules/all-rules.ts'
import { BATCH_RULES } from './rules/sizes.ts'
import { REQUEST_RULES } from './rules/stream.ts'
import type { LintedEvent } from './subject.ts'
import { utf8Length } from './utf8-length.ts'

/** Below that nothing in a line can be too large, so its parts need not be measured. */
const SMALL_BYTES = 32 * 1024
const NAMES_KEPT = 10_000

/** What surrounds the events of a line. */
interface Surroundings {
  /** The call that the endpoint is for; empty where it says nothing. */
  readonly call: string
  readonly context: JsonObject
  /** Of the whole line, or of the body of a request. */
  readonly bytes: number
}

/** Holds events and requests against the rules, one line after the other. */
export class Linter {
  private readonly profile: LintProfile
  private readonly groups: FindingGroups
  private readonly inventory = new EventInventory()
  private readonly names = new Map<string, NamedEvent>()
  private readonly eventRules: typeof EVENT_RULES
  private readonly tally = { lines: 0, requests: 0, events: 0, malformed: 0, errors: 0, warnings: 0 }
  private line = 0
  private at = ''
  private rule: Pick<Rule<never>, 'id' | 'severity'> = UNREADABLE

  constructor(profile: LintProfile) {
    this.profile = profile
    this.groups = new FindingGroups(profile)
    this.eventRules = EVENT_RULES.filter(({ severity }) => severity[profile] !== null)
  }

  /**
   * An event, an array of events, a batch, or a captured request (`{"method", "url", "headers", "body"}`; the body as JSON or as text).
   * @param number the line's, from 1
   * @param call what an event that does not say so itself is, as the path that it came by says
   */
  take(text: string, number: number, call = ''): void {
    if (text.trim() === '') return
    this.tally.lines++
    this.line = number
    this.at = ''
    const value = parsed(text)
    if (isRequest(value)) this.takeRequest(value)
    else this.takeBody(value, text, { call, context: NOTHING, bytes: sizeOf(text) })
  }

  report(): LintReport {
    const inventory = this.profile === 'stream' ? this.inventory.lines() : null
    const findings = this.groups.findings(ALL_RULES)
    return { schema: 'squall/lint@1', profile: this.profile, ...this.tally, findings, inventory }
  }

  private takeRequest({ method, url, headers, body }: JsonObject): void {
    this.tally.requests++
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? null)
    const value = typeof body === 'string' ? parsed(body) : body
    const path = pathOf(url)
    this.check(REQUEST_RULES, {
      method: String(method ?? ''),
      path,
      headers: headersOf(headers),
      body: objectOr(value),
    })
    this.at = '/body'
    const call = callOfPath(path) ?? ''
    this.takeBody(value, text, { call: call === 'batch' ? '' : call, context: NOTHING, bytes: sizeOf(text) })
  }

  private takeBody(value: unknown, text: string, around: Surroundings): void {
    if (Array.isArray(value)) this.takeBatch(value, this.at, around)
    else if (isObject(value) && Array.isArray(value.batch)) {
      this.takeBatch(value.batch, `${this.at}/batch`, { ...around, context: objectOr(value.context) })
    } else if (isObject(value)) this.takeEvent(value, around)
    else this.sayUnreadable(value === undefined ? beginningOf(text) : shown(value))
  }

  private takeBatch(elements: readonly unknown[], at: string, around: Surroundings): void {
    this.at = at
    this.check(BATCH_RULES, { count: elements.length, bytes: around.bytes })
    elements.forEach((element, i) => {
      this.at = `${at}/${i}`
      if (!isObject(element)) this.sayUnreadable(shown(element))
      else this.takeEvent(element, { ...around, bytes: this.sizeWithin(element, around) })
    })
  }

  private sizeWithin(element: JsonObject, { bytes }: Surroundings): number {
    return bytes <= SMALL_BYTES ? bytes : sizeOf(JSON.stringify(element))
  }

  private takeEvent(fields: JsonObject, { call, context, bytes }: Surroundings): void {
    this.tally.events++
    const type = typeof fields.type === 'string' ? fields.type : call
    const event: LintedEvent = {
      fields,
      type,
      context: objectOr(fields.context),
      properties: objectOr(fields.properties),
      shared: context,
      named: type === 'track' ? this.named(fields.event) : undefined,
      bytes,
    }
    this.check(this.eventRules, event)
    if (this.profile === 'stream') this.inventory.add(event)
  }

  /** Names come again and again, unless they carry ids: then slips among them are not looked for. */
  private named(name: unknown): NamedEvent | undefined {
    if (typeof name !== 'string' || name === '') return undefined
    const known = this.names.get(name)
    if (known !== undefined) return known
    const isNew = this.names.size < NAMES_KEPT
    const named = namedEvent(name, isNew)
    if (isNew) this.names.set(name, named)
    return named
  }

  private check<Subject>(rules: readonly Rule<Subject>[], subject: Subject): void {
    for (const rule of rules) {
      this.rule = rule
      rule.check(subject, this.say)
    }
  }

  private sayUnreadable(detail: string): void {
    this.tally.malformed++
    this.rule = UNREADABLE
    this.say('', detail)
  }

  private readonly say: Say = (pointer, detail = '') => {
    const severity = this.rule.severity[this.profile]
    if (severity === null) return
    this.tally[severity === 'error' ? 'errors' : 'warnings']++
    this.groups.add(this.rule.id, this.line, this.at + pointer, detail)
  }
}

/** Bytes in UTF-8, or an upper bound that no limit minds. */
function sizeOf(text: string): number {
  const most = text.length * 3
  return most <= SMALL_BYTES ? most : utf8Length(text)
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRequest(value: unknown): value is JsonObject {
  return isObject(value) && 'body' in value && ('url' in value || 'headers' in value) && !('type' in value)
}

function headersOf(headers: unknown): Map<string, string> {
  return new Map(Object.entries(objectOr(headers)).map(([name, value]) => [name.toLowerCase(), String(value)]))
}

function pathOf(url: unknown): string {
  return typeof url === 'string' ? url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/, '') : ''
}

function beginningOf(text: string): string {
  const begin = text.trimStart().slice(0, 40)
  return begin === '' ? 'nothing' : begin
}
