import type { Report } from '../../src/model/report.ts'

/** Some places show a short text in another way than a long one; from so many characters on all are long. */
export const LONG = 40

const ATTACKS: readonly string[] = [
  '<script>window.hacked=1</script>',
  '<img src=x onerror="window.hacked=1">',
  '<svg onload="window.hacked=1">',
  '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
  '<iframe src="http://127.0.0.1:9/frame"></iframe>',
  '<link rel="stylesheet" href="http://127.0.0.1:9/a.css">',
  '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
  '<base href="http://127.0.0.1:9/">',
  '<style>@import "http://127.0.0.1:9/b.css"; body{display:none}</style>',
  '<body onload="alert(1)">',
  '<details open ontoggle="alert(1)">',
  '<input autofocus onfocus="alert(1)">',
  '<a href="javascript:alert(1)">x</a>',
  '<object data="http://127.0.0.1:9/o"></object>',
  '<form action="http://127.0.0.1:9/"><button>x</button></form>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '$\u007balert(1)} {{constructor.constructor("alert(1)")()}}',
  'javascript:alert(1)//"onmouseover="alert(1)',
  '__proto__\u2028\u2029\u0000\u202ealert(1)\ud800',
]

const BREAKOUTS: readonly ((attack: string) => string)[] = [
  (attack) => attack,
  (attack) => `">${attack}`,
  (attack) => `'>${attack}`,
  (attack) => `</script></title></style>${attack}`,
  (attack) => `<!--<script>--></textarea>${attack}`,
]

/** A hundred texts that would do something in a page that takes them for more than text. */
export const HOSTILE_TEXTS: readonly string[] = ATTACKS.flatMap((attack) =>
  BREAKOUTS.map((breakout) => breakout(attack)),
)

/** What an endpoint, a scenario or a file edited by hand decides, with this text in every place of it. */
export function withText(report: Report, text: string): Report {
  return {
    ...report,
    run: {
      ...report.run,
      id: text,
      planHash: text,
      scenario: text,
      profile: text,
      engine: { name: 'node', version: text },
    },
    target: { url: text },
    statuses: { [text]: 1 },
    connections: { ...report.connections, httpVersion: text, tls: text },
    generator: { ...report.generator, timing: 'doubtful', reasons: [text] },
    verdicts: (['fail', 'unknown', 'pass'] as const).map((status) => ({
      id: text,
      title: text,
      status,
      claim: text,
      fix: `${status} ${text}`,
      evidence: { [text]: text, list: [text], rows: [{ messageId: text, [text]: text, deep: { [text]: text } }] },
    })),
    notTested: [{ id: text, reason: text }],
    phases: report.phases.map((phase) => ({ ...phase, name: text })),
    series: report.series.map((row) => ({ ...row, phase: text })),
    environment: { squall: text, runtime: text, platform: text, cpus: 1, memoryMb: 1 },
    notes: [{ atS: 1, text }],
    answers: [{ atS: 1, messageId: text, attempt: 1, class: '4xx', status: 400, text }],
  }
}
