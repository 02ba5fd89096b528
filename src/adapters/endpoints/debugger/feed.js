/** Without a word for so long the other side hangs: it says something every second. */
const SILENCE_MS = 5000

/**
 * Follows what squall tells. The browser takes up a broken connection by itself, from where it was.
 * @param told is given each message
 * @param standing is told how it is: `live`, `silent`, `lost` (it will be tried again), `full`, `ended` (nobody will answer here)
 */
export function follow(told, standing) {
  const source = new EventSource(`/debugger/events${location.search}`)
  let silence
  let isFull = false
  source.addEventListener('told', ({ data }) => {
    isFull = false
    clearTimeout(silence)
    silence = setTimeout(standing, SILENCE_MS, 'silent')
    standing('live')
    told(JSON.parse(data))
  })
  source.addEventListener('full', () => {
    isFull = true
  })
  source.addEventListener('error', () => {
    clearTimeout(silence)
    if (source.readyState === EventSource.CLOSED) standing('ended')
    else standing(isFull ? 'full' : 'lost')
  })
}
