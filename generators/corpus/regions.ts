import type { LocaleDefinition } from '@faker-js/faker'
import { faker as de } from '@faker-js/faker/locale/de'
import { faker as en } from '@faker-js/faker/locale/en'
import { faker as es } from '@faker-js/faker/locale/es'
import { faker as fr } from '@faker-js/faker/locale/fr'
import { faker as ja } from '@faker-js/faker/locale/ja'
import { faker as pl } from '@faker-js/faker/locale/pl'
import { faker as pt } from '@faker-js/faker/locale/pt_BR'
import { faker as sv } from '@faker-js/faker/locale/sv'

/** Where the corpus's people live: what their language, their names and their browsers go by. */
export interface Region {
  readonly definition: LocaleDefinition
  readonly locale: string
  readonly country: string
  readonly timezones: readonly string[]
  /** With `#` for a digit. */
  readonly postalCode: string
  /** Whether addresses name a state. */
  readonly states: boolean
  readonly familyNameFirst: boolean
  /** How many of the people live here, relative to the other regions. */
  readonly weight: number
}

export const REGIONS: readonly Region[] = [
  region(
    en.rawDefinitions,
    'en-US',
    'United States',
    ['America/New_York', 'America/Chicago', 'America/Los_Angeles'],
    '#####',
    true,
    9,
  ),
  region(de.rawDefinitions, 'de-DE', 'Deutschland', ['Europe/Berlin'], '#####', true, 3),
  region(fr.rawDefinitions, 'fr-FR', 'France', ['Europe/Paris'], '#####', false, 2),
  region(es.rawDefinitions, 'es-ES', 'España', ['Europe/Madrid'], '#####', true, 2),
  region(ja.rawDefinitions, 'ja-JP', '日本', ['Asia/Tokyo'], '###-####', true, 2),
  region(sv.rawDefinitions, 'sv-SE', 'Sverige', ['Europe/Stockholm'], '#####', false, 1),
  region(pt.rawDefinitions, 'pt-BR', 'Brasil', ['America/Sao_Paulo'], '#####-###', true, 1),
  region(pl.rawDefinitions, 'pl-PL', 'Polska', ['Europe/Warsaw'], '##-###', true, 1),
]

function region(
  definition: LocaleDefinition,
  locale: string,
  country: string,
  timezones: readonly string[],
  postalCode: string,
  states: boolean,
  weight: number,
): Region {
  return { definition, locale, country, timezones, postalCode, states, familyNameFirst: locale === 'ja-JP', weight }
}
