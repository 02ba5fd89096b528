/**
 * Looks in an event for an address that could be somebody's: an e-mail or web address outside the reserved names, an IP address outside the
 * documentation networks, a phone number that is not kept for fiction. The corpus has none; what others write into events may.
 * @param text an event as JSON without spaces between its parts; bytes taken for Latin-1 will do
 * @returns the first such address; undefined for an event that speaks of nobody
 */
export function realAddressIn(text: string): string | undefined {
  for (const kind of ADDRESSES) {
    for (let at = text.indexOf(kind.begins); at >= 0; at = text.indexOf(kind.begins, at + 1)) {
      kind.pattern.lastIndex = at
      const address = kind.pattern.exec(text)?.[1]
      if (address !== undefined && address !== '' && !kind.isNobodys(address)) return address
    }
  }
  return undefined
}

/** How one kind of address shows itself. */
interface AddressKind {
  /** Where it may stand: quickly found. */
  readonly begins: string
  /** From there on; its first group is the address. */
  readonly pattern: RegExp
  isNobodys(address: string): boolean
}

const RESERVED = /(?:^|[.@])(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$/i
/** 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32, and what never leaves a machine or a house. */
const NOBODYS_IP =
  /^(?:192\.0\.2|198\.51\.100|203\.0\.113|127\.\d+\.\d+|10\.\d+\.\d+|192\.168\.\d+)\.\d+$|^(?:2001:db8:|::1$|f[cd][0-9a-f]{2}:|fe80:)/i
/** By country code: the North American 555-01xx, and what the authorities of Britain, France and Australia keep for films. */
const FICTION = /^(?:1?[2-9]\d\d55501\d\d|44(?:7700900|2079460|1632960)\d{3}|33(?:19900|63998)\d{4}|61491570\d{3})$/
const EXTENSION = /(?:;ext=|\s*x\s*|\s*ext\.?\s*)\d+$/i

const ADDRESSES: readonly AddressKind[] = [
  {
    begins: '@',
    pattern: /(@[\w\x80-\uffff-]+(?:\.[\w\x80-\uffff-]+)+)/y,
    isNobodys: (domain) => RESERVED.test(domain),
  },
  { begins: 'http', pattern: /https?:\/\/(?:[^/"?#\s@\\]*@)?([^/"?#:\s\\]+)/y, isNobodys: isNobodysHost },
  { begins: 'ip":"', pattern: /(?<=["_])ip":"([^"]*)"/y, isNobodys: isNobodysIp },
  { begins: 'hone":"', pattern: /hone":"([^"]*)"/y, isNobodys: isFiction },
  { begins: '+', pattern: /(?<=")(\+\d[\d ().-]{6,}[^"]*)"/y, isNobodys: isFiction },
]

function isNobodysHost(host: string): boolean {
  return RESERVED.test(host) || NOBODYS_IP.test(host)
}

/** One address, or several with commas. */
function isNobodysIp(addresses: string): boolean {
  return addresses.split(',').every((one) => NOBODYS_IP.test(one.trim()))
}

function isFiction(phone: string): boolean {
  return FICTION.test(phone.replace(EXTENSION, '').replaceAll(/\D/g, ''))
}
