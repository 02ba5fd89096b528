// k6's part, as a first script would have it: one constant body again and again, nothing signed, all defaults.
import http from 'k6/http'

const body = open(__ENV.BENCH_TEMPLATE)
const params = { headers: { 'content-type': 'application/json' } }

export const options = { vus: Number(__ENV.BENCH_CONNECTIONS), duration: `${__ENV.BENCH_SECONDS}s` }

export default function () {
  http.post(__ENV.BENCH_URL, body, params)
}
