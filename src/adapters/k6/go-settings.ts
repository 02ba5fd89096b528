/**
 * How k6's own runtime shall behave: garbage may pile up, for to collect it is most of what it costs, but not without bound; and no HTTP/2,
 * which Node's engine does not speak either.
 */
export const GO_SETTINGS = { GOGC: '400', GOMEMLIMIT: '150MiB', GODEBUG: 'http2client=0' } as const
