import type { Faker } from '@faker-js/faker'
import { ownFaker } from './own-faker.ts'
import { REGIONS, type Region } from './regions.ts'
import { slugOf } from './slug.ts'
import { AREA_CODES } from './words.ts'

/** `…Fields` are members of a JSON object without its braces. */
export interface CorpusPerson {
  readonly traitFields: string
  readonly namesFields: string
  /** `first_name` and the like, as the B2B events call them. */
  readonly signUpFields: string
  readonly createdAtMs: number
  /** What the person's e-mail address begins with. */
  readonly mailName: string
  /** A number kept for fiction. */
  readonly phone: string
  readonly locale: string
  readonly timezone: string
}

export function makePeople(seed: number, count: number, referenceDate: string): CorpusPerson[] {
  const homes = REGIONS.flatMap((region, i) => {
    const faker = ownFaker(region.definition, [seed, i], referenceDate)
    return Array.from({ length: region.weight }, () => ({ region, faker }))
  })
  return Array.from({ length: count }, (_, i) => {
    const { region, faker } = homes[(i * HOME_STRIDE) % homes.length]!
    return makePerson(faker, region)
  })
}

function makePerson(faker: Faker, region: Region): CorpusPerson {
  const firstName = faker.person.firstName()
  const lastName = faker.person.lastName()
  const title = faker.person.jobTitle()
  const name = region.familyNameFirst ? `${lastName} ${firstName}` : `${firstName} ${lastName}`
  const birthday = faker.date.birthdate({ mode: 'age', min: 18, max: 79 }).toISOString().slice(0, 10)
  const address = makeAddress(faker, region)
  return {
    traitFields: fieldsOf({ firstName, lastName, name, birthday, title, address }),
    namesFields: fieldsOf({ firstName, lastName }),
    signUpFields: fieldsOf({ first_name: firstName, last_name: lastName, title }),
    createdAtMs: faker.date.past({ years: 4 }).getTime(),
    mailName: mailNameOf(faker, firstName, lastName),
    phone: `+1-${faker.helpers.arrayElement(AREA_CODES)}-555-01${faker.string.numeric(2)}`,
    locale: region.locale,
    timezone: faker.helpers.arrayElement(region.timezones),
  }
}

function makeAddress(faker: Faker, region: Region): object {
  return {
    street: faker.location.streetAddress(),
    city: faker.location.city(),
    state: region.states ? faker.location.state() : null,
    postalCode: faker.helpers.replaceSymbols(region.postalCode),
    country: region.country,
  }
}

function mailNameOf(faker: Faker, firstName: string, lastName: string): string {
  const latin = slugOf(`${firstName} ${lastName}`)
  const name = latin.length >= 3 ? latin : slugOf(`${faker.animal.petName()} ${faker.string.numeric(3)}`)
  return name.slice(0, 18).replace(/-+$/, '').replaceAll('-', '.')
}

/** The members of an object's JSON without its braces. */
export function fieldsOf(value: object): string {
  return JSON.stringify(value).slice(1, -1)
}

/** Without a common divisor with the sum of the regions' weights, so that neighbours in the pool live in different regions. */
const HOME_STRIDE = 8
