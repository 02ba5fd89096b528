/** Browsers as their requests describe them: the user agent and, where the browser tells them, its client hints. */
export interface BrowserKind {
  readonly userAgent: string
  readonly userAgentData: object | null
}

export const BROWSERS: readonly BrowserKind[] = [
  chromium('Windows NT 10.0; Win64; x64', 'Windows', 'Google Chrome', '143', ''),
  chromium('Windows NT 10.0; Win64; x64', 'Windows', 'Google Chrome', '142', ''),
  chromium('Windows NT 10.0; Win64; x64', 'Windows', 'Microsoft Edge', '142', ' Edg/142.0.0.0'),
  chromium('Macintosh; Intel Mac OS X 10_15_7', 'macOS', 'Google Chrome', '143', ''),
  chromium('X11; Linux x86_64', 'Linux', 'Google Chrome', '141', ''),
  chromium('Linux; Android 10; K', 'Android', 'Google Chrome', '143', ''),
  plain('Macintosh; Intel Mac OS X 10_15_7', 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15'),
  plain(
    'iPhone; CPU iPhone OS 18_7 like Mac OS X',
    'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
  ),
  plain('Windows NT 10.0; Win64; x64; rv:145.0', 'Gecko/20100101 Firefox/145.0'),
  plain('X11; Linux x86_64; rv:140.0', 'Gecko/20100101 Firefox/140.0'),
]

function chromium(system: string, platform: string, brand: string, version: string, suffix: string): BrowserKind {
  const mobile = platform === 'Android'
  const engine = `AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0${mobile ? ' Mobile' : ''} Safari/537.36`
  const brands = [
    { brand, version },
    { brand: 'Chromium', version },
    { brand: 'Not A(Brand', version: '24' },
  ]
  return {
    userAgent: `Mozilla/5.0 (${system}) ${engine}${suffix}`,
    userAgentData: { brands, mobile, platform },
  }
}

function plain(system: string, engine: string): BrowserKind {
  return { userAgent: `Mozilla/5.0 (${system}) ${engine}`, userAgentData: null }
}
