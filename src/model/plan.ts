import type { Envelope } from './message.ts'
import type { Mix } from './mix.ts'
import type { StreamPlan } from './stream.ts'
import type { TemplatePlan } from './template.ts'

/**
 * A Plan is a Scenario fully decided: numbers with units, nothing optional. Its hash names the traffic: two runs with one hash may
 * be compared. What differs from run to run stands in the RunHeader.
 */
export interface Plan {
  readonly format: 1
  /** The scenario's name, as the author or the preset gave it. */
  readonly scenario: string
  /** Chance begins here; a whole number below 2^32. */
  readonly seed: number
  readonly generator: GeneratorIdentity
  readonly profile: ProfileName
  /** How many independent streams of deliveries there are; message index mod `lanes` says whose a message is. */
  readonly lanes: number
  readonly traffic: TrafficPlan
  readonly phases: readonly PhasePlan[]
  /** The index in `phases` of the main one: `--rate`, `--duration` and `--events` set it, and the warm-up is its beginning. */
  readonly mainPhase: number
  /** Deliveries due in the first so many milliseconds of the main phase are delivered, counted and audited, but not timed. */
  readonly warmUpMs: number
  readonly delivery: DeliveryPlan
  readonly retry: RetryPlan
  /** Exactly where the profile is `stream`. */
  readonly stream?: StreamPlan
}

/**
 * How deliveries look on the wire: a Segment subscription · the classic webhook, which may sign · the Actions webhook, which may sign and batch ·
 * a Stream partner's calls to Segment's HTTP Tracking API.
 */
export type ProfileName = 'subscription' | 'webhook' | 'actions' | 'stream'

/** What made the events: with another identity their bytes cannot be made again. */
export interface GeneratorIdentity {
  readonly version: string
  /** SHA-256, hex, of the corpus as text. */
  readonly corpusDigest: string
}

export interface TrafficPlan {
  /** Which journeys there are, and how often. */
  readonly mix: Mix
  /** Events of the author's own among them. Absent: none. */
  readonly templates?: readonly TemplatePlan[]
  /** How many people the corpus holds. */
  readonly people: number
  /** The same messages are sent once in each namespace; no identifier is shared between two. 1 unless order is in question. */
  readonly namespaces: number
  /** Whose traffic each namespace is. Absent: one customer's, in as many as there are. */
  readonly customers?: CustomersPlan
  /** The phases in which the messages happened, where those of the plan only send them again. */
  readonly timeline?: readonly PhasePlan[]
}

/**
 * The receiver's customers whose traffic a run is: each sends the same visits by people of its own, and so is a namespace. The lists are
 * in the namespaces' order.
 */
export interface CustomersPlan {
  readonly names: readonly string[]
  /** The key of each: as written, or the name of the secret's place (`env:NAME`, `file:PATH`). */
  readonly keys: readonly string[]
  /** What each has set up at the receiver beside its key, as JSON text. */
  readonly settings: readonly string[]
  /** The same message of two customers has one messageId, and is two messages all the same. */
  readonly collide: boolean
}

/** Consecutive messages of one phase. `first` and `count` leave the namespace out. */
export interface MessageRange {
  readonly first: number
  readonly count: number
}

export interface PhasePlan {
  readonly name: string
  /** From the run's start. */
  readonly startMs: number
  readonly durationMs: number
  /** The rate of first copies; duplicates come on top of it. */
  readonly pace: PacePlan
  /** Messages that this phase is the first to send. */
  readonly messages: MessageRange
  /** Messages of an earlier phase that this one sends again, after its own. `count` 0: none. */
  readonly again: MessageRange
  /** `replay`: the envelope is that of Segment's replays (`integrations` rewritten); each such copy counts as `replay`. */
  readonly envelope: Envelope
  /** 0: an event happens when it is due. Else the events happened evenly over so many milliseconds before the run's start. */
  readonly historyMs: number
  readonly copies: CopyPlan
  /** A copy is delivered up to so many milliseconds after its moment, drawn per message: neighbours change places. */
  readonly shuffleMs: number
  /** What a sound receiver does with each message of the phase. */
  readonly expects: Expectation
  /** Whose key the phase's deliveries show. */
  readonly credentials: ShownCredentials
  /** What stands for a signature where the plan's deliveries are signed. */
  readonly signature: ShownSignature
  readonly flaws: FlawPlan
  /** The customers who send it, by their places. Absent: all. */
  readonly customers?: readonly number[]
}

/** It takes it, it refuses it with a 4xx and stores nothing, or it does either as it likes. */
export type Expectation = 'accepted' | 'refused' | 'either'

/** The customer's own · one that nobody was given · none · one that was the customer's and is so no more. */
export type ShownCredentials = 'own' | 'wrong' | 'missing' | 'expired'

export type ShownSignature = 'right' | 'wrong' | 'missing'

/** Deliberate oddities of a share of the phase's messages; each such message has one of them. */
export interface FlawPlan {
  readonly names: readonly string[]
  readonly share: number
}

/** What a phase has that is not about refusals or oddities. */
export const ORDINARY: Pick<PhasePlan, 'expects' | 'credentials' | 'signature' | 'flaws'> = {
  expects: 'accepted',
  credentials: 'own',
  signature: 'right',
  flaws: { names: [], share: 0 },
}

/** Whether a sound receiver refuses what the phase sends, or may. */
export function isRefusedPhase({ phases }: Pick<Plan, 'phases'>, phase: number): boolean {
  return (phases[phase]?.expects ?? 'accepted') !== 'accepted'
}

/** How often a message comes more than once, as shares of the phase's messages. A message has at most one extra copy a phase. */
export interface CopyPlan {
  /** Delivered again after a lag. */
  readonly duplicateShare: number
  /** Mean of the exponential lag. */
  readonly lagMeanMs: number
  /** Delivered twice at the same moment, on two connections. */
  readonly racingShare: number
}

/** A curve of due moments: straight pieces of rate, one after the other, filling the phase. */
export interface PacePlan {
  /** `poisson`: moments are drawn as a Poisson process would have them within a cell of each lane; counts stay exact. */
  readonly arrivals: 'even' | 'poisson'
  readonly pieces: readonly PacePiece[]
}

export interface PacePiece {
  /** From the phase's start. */
  readonly fromMs: number
  readonly toMs: number
  /** First copies per second at the piece's beginning and at its end. */
  readonly fromPerSecond: number
  readonly toPerSecond: number
}

export interface DeliveryPlan {
  /** From dispatch to the last byte of the answer's head and body; after that the attempt is a timeout. */
  readonly timeoutMs: number
  /** Attempts under way at once, at most. What is due beyond it waits as an index. */
  readonly inFlightMax: number
  /** Connections, used in rotation. */
  readonly connections: number
  /** Once behind, at most so many attempts start per second until nothing is overdue. */
  readonly catchUpPerSecond: number
  /** So many attempts start in any second at most, retries and catching up included. 0: no such ceiling. */
  readonly attemptsPerSecondMax: number
  /** Under a ceiling attempts start one by one, and not all at a second's beginning. Missing: as they are due. */
  readonly evenlyPaced?: true
  /** After the last due moment a run waits so long for retries; what is left is abandoned. */
  readonly drainMs: number
  /** Of so many attempts squall closes the connection once the request has left, so that a retry follows what was stored. Missing: of none. */
  readonly lostAnswerShare?: number
  /** Requests on a connection of our own to a null server, before the first due moment. 0: none. */
  readonly warmRequests: number
  readonly method: 'POST' | 'PUT' | 'PATCH'
  /** Messages in a request's JSON array, at most; 0: a request is one message, bare. */
  readonly batchSize: number
  /** Extra request headers, name and value in turn, as written: a secret is the name of its place (`env:NAME`, `file:PATH`). */
  readonly headers: readonly string[]
}

/** How many messages a full delivery carries. */
export function messagesPerDelivery({ delivery }: { readonly delivery: Pick<DeliveryPlan, 'batchSize'> }): number {
  return delivery.batchSize || 1
}

export interface RetryPlan {
  readonly policy: 'segment' | 'library' | 'none'
  /** Whose policy it is, where it is a library's. */
  readonly library?: string
  /** Retries after the first attempt. */
  readonly retriesMax: number
  /** Nominal delay before the first retry; each next one is `growth` times as long. */
  readonly firstDelayMs: number
  /** Missing: 2. */
  readonly growth?: number
  /** No delay is longer, its jitter included. Missing: no bound. */
  readonly delayMaxMs?: number
  /** The first retry is made at once, and only the second after the first delay. */
  readonly firstAtOnce?: true
  /** By how much of itself a delay is changed at random. */
  readonly jitter: number
  /** Where the draw lies: in [1 − jitter, 1 + jitter] (missing), in [1, 1 + jitter], or in [1 − jitter, 1]. */
  readonly jitterShape?: 'above' | 'below'
  /** A retry that would fall later than this after the first attempt is made at this moment. */
  readonly windowMs: number
  /** Delays are divided by it; the window then counts delays alone. */
  readonly timeScale: number
  readonly retryAfter: 'ignore' | 'honour'
  /** So long is waited for at most, whatever is asked for. Missing: no bound. */
  readonly retryAfterMaxS?: number
  /** On what answers a Retry-After is waited out alone, without a delay of our own and without using up a retry. Missing: on none. */
  readonly retryAfterIsFree?: 'on-429' | 'always'
  /** Retries of that kind on top of the others, at most. */
  readonly freeRetriesMax?: number
  /** X-RateLimit-Reset of a 429, in seconds, stands in where there is no Retry-After. */
  readonly rateLimitReset?: 'honour'
  /** The header in which a retry says the how-manieth it is. Missing: it does not say so. */
  readonly countHeader?: string
  /** What a status means, by exact status (`"503"`) or class (`"5xx"`); the exact one wins. */
  readonly statuses: Readonly<Record<string, StatusMeaning>>
}

/** How often a delivery is attempted at most. */
export function attemptsMax({ retriesMax, freeRetriesMax = 0 }: RetryPlan): number {
  return 1 + retriesMax + freeRetriesMax
}

export type StatusMeaning = 'accept' | 'retry' | 'reject'
