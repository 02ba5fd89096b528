import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { BundleError, bundleFile, bundleScript } from '../../src/adapters/k6/bundle-script.ts'

const folder = mkdtempSync(join(tmpdir(), 'squall-bundle-'))
afterAll(() => rmSync(folder, { recursive: true }))

function entry(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('the script for k6', () => {
  it('is one module that imports nothing but k6, with events as texts', async () => {
    const script = await bundleScript('subscription')
    const imported = [...script.matchAll(/^import .*? from "(.*?)";$/gm)].map(([, name]) => name!)
    expect(imported.length).toBeGreaterThan(0)
    expect(imported.filter((name) => !/^k6(\/|$)/.test(name))).toEqual([])
    expect(script).toContain('// scenarios/k6/text/byte-writer.ts')
    expect(script).not.toContain('// generators/byte-writer.ts')
    expect(script).not.toContain('faker')
  })

  it('is the same each time', async () => {
    expect(await bundleScript('subscription')).toBe(await bundleScript('subscription'))
  })

  it('keeps private members as they are, and has no loops that wait: k6 parses the one and not the other', async () => {
    const path = entry(
      'classes.ts',
      'export class A { #n = 1; async sum(of: AsyncIterable<number>) { for await (const n of of) this.#n += n } }',
    )
    const script = await bundleFile(path)
    expect(script).toContain('#n = 1')
    expect(script).not.toMatch(/for await/)
  })

  it('says in one line what is wrong with it, and where', async () => {
    const trouble = (text: string) => bundleFile(entry('broken.ts', text)).catch((error: unknown) => error)
    const missing = await trouble("import { a } from './nowhere.ts'\nconsole.log(a)")
    expect(missing).toBeInstanceOf(BundleError)
    expect(String(missing)).toMatch(/cannot be made: .*broken\.ts:1:19: Could not resolve "\.\/nowhere\.ts"$/)
    expect(String(await trouble('const = 1'))).toMatch(/broken\.ts:1:7: Expected identifier but found "="$/)
  })
})
