import { stringify } from 'yaml'
import { GO_SETTINGS } from './go-settings.ts'

/** What a TestRun of Grafana's k6 operator is made of. */
export interface TestRunFacts {
  /** Also that of the ConfigMap and of the Secret. */
  readonly name: string
  /** File name of what k6 runs. */
  readonly script: string
  readonly runners: number
  readonly seed: number
  readonly people: number
  /** Names of environment variables that hold secrets. */
  readonly secrets: readonly string[]
  /** Of k6 that the bundle was tried with. */
  readonly k6Version: string
}

/** Where the operator mounts the ConfigMap of a script, which is where all of the bundle lies. */
const AT_RUNNER = '/test'
/** Where the init container finds it. */
const AT_MAKER = '/bundle'
const CORPUS = '/corpus'
/** Where the runner finds the corpus that its init container made. */
export const CORPUS_IN_POD: string = `${CORPUS}/corpus.json`

/**
 * A TestRun as YAML (API `k6.io/v1alpha1`, operator 1.6 or later). Each runner first makes the corpus from the seed, so that nothing larger
 * than the scripts is shipped; the initializer, which would need the corpus only to count VUs, is left out.
 */
export function testRunYaml(facts: TestRunFacts): string {
  return stringify(testRun(facts), { lineWidth: 0 })
}

function testRun({ name, script, runners, seed, people, secrets, k6Version }: TestRunFacts): object {
  return {
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: { name },
    spec: {
      parallelism: runners,
      separate: true,
      script: { configMap: { name, file: script } },
      arguments: K6_ARGUMENTS.join(' '),
      initializer: { disabled: true },
      runner: {
        image: `grafana/k6:${k6Version}`,
        env: [
          ...Object.entries(ENVIRONMENT).map(([key, value]) => ({ name: key, value })),
          ...secrets.map(fromSecret(name)),
        ],
        initContainers: [corpusMaker(seed, people)],
        volumes: [
          { name: 'bundle', configMap: { name } },
          { name: 'corpus', emptyDir: {} },
        ],
        volumeMounts: [{ name: 'corpus', mountPath: CORPUS }],
      },
    },
  }
}

/** Nothing but the run's own lines comes out of a runner. */
const K6_ARGUMENTS = [
  ...['--no-thresholds', '--summary-mode=disabled', '--no-usage-report'],
  ...['--log-output=none', '--log-format=raw', '--console-output=/dev/stdout'],
]

const ENVIRONMENT = {
  SQUALL_ASSIGNMENT: `${AT_RUNNER}/assignment.json`,
  ...GO_SETTINGS,
  K6_AUTO_EXTENSION_RESOLUTION: 'false',
}

function fromSecret(name: string): (key: string) => object {
  return (key) => ({ name: key, valueFrom: { secretKeyRef: { name, key } } })
}

function corpusMaker(seed: number, people: number): object {
  return {
    image: 'node:24-alpine',
    command: ['node', `${AT_MAKER}/make-corpus.mjs`, String(seed), String(people), CORPUS_IN_POD],
    volumeMounts: [
      { name: 'bundle', mountPath: AT_MAKER },
      { name: 'corpus', mountPath: CORPUS },
    ],
  }
}
