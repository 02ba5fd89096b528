import { DRAW } from '../draws.ts'
import { fragmentOf } from '../utf8.ts'
import type { Call } from './call.ts'

/** The visitor's company. */
export const group: Call = {
  type: 'group',
  write(writer, visit) {
    writer.put(GROUP_ID)
    visit.visitor.writeGroupId(writer)
    writer.put(TRAITS)
    writer.put(visit.draws.oneOfUser(DRAW.company, visit.pools.companies).traits)
    writer.put(EMPLOYEES)
    writer.whole(1 + visit.draws.ofVisit(DRAW.employees, 900))
    writer.put(SPEND)
    writer.hundredths(visit.draws.ofVisit(DRAW.spend, 2_000_000))
    writer.put(CLOSING)
  },
}

const GROUP_ID = fragmentOf('},"groupId":"')
const TRAITS = fragmentOf('","traits":{')
const EMPLOYEES = fragmentOf(',"employees":')
const SPEND = fragmentOf(',"monthlySpend":')
const CLOSING = fragmentOf('}')
