export function findPostgres(): string | undefined
export function installPostgres(
  run: (command: string, args: readonly string[], options: object) => Promise<{ readonly code: number | undefined }>,
): Promise<string | undefined>
export const NO_POSTGRES: string
