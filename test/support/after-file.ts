const tasks: (() => unknown)[] = []

/**
 * Does something when the file of tests at hand is through. A worker takes one file after the other and loads what they share once, so an `afterAll` of what they
 * share would be the first file's alone.
 */
export function afterFile(task: () => unknown): void {
  tasks.push(task)
}

/** The last task first. */
export async function endFile(): Promise<void> {
  for (const task of tasks.splice(0).reverse()) await task()
}
