import { GO_SETTINGS } from './go-settings.ts'

/** What the page says that lies in a bundle. */
export interface BundleReadmeFacts {
  /** Of the TestRun, the ConfigMap and the Secret. */
  readonly name: string
  /** File name of what k6 runs. */
  readonly script: string
  readonly scenario: string
  readonly target: string
  readonly startsAt: string
  readonly runners: number
  readonly planHash: string
  readonly seed: number
  readonly people: number
  /** Names of environment variables that hold secrets. */
  readonly secrets: readonly string[]
}

/** Deliveries of which a runner's log holds the lines, where a node keeps 10 MiB of it. */
const LOGGED = 90_000

/** How the bundle is run, with the operator and without, and how its result is collected. */
export function bundleReadme(facts: BundleReadmeFacts): string {
  return [heading(facts), onCluster(facts), byHand(facts), result(facts), NOTES].join('\n')
}

function heading({ name, scenario, target, startsAt, runners, planHash }: BundleReadmeFacts): string {
  return `# ${name}

Scenario \`${scenario}\` for ${runners} runners against ${target}.
Plan ${planHash}. All runners begin at **${startsAt}**; one that comes later than that refuses to
play. Export again, or with another \`--starts-in\`, when that moment has passed.
`
}

function onCluster({ name, script, secrets }: BundleReadmeFacts): string {
  const literals = secrets.map((key) => ` --from-literal=${key}="$${key}"`).join('')
  const secret = secrets.length === 0 ? '' : `kubectl create secret generic ${name}${literals}\n`
  return `## On a cluster

With Grafana's k6 operator 1.6 or later:

\`\`\`sh
kubectl create configmap ${name} --from-file=${script} --from-file=assignment.json --from-file=make-corpus.mjs
${secret}kubectl apply -f test-run.yaml
kubectl wait --for=jsonpath='{.status.stage}'=finished testrun/${name} --timeout=2h
mkdir -p parts
for pod in $(kubectl get pods -l k6_cr=${name},runner=true -o name); do kubectl logs "$pod" -c k6 > "parts/$(basename "$pod").log"; done
\`\`\`

\`test-run.yaml\` keeps to the TestRun of API \`k6.io/v1alpha1\`; it was checked against that schema, not on a cluster.
`
}

const GO = Object.entries(GO_SETTINGS)
  .map(([name, value]) => `${name}=${value}`)
  .join(' ')

function byHand({ script, runners, seed, people, secrets }: BundleReadmeFacts): string {
  const set = secrets.length === 0 ? '' : `, with ${secrets.join(', ')} set`
  return `## On any machines

On machine G of ${runners}, counted from 0${set}. \`SEGMENT\` is its share of the run, such as \`${segmentOf(0, runners)}\` for machine 0:

\`\`\`sh
node make-corpus.mjs ${seed} ${people} corpus.json
SQUALL_ASSIGNMENT="$PWD/assignment.json" SQUALL_CORPUS="$PWD/corpus.json" ${GO} \\
  k6 run --quiet --no-thresholds --summary-mode=disabled --no-usage-report --log-format=raw --console-output=part-G.log \\
  --execution-segment=SEGMENT --execution-segment-sequence=${sequenceOf(runners)} ${script}
\`\`\`
`
}

function result({ name }: BundleReadmeFacts): string {
  return `## The result

\`\`\`sh
squall merge parts/*.log --out reports/${name}
squall audit reports/${name} --receipts SOURCE
\`\`\`

Nothing is averaged: all attempts are counted as if one process had made them.
`
}

const NOTES = `## To know

- A node keeps about 10 MiB of a container's log, the lines of some ${LOGGED} deliveries. For more of them per runner, mount a volume and
  let \`--console-output\` write there.
- Clocks of the runners are theirs: keep them by NTP. What a runner was late counts as its own lag.
- Nobody can stop the runners from here: delete the TestRun to end them. Each stops by itself when half of a minute's attempts fail.
`

/** Machine g's share of the run, as k6 takes it. */
export function segmentOf(g: number, runners: number): string {
  return `${fraction(g, runners)}:${fraction(g + 1, runners)}`
}

export function sequenceOf(runners: number): string {
  return Array.from({ length: runners + 1 }, (_, g) => fraction(g, runners)).join(',')
}

function fraction(g: number, runners: number): string {
  if (g === 0 || g === runners) return g === 0 ? '0' : '1'
  return `${g}/${runners}`
}
