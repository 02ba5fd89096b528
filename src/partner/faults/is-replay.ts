import { isObject } from '../event-form.ts'
import { type IncomingEvent, partOf } from '../incoming-event.ts'

/** Replays put the sender's own choice of receivers in place of the original one: `{"All": false, "Name": true}`. */
export function isReplay(event: IncomingEvent): boolean {
  const integrations = partOf(event, 'integrations')
  return isObject(integrations) && integrations.All === false && Object.values(integrations).includes(true)
}
