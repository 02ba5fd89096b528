/** How much happens in each hour of a day, relative to the busiest: people sleep, and are there in the evening. */
export const DAY_COURSE: readonly number[] = [
  0.3, 0.2, 0.14, 0.1, 0.1, 0.14, 0.24, 0.38, 0.5, 0.58, 0.62, 0.66, 0.7, 0.68, 0.64, 0.64, 0.68, 0.74, 0.82, 0.92, 1,
  0.96, 0.76, 0.5,
]
