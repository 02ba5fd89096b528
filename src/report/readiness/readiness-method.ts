import type { Readiness } from '../../model/readiness.ts'
import { html, type Markup, shortened } from '../html/markup.ts'
import { section } from '../html/section.ts'

/** How it was found out, and how to do it again. */
export function readinessMethod(readiness: Readiness): Markup {
  return section(
    'method',
    'Method',
    html`<h3>Again</h3>
<dl class="commands"><div><dt>The same suite, to the byte of its traffic</dt><dd class="command"><pre tabindex="0">${shortened(readiness.suite.command, 2000)}</pre></dd></div></dl>
<h3>This suite</h3>
<dl class="facts wide">${facts(readiness).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<h3>What the words mean</h3>
<dl class="words">${WORDS.map(([word, meaning]) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`)}</dl>`,
  )
}

function facts({ suite, receipts, environment }: Readiness): (readonly [string, string])[] {
  const { squall, runtime, platform, cpus, memoryMb } = environment
  return [
    ['suite', shortened(suite.id, 40)],
    ['seed', String(suite.seed)],
    ['started', suite.startedAt],
    ['ended', suite.endedAt],
    ['store read at', receipts === '' ? 'nowhere: no --receipts' : shortened(receipts, 200)],
    ['exit code', String(suite.exitCode)],
    ['squall', shortened(squall, 40)],
    ['runtime', shortened(runtime, 100)],
    ['machine', `${shortened(platform, 100)}, ${cpus} CPUs, ${memoryMb} MB`],
  ]
}

const WORDS: readonly (readonly [string, string])[] = [
  ['yes', 'every experiment that shows it was played, and none of its verdicts fails or is unknown'],
  ['no', 'a verdict fails in at least one experiment'],
  ['unknown', 'it could not be decided: what cannot be known is no yes'],
  ['a bound at 95 %', 'were the true ratio higher, 95 of 100 runs like this one would have shown more'],
  [
    'longest span',
    'the copies of one message that lay furthest apart and were stored once: no more than that is claimed',
  ],
  ['oldest timestamp', 'the oldest event that was taken, kept and rightly dated: nothing older was tried'],
]
