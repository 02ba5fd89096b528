/**
 * A scenario to start from, with what one asks for first said beside it.
 * @param schema the file of the JSON Schema, as editors look for it from the scenario's own folder
 */
export function startingScenario(name: string, schema: string): string {
  return `# yaml-language-server: $schema=./${schema}
# What squall sends, when, and by what it judges. "squall run FILE" plays it; each flag of that command is a field here, and wins over it.
# An editor that knows YAML schemas completes the fields and explains them.
name: ${name}
about: Live traffic with some duplicates, then a replay of last year's history beside it.

# Where deliveries go. Without it squall plays against an embedded partner of its own. A host that is not this machine must be shown
# to be yours first: squall own HOST
# target: http://127.0.0.1:8080/hook

# Where your own store is read afterwards; without it nobody knows what you hold, and the verdicts are unknown.
# receipts: sqlite:events.db?query=SELECT id AS messageId, event_time AS timestamp FROM events
# How long a stored event may take to be visible there.
settle: 10s

# The phase that --rate, --duration and --events set; the others keep their proportion.
main: live
phases:
  - name: live
    rate: 50/s             # deliveries due per second, copies included; retries come on top
    duration: 10s          # or events: 500
    arrivals: poisson      # or even
    duplicates: 1%         # come again after a while
    racing: 0.5%           # come twice at the same moment
    shuffle: 1s            # arrive up to so much late, and so in another order
  - name: history
    at: 3s                 # from the start of the run
    rate: 100/s
    duration: 5s
    replay:
      history: 365d        # the events happened over the last year
      again: { phase: live, share: 20% }   # and some of the live ones come once more

# Segment tries again for four hours. This divides those delays, and nothing else.
timeScale: 600

# The same seed makes the same traffic.
seed: 1

# What is asked for; all unless said. --skip leaves one out and says why.
# verdicts: [no-loss, no-phantom, idempotent, unaltered, event-time, accepts-valid]

# What goes wrong on purpose in the embedded partner. With one of these the run shows a verdict that fails or a retry that helps.
# partner:
#   faults: ["status:503@2s-4s", "loses(1e-2)"]
`
}
