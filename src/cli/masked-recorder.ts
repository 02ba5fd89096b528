import type { Recorder } from '../model/recorder.ts'
import type { SecretMask } from './secret-mask.ts'

/** Keeps a run's secrets out of its record, should the endpoint say them back. */
export function maskedRecorder(recorder: Recorder, mask: SecretMask): Recorder {
  return {
    record(observation) {
      const tells = observation.kind === 'answer'
      recorder.record(tells ? { ...observation, text: mask.text(observation.text) } : observation)
    },
    flush: () => recorder.flush(),
  }
}
