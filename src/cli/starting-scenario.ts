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

# Events of your own among those of the Spec. {{…}} names what the corpus knows (person.…, product.…, order.id, event.uuid, …); each weight is how
# many come beside the visits of the mix, which is about a thousand events. "mix: {}" leaves your own alone.
# templates:
#   - event: Seat Upgraded
#     weight: 50
#     properties:
#       seat: { oneOf: [12A, 12B, 14C], weights: [5, 3, 1] }
#       price: { between: 10.00..90.00 }
#       contact: "{{person.email}}"
#       note: "{{person.firstName}} chose {{product.name}}"
#   - type: identify
#     traits: { tier: { oneOf: [gold, silver] } }

# Several customers of yours, each with the same visits by people of its own. With collide their messages have the same ids, and are two
# messages all the same.
# customers:
#   - { name: acme, apiKey: env:ACME_KEY, settings: { region: eu } }
#   - { name: globex, apiKey: env:GLOBEX_KEY }
# collide: true

# What is asked for; all unless said. --skip leaves one out and says why.
# verdicts: [no-loss, no-phantom, idempotent, unaltered, event-time, accepts-valid]

# What goes wrong on purpose in the embedded partner. With one of these the run shows a verdict that fails or a retry that helps.
# partner:
#   faults: ["status:503@2s-4s", "loses(1e-2)"]
`
}
