type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array
type NumbersOf = new (length: number) => Numbers

/** Numbers in a page: so few that a short run, which has a page of each column in every lane, hardly notices. */
const PAGE = 1024

/** Numbers by place, each 0 until it is set. Grows by pages, and one that would hold nothing but zeros takes no room. */
export class SparseColumn {
  readonly #make: NumbersOf
  readonly #pages: (Numbers | undefined)[] = []

  /** @param make the array that holds each number exactly */
  constructor(make: NumbersOf) {
    this.#make = make
  }

  at(place: number): number {
    return this.#pages[Math.floor(place / PAGE)]?.[place % PAGE] ?? 0
  }

  set(place: number, value: number): void {
    const page = Math.floor(place / PAGE)
    if (value === 0 && this.#pages[page] === undefined) return
    this.#pages[page] ??= new this.#make(PAGE)
    this.#pages[page][place % PAGE] = value
  }
}
