import { fileURLToPath } from 'node:url'

/** The program's own file, source or compiled, for processes of its own. */
export const cliEntry: string = fileURLToPath(
  import.meta.resolve('./main.ts'.replace(/ts$/, import.meta.url.slice(-2))),
)
