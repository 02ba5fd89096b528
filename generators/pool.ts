/** Things of one kind by their place: an array, or what makes each of them when it is asked for. */
export interface Pool<Item> {
  readonly length: number
  at(place: number): Item | undefined
  map<Other>(make: (item: Item) => Other): Pool<Other>
}
