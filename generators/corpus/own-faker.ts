import type { Faker, LocaleDefinition } from '@faker-js/faker'
import { faker as en } from '@faker-js/faker/locale/en'

/**
 * A Faker that nobody else seeds. The package gives out its class only together with the data of all languages, which takes three
 * times as long to load and stays in memory; so the class is taken from an instance.
 */
export function ownFaker(definition: LocaleDefinition, seed: readonly number[], referenceDate: string): Faker {
  const faker = new OwnFaker({ locale: definition })
  faker.seed([...seed])
  faker.setDefaultRefDate(referenceDate)
  return faker
}

const OwnFaker = en.constructor as new (options: { locale: LocaleDefinition }) => Faker
