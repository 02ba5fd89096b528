/** Phones as the mobile libraries describe them. */
export interface PhoneKind {
  readonly manufacturer: string
  readonly model: string
  readonly name: string
  readonly osVersion: string
  readonly screen: object
  /** Android's only. */
  readonly build: string
}

export const IPHONES: readonly PhoneKind[] = [
  iphone('iPhone17,1', '26.1', 874, 402),
  iphone('iPhone16,2', '26.0.1', 932, 430),
  iphone('iPhone15,4', '18.7.2', 852, 393),
  iphone('iPhone14,5', '18.6.2', 844, 390),
  iphone('iPhone14,6', '17.7.2', 667, 375),
]

export const ANDROIDS: readonly PhoneKind[] = [
  android('Google', 'Pixel 9', 'tokay', '16', 'BP3A.250905.014', 2.625, 2424, 1080),
  android('Google', 'Pixel 7a', 'lynx', '15', 'AP4A.250205.002', 2.625, 2400, 1080),
  android('samsung', 'SM-S921B', 'e1s', '15', 'AP3A.240905.015.A2', 3, 2340, 1080),
  android('samsung', 'SM-A546B', 'a54x', '14', 'UP1A.231005.007', 2.8125, 2340, 1080),
  android('Xiaomi', '23117RA68G', 'sapphire', '14', 'UKQ1.231003.002', 2.75, 2400, 1080),
  android('motorola', 'moto g54 5G', 'cancunf', '14', 'U1TDS34.94-12-7', 2.75, 2400, 1080),
]

function iphone(model: string, osVersion: string, height: number, width: number): PhoneKind {
  return { manufacturer: 'Apple', model, name: 'iPhone', osVersion, screen: { height, width }, build: '' }
}

function android(
  manufacturer: string,
  model: string,
  name: string,
  osVersion: string,
  build: string,
  density: number,
  height: number,
  width: number,
): PhoneKind {
  return { manufacturer, model, name, osVersion, screen: { density, height, width }, build }
}
