import { hashText } from '../model/hash.ts'

/** 64 bits of a text, in hex: enough to tell texts of one run apart, no protection against anybody. */
export function textDigest(text: string): string {
  return hex(hashText(0x51a11, text)) + hex(hashText(0x0ddba11, text))
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0')
}
