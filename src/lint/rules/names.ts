import { shown } from '../json.ts'
import type { NameStanding } from '../named-event.ts'
import { ERROR, type EventRule, STRICT_IN_STREAM, WARNING } from '../rule.ts'

export const NAME_RULES: readonly EventRule[] = [
  {
    id: 'rejected-name',
    severity: ERROR,
    says: 'the rules for Stream partners name this event as a ground for rejection',
    mend: 'send the Spec’s name',
    check: saying('rejected'),
  },
  {
    id: 'legacy-name',
    severity: STRICT_IN_STREAM,
    says: 'the event has an older name, or one that is the wrong way round',
    mend: 'send the Spec’s present name: some tools still take the old one, and others do not',
    check: saying('legacy'),
  },
  {
    id: 'name-spelling',
    severity: STRICT_IN_STREAM,
    says: 'the event has the Spec’s name in another spelling',
    mend: 'send the name letter by letter as in the Spec, with its capitals and spaces',
    check: saying('spelling'),
  },
  {
    id: 'near-name',
    severity: WARNING,
    says: 'the event looks like one of the Spec’s under another name',
    mend: 'if it is the same thing, send the Spec’s name, so that every destination knows it; else keep yours',
    check: saying('near'),
  },
]

function saying(standing: NameStanding): EventRule['check'] {
  return ({ named, fields }, say) => {
    if (named?.standing === standing) say('/event', `${shown(fields.event)}: the Spec’s name is "${named.rightName}"`)
  }
}
