import type { Call } from '../calls/call.ts'
import { track } from '../calls/track.ts'
import { fragmentOf } from '../utf8.ts'

/** What the mobile libraries send by themselves over an application's life. */
export const APP_VERSION = '5.12.0'
export const APP_BUILD = '05120'

const versionAndBuild = fragmentOf(`"version":"${APP_VERSION}","build":"${APP_BUILD}"`)
const opened = fragmentOf(`"from_background":false,"version":"${APP_VERSION}","build":"${APP_BUILD}"`)

export const applicationInstalled: Call = track('Application Installed', (writer) => writer.put(versionAndBuild))
export const applicationOpened: Call = track('Application Opened', (writer) => writer.put(opened))
export const applicationBackgrounded: Call = track('Application Backgrounded')
