/** The target must not be hit: nothing was sent to it. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused'
}

/** The target cannot be reached: no request was sent. */
export class TargetUnreachable extends Error {
  override readonly name = 'TargetUnreachable'
}

/** What is wrong with the address itself. */
export class TargetInvalid extends Error {
  override readonly name = 'TargetInvalid'
}

/** Reads a target's URL. @throws TargetInvalid */
export function targetUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TargetInvalid(`--target: "${text}" is not an http or https URL; write it as http://127.0.0.1:8080/path`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new TargetInvalid('--target: a URL must not carry credentials; give the key with --api-key env:NAME')
  }
  return url
}

/** Without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}
