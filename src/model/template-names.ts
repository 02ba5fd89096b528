/** What `{{…}}` in a template may name, with an example of what then stands there. */
export const TEMPLATE_NAMES = {
  'person.userId': 'sq_run_0a1b2c3d4',
  'person.anonymousId': '0e2c6a5e-3b0f-4d1c-9a55-5d0c6f1a2b3c',
  'person.groupId': 'sq_run_org_0a1b2c3d4e',
  'person.email': 'ana.silva@example.com',
  'person.phone': '+1-212-555-0100;ext=1',
  'person.firstName': 'Ana',
  'person.lastName': 'Silva',
  'person.name': 'Ana Silva',
  'person.title': 'Engineer',
  'person.birthday': '1990-02-28',
  'person.city': 'Berlin',
  'person.country': 'Germany',
  'person.locale': 'de-DE',
  'person.timezone': 'Europe/Berlin',
  'person.company': 'Example Inc',
  'product.id': '507f1f77bcf86cd799439011',
  'product.sku': '0012345',
  'product.name': 'Watering can',
  'product.category': 'Garden',
  'product.brand': 'Example',
  'product.variant': 'green',
  'product.price': 12.5,
  'order.id': 'SQ-run-0A1B2C3D4E',
  'cart.id': '0e2c6a5e-3b0f-4d1c-9a55-5d0c6f1a2b3c',
  'shop.name': 'Example & Søn',
  'shop.currency': 'EUR',
  'coupon.code': 'SPRING',
  'search.query': 'tea',
  'event.uuid': '0e2c6a5e-3b0f-4d1c-9a55-5d0c6f1a2b3c',
  'event.date': '2026-01-31',
  'event.time': '2026-01-31T12:00:00.000Z',
} as const

export type TemplateName = keyof typeof TEMPLATE_NAMES

export function isTemplateName(name: string): name is TemplateName {
  return Object.hasOwn(TEMPLATE_NAMES, name)
}
