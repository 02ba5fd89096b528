import { describe, expect, test } from 'vitest'
import { systemDigest } from '../../src/adapters/system-world.ts'
import { prepare } from '../../src/run.ts'
import { parseScenario } from '../../src/scenario/parse.ts'
import { written } from '../support/scenarios.ts'

/** A scenario with one template. */
const withTemplate = (template: object): unknown => written({ people: 5, templates: [template] })
const withProperty = (value: unknown): unknown => withTemplate({ event: 'Own', properties: { x: value } })

describe('a template that cannot be is met with its field, what is wrong and how to mend it', () => {
  test.each<[what: string, scenario: unknown, complaint: string]>([
    ['no event', withTemplate({ properties: {} }), 'templates[0]: a track call has an event; give event'],
    ['an unknown field', withTemplate({ evnt: 'Own' }), 'there is no field "evnt" here; did you mean "event"?'],
    ['an unknown type', withTemplate({ type: 'trak' }), 'did you mean "track"?'],
    [
      'an event of a page',
      withTemplate({ type: 'page', name: 'P', event: 'x' }),
      'templates[0].event: belongs to a track',
    ],
    ['a page without name', withTemplate({ type: 'page' }), 'a page call has a name; give name'],
    [
      'traits of a track call',
      withTemplate({ event: 'Own', traits: {} }),
      'templates[0].traits: belongs to identify or',
    ],
    ['properties of a group call', withTemplate({ type: 'group', properties: {} }), 'give traits'],
    [
      'a back end that knows nobody',
      withTemplate({ event: 'O', client: 'server', user: 'anonymous' }),
      'templates[0].user',
    ],
    [
      'an unknown name',
      withProperty('{{person.emial}}'),
      'templates[0].properties.x: there is no {{person.emial}}; did you mean {{person.email}}?',
    ],
    ['a name without its kind', withProperty('{{email}}'), 'did you mean {{person.email}}?'],
    [
      'a name deep inside',
      withProperty([{ y: '{{prodct.id}}' }]),
      'templates[0].properties.x[0].y: there is no {{prodct.id}}; did you mean {{product.id}}?',
    ],
    ['a name that is not closed', withProperty('{{person.email'), 'opens or closes a name only'],
    [
      'a range that is none',
      withProperty({ between: '10..1' }),
      'templates[0].properties.x.between: "10..1" is no range',
    ],
    ['a choice of nothing', withProperty({ oneOf: [] }), 'write a list of values'],
    ['too few weights', withProperty({ oneOf: [1, 2], weights: [1] }), 'write 2 whole numbers'],
    ['something beside a choice', withProperty({ oneOf: [1], wieghts: [1] }), 'did you mean it?'],
    ['one_of', withProperty({ one_of: [1] }), 'templates[0].properties.x.one_of: did you mean "oneOf"?'],
    ['no journey and no template', written({ mix: {} }), 'mix: write a mix by its name'],
  ])('%s', (_, scenario, complaint) => {
    expect(() => parseScenario(scenario)).toThrow(complaint)
  })
})

describe('a template that could speak of somebody real is refused before anything is sent', () => {
  test.each<[value: unknown, place: string, address: string]>([
    ['{{person.firstName}}@gmail.com', 'templates[0].properties.x', '@gmail.com'],
    ['{{person.email}}.evil.com', 'templates[0].properties.x', '@example.com.evil.com'],
    [{ oneOf: ['fine', 'https://acme.com/'] }, 'templates[0].properties.x.oneOf[1]', 'acme.com'],
    [{ ip: '8.8.8.8' }, 'templates[0].properties.x.ip', '8.8.8.8'],
    [{ phones: [{ phone: '+1 415 867 5309' }] }, 'templates[0].properties.x.phones[0].phone', '+1 415 867 5309'],
  ])('%j', (value, place, address) => {
    const scenario = parseScenario(withProperty(value))
    expect(() => prepare(scenario, systemDigest)).toThrow(`${place}: ${JSON.stringify(address)} could be somebody's`)
  })

  test('in its name too', () => {
    const scenario = parseScenario(withTemplate({ event: 'Mailed to ann@acme.com' }))
    expect(() => prepare(scenario, systemDigest)).toThrow('templates[0]: "@acme.com" could be')
  })

  test('and what is nobody’s is not', () => {
    const fine = {
      oneOf: ['{{person.email}}', 'https://{{person.firstName}}.example/', 'ann@example.org', '{{person.phone}}'],
    }
    expect(() => prepare(parseScenario(withProperty(fine)), systemDigest)).not.toThrow()
  })
})

test('what templates say is part of the plan, and so of its hash', () => {
  const hashOf = (value: unknown): string => prepare(parseScenario(withProperty(value)), systemDigest).planHash
  expect(hashOf('a')).toBe(hashOf('a'))
  expect(hashOf('a')).not.toBe(hashOf('b'))
})
