import * as byteWriter from '../../generators/byte-writer.ts'
import * as utf8 from '../../generators/utf8.ts'
import * as textWriter from '../../scenarios/k6/text/byte-writer.ts'
import * as textJsonArray from '../../scenarios/k6/text/json-array.ts'
import * as textUtf8 from '../../scenarios/k6/text/utf8.ts'
import * as jsonArray from '../../src/delivery/json-array.ts'

type Modules = typeof byteWriter & typeof utf8 & typeof jsonArray

/** The modules that know what an event is made of, as they are in one of the engines. */
export interface WritingSide {
  readonly name: string
  readonly modules: Modules
  /** What leaves the engine. */
  utf8Of(fragment: utf8.Fragment): Buffer
}

// Here the compiler complains when a module of bytes and its twin no longer have the same names and parameters.
const twins: OfText<Modules> = { ...textWriter, ...textUtf8, ...textJsonArray }
type Strays = Exclude<keyof textWriter.ByteWriter, keyof byteWriter.ByteWriter>
const strays: Record<Strays, never> = {}

export const WRITING_SIDES: readonly WritingSide[] = [
  {
    name: 'as bytes',
    modules: { ...byteWriter, ...utf8, ...jsonArray },
    utf8Of: (fragment) => Buffer.from(fragment),
  },
  {
    name: 'as text',
    // Passed off as the originals, as the bundler does it.
    modules: { ...twins, ...strays } as unknown as Modules,
    utf8Of: (fragment) => Buffer.from(fragment as unknown as string, 'utf8'),
  },
]

/** What modules of bytes are in k6: a text wherever there are bytes. */
type OfText<Module> = { readonly [Name in keyof Module]: AsText<Module[Name]> }

type AsText<Part> = Part extends Uint8Array
  ? string
  : Part extends readonly Uint8Array[]
    ? readonly string[]
    : Part extends new (
          ...given: infer Given
        ) => infer Made
      ? new (
          ...given: Given
        ) => OfText<Made>
      : Part extends (...given: infer Given) => infer Made
        ? (...given: { [Place in keyof Given]: AsText<Given[Place]> }) => AsText<Made>
        : Part
