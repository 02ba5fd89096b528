/** Says once that something is to end, and why. An AbortSignal is one; engines without it have their own. */
export interface StopSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', act: () => void, options?: { readonly once: boolean }): void
  removeEventListener(type: 'abort', act: () => void): void
}
