import { type Agent, request } from 'node:http'
import { request as secureRequest } from 'node:https'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface Exchange {
  readonly method?: string
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  readonly agent?: Agent
  /** Whom to trust over https. */
  readonly ca?: string
}

/** Sends a request, over a connection of its own unless an agent is given. @throws what the socket says when there is no answer */
export function exchange(
  url: string,
  { method = 'GET', body, headers = {}, agent, ca }: Exchange = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const start = url.startsWith('https:') ? secureRequest : request
    const sent = start(url, { method, headers, agent: agent ?? false, ...(ca && { ca }) }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The lines that `path` of a partner yields, parsed. */
export async function linesOf(
  url: string,
  path: 'receipts' | 'state',
  options: Exchange = {},
): Promise<Record<string, unknown>[]> {
  const { body } = await exchange(`${url}${path}`, options)
  return body.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}
