import { once } from 'node:events'

/** What made a served endpoint stop: a signal, or the end of the process that had spawned it. */
export type StopReason = 'SIGTERM' | 'SIGINT' | 'disconnect'

/** Resolves when it is time to stop. A second signal ends the process at once. */
export async function stopReason(): Promise<StopReason> {
  const settled = new AbortController()
  const told = async (reason: StopReason): Promise<StopReason> => {
    await once(process, reason, { signal: settled.signal })
    return reason
  }
  try {
    return await Promise.race([told('SIGTERM'), told('SIGINT'), told('disconnect')])
  } finally {
    settled.abort()
  }
}
