import { masked } from '../../adapters/receipts/masked.ts'

/** Of these each run of a suite has its own. */
const LEFT_OUT: readonly string[] = ['--plan', '--json', '--quiet', '--no-color']

/**
 * The command that repeats a suite, as words of a shell; credentials in it are starred out.
 * @param args what stood after `prove`
 */
export function suiteCommand(args: readonly string[], seed: number): string {
  const kept = args.filter((arg, i) => !LEFT_OUT.includes(arg) && !/^--out(=|$)/.test(arg) && args[i - 1] !== '--out')
  const seeded = kept.some((arg) => /^--seed(=|$)/.test(arg)) ? kept : [...kept, '--seed', String(seed)]
  return ['squall', 'prove', ...seeded.map((arg) => word(masked(arg)))].join(' ')
}

function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
