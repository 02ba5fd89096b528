// autocannon's part: an id of its own and an HMAC-SHA1 in each request, through autocannon's API. `node autocannon-sender.mjs URL SECONDS`
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { argv, env } from 'node:process'
import autocannon from 'autocannon'

const [url, seconds] = argv.slice(2)
const template = readFileSync(env.BENCH_TEMPLATE)
const idEndAt = Number(env.BENCH_ID_AT) + 36
const headers = { accept: '*/*', 'content-type': 'application/json', 'user-agent': 'Segment.io/1.0' }
let count = 0

await autocannon({
  url,
  connections: Number(env.BENCH_CONNECTIONS),
  duration: Number(seconds),
  timeout: Number(seconds),
  requests: [{ method: 'POST', headers, setupRequest }],
})

function setupRequest(request) {
  const body = Buffer.from(template)
  const digits = String(++count)
  body.write(digits, idEndAt - digits.length, 'latin1')
  const signature = createHmac('sha1', env.BENCH_SECRET).update(body).digest('hex')
  return { ...request, body, headers: { ...headers, 'x-signature': signature } }
}
