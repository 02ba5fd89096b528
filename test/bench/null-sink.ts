// A process of its own that reads every request whole and answers 204, until its stdin ends. Prints its URL.
import { startNullServer } from '../../src/adapters/null-server.ts'

const server = await startNullServer()
process.stdout.write(`${server.url}\n`)
process.stdin.resume().on('end', () => void server.close())
