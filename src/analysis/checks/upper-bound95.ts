/**
 * Exact upper 95 % bound (Clopper and Pearson, one-sided) of a probability of which `hits` cases were seen in `trials` independent
 * ones. With no hit it is 1 − 0.05^(1/n), about 3/n. Null without trials.
 */
export function upperBound95(hits: number, trials: number): number | null {
  if (trials === 0) return null
  if (hits >= trials) return 1
  if (hits === 0) return -Math.expm1(Math.log(0.05) / trials)
  let low = hits / trials
  let high = 1
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (atMostProbability(hits, trials, middle) > 0.05) low = middle
    else high = middle
  }
  return high
}

/** P(X ≤ hits) of a binomial X, for p above hits/trials: the terms fall from the last one down, so few of them matter. */
function atMostProbability(hits: number, trials: number, p: number): number {
  let term = 1
  let sum = 1
  for (let k = hits; k > 0 && term > sum * 1e-16; k--) {
    term *= (k * (1 - p)) / ((trials - k + 1) * p)
    sum += term
  }
  const logChoose = logFactorial(trials) - logFactorial(hits) - logFactorial(trials - hits)
  return sum * Math.exp(logChoose + hits * Math.log(p) + (trials - hits) * Math.log1p(-p))
}

/** Stirling's series; below 20 the product itself. */
function logFactorial(n: number): number {
  if (n >= 20) return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3)
  let product = 1
  for (let i = 2; i <= n; i++) product *= i
  return Math.log(product)
}
