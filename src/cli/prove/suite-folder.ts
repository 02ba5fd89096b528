import { join } from 'node:path'
import { reportAssets } from '../../adapters/report-assets.ts'
import type { SuitePlan } from '../../experiments/prove.ts'
import { type Readiness, type RequestOfExperiment, readinessHtml, readinessMarkdown } from '../../index.ts'
import { recordOf, requestOf } from '../judge-run.ts'
import { existingRunFolder, type RunFolder } from '../run-folder.ts'

/** What a suite does, beside its runs' own folders: written before anything is sent, and again as it goes on. */
export function writeExperiment(
  folder: RunFolder,
  id: string,
  { steps, notTested }: SuitePlan,
  played: Readonly<Record<string, string>>,
): void {
  const runs = steps.map(({ experiment, events, deliveries, seconds }) => ({
    id: experiment.id,
    folder: experiment.id,
    run: played[experiment.id] ?? null,
    planned: { events, deliveries, seconds },
  }))
  const content = { schema: 'squall/experiment@1', kind: 'prove', id, runs, notTested }
  folder.write('experiment.json', `${JSON.stringify(content, null, 2)}\n`)
}

/** The document, in its three forms. */
export function writeReadiness(folder: RunFolder, readiness: Readiness): void {
  const again = requestsOf(folder.path, readiness)
  folder.write('readiness.json', `${JSON.stringify(readiness, null, 2)}\n`)
  folder.write('readiness.html', readinessHtml(readiness, reportAssets(), again))
  folder.write('readiness.md', readinessMarkdown(readiness, again))
}

/** Requests are made again from the ledgers, and only of experiments that something failed in. */
function requestsOf(path: string, { experiments }: Readiness): RequestOfExperiment {
  const requests = new Map<string, ReturnType<typeof requestOf>>()
  return (experiment, messageId) => {
    const played = experiments.find(({ id }) => id === experiment)
    if (played === undefined || played.run === null) return undefined
    const known = requests.get(experiment) ?? requestOf(recordOf(existingRunFolder(join(path, played.folder))))
    requests.set(experiment, known)
    return known?.(messageId)
  }
}
