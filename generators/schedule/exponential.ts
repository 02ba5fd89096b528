/**
 * An exponential draw with mean 1 from 32 random bits: −ln((bits + 1)/2^32), from 0 to 22.2. The logarithm is made of doublings
 * and a power series, because that of `Math` differs between engines in its last digits.
 */
export function exponential(bits: number): number {
  let fraction = (bits + 1) / 4294967296
  let doublings = 0
  while (fraction < 1) {
    fraction *= 2
    doublings++
  }
  return doublings * LN_2 - logOf(fraction)
}

/** No draw is larger. */
export const EXPONENTIAL_MAX: number = 22.2

const LN_2 = logOf(2)

/** ln x for x from 1 to 2, to 12 digits: twice the area tangent of (x − 1)/(x + 1). */
function logOf(x: number): number {
  const z = (x - 1) / (x + 1)
  const zz = z * z
  let sum = 0
  for (let k = 23; k > 0; k -= 2) sum = sum * zz + 1 / k
  return 2 * z * sum
}
