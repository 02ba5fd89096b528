import type { BitSet } from './bit-set.ts'

/** A person whom the run deletes: a delivery with their delete call may have been sent. Messages by index. */
export interface Deletion {
  /** The delete call; of several the one that happened last. */
  readonly index: number
  /** Messages of the person that happened before it, in order of event time. */
  readonly earlier: readonly number[]
  /**
   * When a delete call was first acknowledged, in milliseconds after the run's start; −Infinity: before it, in a run that this one replays;
   * NaN: never.
   */
  readonly ackedAtMs: number
  /** When one of the earlier messages last left and was answered after that; NaN: none did. */
  readonly cameAgainAtMs: number
  /** The status that ended the delete call's delivery for good; 0: none did. */
  readonly refusedWith: number
}

/** Messages of deleted people, as sets over message ordinals. */
export interface ErasedMessages {
  /** All of people whose delete may have left: they may exist, and only whether they are gone is asked of them. */
  readonly all: BitSet
  /** Those that happened before a delete call which was acknowledged: no record may name their user any more. */
  readonly gone: BitSet
  /** The delete calls that were acknowledged. */
  readonly deletes: BitSet
}

/** What the receiver still shows of people who were to be gone. */
export interface ErasureFindings {
  /** Messages of theirs with a record that names them: a bit set over ordinals, and its count. */
  readonly named: string
  readonly namedCount: number
  /** Records of theirs that carry neither a userId nor a body: nobody can tell whether they name somebody. */
  readonly silent: number
  /** What the final state said. Absent: nobody asked. */
  readonly state?: ErasedStates
}

export interface ErasedStates {
  readonly location: string
  /** Empty unless the state could not be read to its end: then why, and nothing else here counts. */
  readonly unreadable: string
  /** People whom the state still knows, by their userIds. */
  readonly known: readonly string[]
}
