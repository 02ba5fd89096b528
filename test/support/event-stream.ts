import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'

export interface StreamedMessage {
  readonly id: string
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the other side says
  readonly data: any
}

/** Server-sent events, read as slowly as somebody asks for them. */
export class EventStream {
  readonly #response: IncomingMessage
  readonly #blocks: AsyncIterator<string>

  private constructor(response: IncomingMessage) {
    this.#response = response
    this.#blocks = blocksOf(response)
  }

  static async open(url: string, lastId?: string): Promise<EventStream> {
    const headers = lastId === undefined ? {} : { 'last-event-id': lastId }
    const [response] = await once(get(url, { headers, agent: false }), 'response')
    return new EventStream(response)
  }

  /** @throws when the stream has ended */
  async next(): Promise<StreamedMessage> {
    const { value, done } = await this.#blocks.next()
    if (done === true) throw new Error('the stream has ended')
    const fields = new Map(value.split('\n').map((line: string) => line.split(/: (.*)/s, 2)) as [string, string][])
    return { id: fields.get('id') ?? '', event: fields.get('event') ?? '', data: JSON.parse(fields.get('data')!) }
  }

  /** The numbers of the events that are told until so many are, and how many were missed before or among them. */
  async until(
    count: number,
  ): Promise<{ readonly numbers: number[]; readonly missed: number; readonly lastId: string }> {
    const numbers: number[] = []
    let missed = 0
    let lastId = ''
    while (numbers.length < count) {
      const { id, data } = await this.next()
      numbers.push(...data.events.map(({ number }: { number: number }) => number))
      missed += data.missed
      lastId = id
    }
    return { numbers, missed, lastId }
  }

  close(): void {
    this.#response.destroy()
  }
}

async function* blocksOf(response: IncomingMessage): AsyncGenerator<string, void, undefined> {
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) {
    const blocks = (text + chunk).split('\n\n')
    text = blocks.pop()!
    yield* blocks
  }
}
