/**
 * What the k6 operator takes as a TestRun (API `k6.io/v1alpha1`, operator 1.6), as far as bundles use it: nothing else may stand there. The
 * types are those of its published custom resource definition.
 */
const named = (properties: object, required: readonly string[] = ['name']): object => ({
  type: 'object',
  properties: { name: { type: 'string' }, ...properties },
  required,
  additionalProperties: false,
})

const text = { type: 'string' }
const listOf = (items: object): object => ({ type: 'array', items })
const only = (properties: object, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

const mounts = listOf(named({ mountPath: text }, ['name', 'mountPath']))
const secretKey = only({ secretKeyRef: named({ key: text }, ['key']) })

export const TEST_RUN_SCHEMA: object = only(
  {
    apiVersion: { const: 'k6.io/v1alpha1' },
    kind: { const: 'TestRun' },
    metadata: named({}),
    spec: only(
      {
        parallelism: { type: 'integer', minimum: 1 },
        separate: { type: 'boolean' },
        arguments: text,
        script: only({ configMap: named({ file: text }) }),
        initializer: only({ disabled: { type: 'boolean' } }),
        runner: only({
          image: text,
          env: listOf(named({ value: text, valueFrom: secretKey })),
          initContainers: listOf(only({ image: text, command: listOf(text), volumeMounts: mounts })),
          volumes: listOf(named({ configMap: named({}), emptyDir: { type: 'object' } })),
          volumeMounts: mounts,
        }),
      },
      ['script', 'parallelism'],
    ),
  },
  ['apiVersion', 'kind', 'spec'],
)
