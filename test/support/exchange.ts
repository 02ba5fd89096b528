import { type Agent, request } from 'node:http'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Sends a request, over a connection of its own unless an agent is given. @throws what the socket says when there is no answer */
export function exchange(
  url: string,
  {
    method = 'GET',
    body,
    headers = {},
    agent,
  }: { method?: string; body?: string | Buffer; headers?: Record<string, string>; agent?: Agent } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: agent ?? false }, (response) => {
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
export async function linesOf(url: string, path: 'receipts' | 'state'): Promise<Record<string, unknown>[]> {
  const { body } = await exchange(`${url}${path}`)
  return body.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
}
