import { k6Digest } from '../../scenarios/k6/k6-digest.ts'
import { type EngineTasks, engineDigests } from './engine-digests.ts'

/** Bundled for k6, and run there: says the digests of the tasks that stand in the file of `TASKS`. */
const tasks: EngineTasks = JSON.parse(open(__ENV.TASKS!))

export default function (): void {
  console.log(engineDigests(tasks, k6Digest).join('\n'))
}
