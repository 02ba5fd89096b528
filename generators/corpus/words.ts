/**
 * What the shop sells, by category. Some names a receiver must keep as they are: accents, other scripts, emoji, quotes. `*` stands
 * for an adjective.
 */
export const CATALOGUE: Readonly<Record<string, readonly string[]>> = {
  Kitchen: [
    '* Pan 28 cm',
    'Café Crème Set ☕',
    '* Kettle',
    'Crêpière en Fonte',
    '* Salad Bowl',
    '抹茶セット',
    '* Knife Block',
  ],
  Garden: [
    '* Watering Can',
    'Jalapeño Seed Kit 🌶️',
    '* Bird Bath',
    'Żółty Parasol',
    '* Bench',
    'Fuß-Lampe "Solar"',
    '* Hose',
  ],
  Clothing: [
    '* Scarf',
    'Größenverstellbarer Gürtel',
    '* Shirt',
    '東京 Raincoat',
    '* Gloves',
    'Béret Basque',
    '* Socks (3 × 2)',
  ],
  Home: ['* Rug', 'Fußmatte „Willkommen“', '* Table Lamp', '24" Frame "Ávila"', '* Chair', 'Smörgås Board', '* Mirror'],
  'Toys & Games': ['* Blocks', 'Piñata Grande', '* Puzzle 0500', 'Jeu de l’Oie', '* Kite', 'Mühle & Dame', '* Yo-yo'],
  Sports: [
    '* Yoga Mat',
    'Fahrrad-Schlauch 28″',
    '* Football',
    'Pétanque Set',
    '* Water Bottle',
    'すもう Towel',
    '* Backpack',
  ],
}

export const ADJECTIVES: readonly string[] = [
  'Classic',
  'Large',
  'Oak',
  'Linen',
  'Recycled',
  'Folding',
  'Bamboo',
  'Light',
]

export const VARIANTS: readonly (string | null)[] = ['Black', 'Natural', 'Größe M', 'Bleu clair', 'XL', null]

/** Coupons by code, with what they take off in percent. A code of digits alone must not become a number. */
export const COUPONS: readonly (readonly [code: string, percent: number])[] = [
  ['WELCOME10', 10],
  ['007', 7],
  ['SOMMER5', 5],
  ['0815', 15],
]

export const QUERIES: readonly string[] = [
  'rain coat',
  'café set',
  'größe m gürtel',
  '抹茶',
  'gift ideas under 50',
  'crêpière',
  '0042',
  'picture frame 24"',
  'wooden bowl',
  'piñata',
]

/** Area codes in which 555-0100 to 555-0199 are kept for fiction. */
export const AREA_CODES: readonly string[] = [
  '202',
  '206',
  '212',
  '303',
  '312',
  '404',
  '415',
  '503',
  '617',
  '702',
  '808',
  '907',
]
