import type { Call, Members } from '../calls/call.ts'
import { drawn, fixed, nested, oneOf } from '../calls/properties.ts'
import { track } from '../calls/track.ts'

/** What the mobile libraries and attribution services send over an application's life. */
export const APP_VERSION = '5.12.0'
export const APP_BUILD = '05120'

const version: Members = fixed({ version: APP_VERSION, build: APP_BUILD })

const installCampaign: Members = nested(
  'campaign',
  drawn('install campaign', [
    { source: 'network.example', name: 'spring-install', medium: 'cpi', content: 'video_15s' },
    { source: 'search.example', name: 'brand-kw', medium: 'cpc', content: 'text_2' },
  ]),
  oneOf('ad_creative', ['Red Socks', 'Piñata loop']),
  oneOf('ad_group', ['Pan shoppers', '0815']),
)

const pushCampaign: Members = nested(
  'campaign',
  drawn('push campaign', [
    { source: 'crm', name: 'win-back-07', medium: 'Push', content: 'Your cart misses you 🛒' },
    { source: 'crm', name: 'back-in-stock', medium: 'Push', content: 'It is here again' },
  ]),
)

const link: Members = drawn('deep link', [
  { provider: 'Links Example', url: 'shop://p/0042?ref=friend' },
  { provider: 'Links Example', url: 'https://links.example/open?target=cart' },
])

export const applicationInstalled: Call = track('Application Installed', version)
export const applicationOpened: Call = track('Application Opened', fixed({ from_background: false }), version)
export const applicationBackgrounded: Call = track('Application Backgrounded')
export const applicationForegrounded: Call = track('Application Foregrounded')
export const applicationUninstalled: Call = track('Application Uninstalled')
export const applicationCrashed: Call = track('Application Crashed')
export const applicationUpdated: Call = track(
  'Application Updated',
  fixed({ previous_version: '5.11.3', previous_build: '05113' }),
  version,
)
export const openedByLink: Call = track(
  'Application Opened',
  fixed({ from_background: true, url: 'shop://p/0042?ref=friend', referring_application: 'com.example.messenger' }),
  version,
)
export const installAttributed: Call = track(
  'Install Attributed',
  fixed({ provider: 'Attribution Example' }),
  installCampaign,
)
export const pushReceived: Call = track('Push Notification Received', pushCampaign)
export const pushTapped: Call = track('Push Notification Tapped', oneOf('action', ['Accept', 'Open']), pushCampaign)
export const pushBounced: Call = track('Push Notification Bounced', fixed({ action: 'Open' }), pushCampaign)
export const deepLinkClicked: Call = track('Deep Link Clicked', link)
export const deepLinkOpened: Call = track('Deep Link Opened', link)
