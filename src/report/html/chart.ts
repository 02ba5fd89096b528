/** A picture of numbers over one axis: drawn once as still SVG, and again by the page's script where one can explore it. */
export interface Chart {
  readonly id: string
  readonly title: string
  /** What to look for. */
  readonly hint: string
  readonly x: { readonly kind: 'time' | 'percentile'; readonly values: readonly number[] }
  /** Of the upward axis. */
  readonly scale: 'linear' | 'log'
  readonly series: readonly ChartSeries[]
  /** Stacked series lie on one another in their order. */
  readonly stacked: boolean
  readonly bands: readonly Band[]
  readonly marks: readonly Mark[]
}

export interface ChartSeries {
  readonly name: string
  /** One for each x; null: nothing is known there. */
  readonly values: readonly (number | null)[]
  readonly tone: Tone
}

/** How a series looks; each has a colour of its own in either theme, and a dash of its own beside it. */
export type Tone = 'plain' | 'main' | 'good' | 'warn' | 'bad' | 'odd'

/** A stretch of the x axis with a name. */
export interface Band {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** A moment with a number, explained below the picture. */
export interface Mark {
  readonly at: number
  readonly label: string
}

/** In which row each band stands, so that none covers another. */
export function bandRows(bands: readonly Band[]): number[] {
  const ends: number[] = []
  return bands.map(({ from, to }) => {
    const free = ends.findIndex((end) => end <= from)
    const row = free === -1 ? ends.length : free
    ends[row] = to
    return row
  })
}

/** What lies below each series where they are stacked: sums from the first one up. */
export function stackedValues({ series, stacked }: Chart): (number | null)[][] {
  if (!stacked) return series.map(({ values }) => [...values])
  let below: number[] = []
  return series.map(({ values }) => {
    below = values.map((value, i) => (below[i] ?? 0) + (value ?? 0))
    return below
  })
}
