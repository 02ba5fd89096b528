// Reads vitest's JSON report and prints `N passed, N failed`. A test file that could not even be loaded counts as one failure.
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const notLoaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
const failed = report.numFailedTests + notLoaded.length
process.stdout.write(`${report.numPassedTests} passed, ${failed} failed\n`)
process.exitCode = failed === 0 && report.numPassedTests > 0 ? 0 : 1
