/** Lower-case ASCII letters and digits in words joined by hyphens; what has no Latin base letter is left out. */
export function slugOf(text: string): string {
  const latin = [...text].map((letter) => SPELT_OUT[letter] ?? letter).join('')
  const bare = latin.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return bare.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
}

/** Letters that have no base letter to fall back to. */
const SPELT_OUT: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', æ: 'ae', Æ: 'Ae' }
