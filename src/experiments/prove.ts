/** `squall prove`: what a partner should be able to say of their endpoint, each shown or refuted by runs of its own. */
export type { Need } from './prove/need.ts'
export { type PlayedStep, readinessOf } from './prove/readiness-of.ts'
export { planSuite, replayPerSecond, type SuitePlan, type SuiteStep } from './prove/suite-plan.ts'
