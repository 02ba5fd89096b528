export { EXIT } from '../model/exit-code.ts'

/** For `--help`. */
export const EXIT_CODES_HELP = `Exit codes:
  0  every verdict asked for passes       5  target unreachable, nothing was sent
  1  a verdict fails                      6  this machine broke something (disk full, …)
  2  wrong use, nothing was sent         70  a bug of squall
  3  inconclusive: a verdict is unknown 130  stopped by Ctrl-C (143: by SIGTERM), after
  4  refused for safety                      draining and judging`
