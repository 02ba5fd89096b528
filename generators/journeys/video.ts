import type { Call, Members } from '../calls/call.ts'
import { all, drawn, fixed, json, uuid, whole } from '../calls/properties.ts'
import { track } from '../calls/track.ts'
import { drawNamed } from '../draws.ts'
import { jsonFragment } from '../utf8.ts'
import type { Visit } from '../visit/visit.ts'
import { appJourney, type Journey, webJourney } from './journey.ts'

/** Positions are seconds: those of the content leave the advertisement before it out, those of the playback count it. */

const AD_SECONDS = 15
const LENGTHS = [95, 150, 240]
const CLIP = 'clip'
const WEB_PLAYER = jsonFragment('html5')
const NATIVE_PLAYER = jsonFragment('native')

const session: Members = uuid('session_id', 'playback')

const clip: Members = drawn(
  CLIP,
  ['Sharpen a knife', 'Crêpes, comme en Bretagne', '庭の手入れ'].map((title, i) => ({
    asset_id: `00${i + 1}`,
    pod_id: `00${i + 1}-A`,
    title,
    description: `How to: ${title}`,
    keywords: ['how-to', 'home'],
    season: '2',
    episode: `0${i + 4}`,
    genre: 'Education',
    program: 'At home',
    publisher: 'Example Studio',
    channel: 'shop-tv',
    full_episode: true,
    livestream: false,
    airdate: '2025-11-03T18:00:00.000Z',
    bitrate: 2400,
    framerate: 29.97,
    total_length: LENGTHS[i],
  })),
)

const contentAssets: Members = drawn(
  CLIP,
  LENGTHS.map((_, i) => ({ content_asset_id: `00${i + 1}`, content_pod_id: `00${i + 1}-A` })),
)
/** No advertisement is on while the content plays. */
const assets: Members = all(contentAssets, fixed({ ad_asset_id: null, ad_pod_id: null, ad_type: null }))
const assetLists: Members = drawn(
  CLIP,
  LENGTHS.map((_, i) => ({
    content_asset_ids: [`00${i + 1}`],
    content_pod_ids: [`00${i + 1}-A`],
    ad_asset_id: ['ad-099'],
    ad_pod_id: ['ad-099-A'],
    ad_type: ['pre-roll'],
  })),
)

const player: Members = all(
  whole('total_length', (visit) => lengthOf(visit) + AD_SECONDS),
  fixed({ bitrate: 2400, framerate: 29.97 }),
  json('video_player', ({ client }) => (client.isMobile ? NATIVE_PLAYER : WEB_PLAYER)),
  fixed({ sound: 88, full_screen: false }),
  fixed({ ad_enabled: true, quality: 'hd1080', livestream: false }),
)

const advert: Members = fixed({
  asset_id: 'ad-099',
  pod_id: 'ad-099-A',
  pod_position: 1,
  pod_length: 1,
  type: 'pre-roll',
  title: 'Café weeks',
  publisher: 'Example Studio',
  total_length: AD_SECONDS,
  load_type: 'dynamic',
  content: { asset_id: '001', program: 'At home' },
})

const end = (visit: Visit): number => lengthOf(visit)
const at =
  (seconds: number): Seconds =>
  () =>
    seconds

const playbackStarted = track('Video Playback Started', session, assetLists, fixed({ position: 0 }), player)
const playback = (event: string, content: Seconds, ...more: readonly Members[]): Call =>
  track(
    `Video Playback ${event}`,
    session,
    assets,
    position((visit) => content(visit) + AD_SECONDS),
    player,
    ...more,
  )
const content = (event: string, seconds: Seconds): Call =>
  track(`Video Content ${event}`, session, clip, position(seconds))
const ad = (event: string, seconds: number, ...more: readonly Members[]): Call =>
  track(`Video Ad ${event}`, session, advert, fixed({ position: seconds }), ...more)

const qualityUpdated = track(
  'Video Quality Updated',
  fixed({ bitrate: 4800, framerate: 29.97, startupTime: 1.37, droppedFrames: 3 }),
)

/** An advertisement, then the whole of a clip: a heartbeat every ten seconds, a pause, and a jump forward. */
export const watching: Journey = webJourney({ known: true, returns: true }, [
  ['videos', playbackStarted],
  ['videos', ad('Started', 0)],
  ['videos', ad('Playing', 10, fixed({ quartile: 2 }))],
  ['videos', ad('Completed', AD_SECONDS)],
  ['videos', content('Started', at(0))],
  ['videos', content('Playing', at(10))],
  ['videos', playback('Buffer Started', at(12))],
  ['videos', playback('Buffer Completed', at(12))],
  ['videos', qualityUpdated],
  ['videos', content('Playing', at(20))],
  ['videos', playback('Paused', at(27))],
  ['videos', playback('Resumed', at(27))],
  ['videos', content('Playing', at(27))],
  ['videos', playback('Seek Started', at(33), fixed({ seek_position: 75 + AD_SECONDS }))],
  ['videos', playback('Seek Completed', at(75))],
  ['videos', content('Playing', at(85))],
  ['videos', content('Completed', end)],
  ['videos', playback('Completed', end)],
])

/** On the phone: the advertisement is tapped and skipped, a call comes in, and the viewer leaves. */
export const watchingOnPhone: Journey = appJourney('mobile', { known: true, returns: true }, [
  playbackStarted,
  ad('Started', 0),
  ad('Clicked', 3),
  ad('Skipped', 5),
  content('Started', at(0)),
  content('Playing', at(10)),
  playback('Interrupted', at(14), fixed({ method: 'call' })),
  playback('Exited', at(14)),
])

type Seconds = (visit: Visit) => number

function position(seconds: Seconds): Members {
  return whole('position', seconds)
}

function lengthOf({ draws }: Visit): number {
  return draws.oneOfVisit(CLIP_DRAW, LENGTHS)
}

const CLIP_DRAW = drawNamed(CLIP)
