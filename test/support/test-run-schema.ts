/**
 * What the k6 operator takes as a TestRun (API `k6.io/v1alpha1`), by the facts of its published custom resource definition: fields, types,
 * enumerations, and what is required. Fields that a cluster would drop without a word are refused here. What only a few users of the
 * operator set (affinity, probes, security contexts …) is known by its name and its type alone.
 */
type Properties = Readonly<Record<string, object>>

const text = { type: 'string' }
const flag = { type: 'boolean' }
const whole = { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }
const anything = { type: 'object' }
const texts = { type: 'object', additionalProperties: text }
const quantity = { anyOf: [{ type: 'integer' }, text] }
/** What the API server asks of the name of an object. */
const objectName = {
  type: 'string',
  maxLength: 253,
  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
}

const listOf = (items: object): object => ({ type: 'array', items })
const only = (properties: Properties, ...required: readonly string[]): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

const files = listOf(only({ key: text, path: text, mode: whole }, 'key', 'path'))
const keyOf = only({ name: text, key: text, optional: flag }, 'key')
const env = listOf(
  only(
    {
      name: text,
      value: text,
      valueFrom: only({
        configMapKeyRef: keyOf,
        secretKeyRef: keyOf,
        fieldRef: only({ apiVersion: text, fieldPath: text }, 'fieldPath'),
        resourceFieldRef: only({ containerName: text, divisor: quantity, resource: text }, 'resource'),
      }),
    },
    'name',
  ),
)
const source = only({ name: text, optional: flag })
const envFrom = listOf(only({ prefix: text, configMapRef: source, secretRef: source }))
const volumeMounts = listOf(
  only(
    {
      ...{ name: text, mountPath: text, mountPropagation: text, readOnly: flag },
      ...{ recursiveReadOnly: text, subPath: text, subPathExpr: text },
    },
    'name',
    'mountPath',
  ),
)
const volumes = listOf(
  only(
    {
      name: text,
      configMap: only({ name: text, items: files, defaultMode: whole, optional: flag }),
      secret: only({ secretName: text, items: files, defaultMode: whole, optional: flag }),
      emptyDir: only({ medium: text, sizeLimit: quantity }),
      persistentVolumeClaim: only({ claimName: text, readOnly: flag }, 'claimName'),
    },
    'name',
  ),
)
const resources = only({
  claims: listOf(only({ name: text, request: text }, 'name')),
  limits: { type: 'object', additionalProperties: quantity },
  requests: { type: 'object', additionalProperties: quantity },
})
const initContainers = listOf(
  only({
    ...{ name: text, image: text, command: listOf(text), args: listOf(text), workingDir: text },
    ...{ env, envFrom, volumeMounts, resources, restartPolicy: text },
  }),
)

const pod = only({
  disabled: flag,
  affinity: anything,
  automountServiceAccountToken: text,
  containerSecurityContext: anything,
  env,
  envFrom,
  image: text,
  imagePullPolicy: text,
  imagePullSecrets: listOf(only({ name: text })),
  initContainers,
  livenessProbe: anything,
  metadata: only({ annotations: texts, labels: texts }),
  nodeSelector: texts,
  priorityClassName: text,
  readinessProbe: anything,
  resources,
  schedulerName: text,
  securityContext: anything,
  serviceAccountName: text,
  tolerations: listOf(anything),
  topologySpreadConstraints: listOf(anything),
  volumeMounts,
  volumes,
})

/** One of the three; of a file in a ConfigMap the name alone, as it is a key there. */
const script = {
  ...only({
    configMap: only({ name: objectName, file: { type: 'string', pattern: '^[-._a-zA-Z0-9]+$' } }, 'name'),
    volumeClaim: only({ name: objectName, file: text, readOnly: flag }, 'name'),
    localFile: text,
  }),
  minProperties: 1,
  maxProperties: 1,
}

const spec = only(
  {
    arguments: text,
    cleanup: { enum: ['post'] },
    cloud: only({ token: text, testRunId: text, stream: flag }),
    initializer: pod,
    parallelism: { ...whole, minimum: 1 },
    paused: text,
    ports: listOf(
      only({ containerPort: whole, hostIP: text, hostPort: whole, name: text, protocol: text }, 'containerPort'),
    ),
    quiet: text,
    runner: pod,
    script,
    scuttle: anything,
    separate: flag,
    starter: pod,
    testRunId: text,
    token: text,
  },
  'parallelism',
  'script',
)

export const TEST_RUN_SCHEMA: object = only(
  {
    apiVersion: { const: 'k6.io/v1alpha1' },
    kind: { const: 'TestRun' },
    metadata: only({ name: objectName, namespace: objectName, annotations: texts, labels: texts }, 'name'),
    spec,
  },
  'apiVersion',
  'kind',
  'metadata',
  'spec',
)
