import type { Report } from '../../model/report.ts'
import { html, type Markup, shortened } from './markup.ts'
import { section } from './section.ts'

/** How it was measured, on what, and how to do it again. */
export function methodSection(report: Report): Markup {
  const { run } = report
  return section(
    'method',
    'Method',
    html`<h3>Again</h3>
<dl class="commands">${commands(report).map(
      ([what, command]) => html`<div><dt>${what}</dt><dd class="command"><pre tabindex="0">${command}</pre></dd></div>`,
    )}</dl>
<h3>This run</h3>
<dl class="facts wide">${facts(report).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
<div class="whole"><dt>plan</dt><dd><code>${shortened(run.planHash, 64)}</code></dd></div></dl>
<h3>What the words mean</h3>
<dl class="words">${WORDS.map(([word, meaning]) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`)}</dl>`,
  )
}

function commands({ run, target }: Report): (readonly [string, string])[] {
  const again = `squall run ${shellWord(run.scenario)} --seed ${run.seed} --target ${shellWord(target.url)}`
  return [
    ['The same traffic, with the other flags that it was given; without --target against an embedded receiver', again],
    ['This report, from the ledger beside it', 'squall report .'],
    ['The verdicts, against receipts that came later', 'squall audit . --receipts SOURCE'],
  ]
}

function shellWord(text: string): string {
  const short = shortened(text, 200)
  return /^[\w@%+=:,./-]+$/.test(short) ? short : `'${short.replaceAll("'", `'\\''`)}'`
}

function facts({ run, environment }: Report): (readonly [string, string])[] {
  const { squall, runtime, platform, cpus, memoryMb } = environment
  return [
    ['scenario, profile', `${shortened(run.scenario, 80)}, ${shortened(run.profile, 40)}`],
    ['seed', String(run.seed)],
    ['started', run.startedAt],
    ['ended', run.endedAt],
    ['exit code', String(run.exitCode)],
    ['engine', `${run.engine.name} ${shortened(run.engine.version, 40)}`],
    ['squall', shortened(squall, 40)],
    ['runtime', shortened(runtime, 100)],
    ['machine', `${shortened(platform, 100)}, ${cpus} CPUs, ${memoryMb} MB`],
  ]
}

const WORDS: readonly (readonly [string, string])[] = [
  ['due', 'the moment at which the plan wanted a request to leave, whatever the endpoint was doing'],
  ['accepted', 'answered with a status that ends the delivery well'],
  ['rejected', 'answered with a status that ends retries'],
  ['exhausted', 'no retries left, and nothing can have been stored'],
  ['ambiguous', 'it may have been stored, and nothing said so; such a message is neither lost nor delivered'],
  ['abandoned', 'squall stopped with retries left'],
  ['pump lag', 'a slot was free and squall was late: its own doing, and only that makes timing doubtful'],
  ['a bound at 95 %', 'were the true ratio higher, 95 of 100 runs like this one would have shown more'],
]
