/** A whole number in groups of three: 12 000. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ' ')
}

/** A number of things, in words: "1 event", "12 000 events". */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`
}
