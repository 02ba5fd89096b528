#!/bin/sh
# Proves the receiver, and stops it again: sh examples/flask/prove.sh [flags of squall prove]. README.md beside it says what it needs.
PYTHON=${PYTHON:-python3}
case $PYTHON in /*) ;; */*) PYTHON=$PWD/$PYTHON ;; esac
cd "$(dirname "$0")/../.." || exit 1
here=examples/flask
"$PYTHON" -c 'import flask, gunicorn' || {
  echo "$PYTHON has no Flask and gunicorn: see $here/README.md" >&2
  exit 2
}
secret() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
ACME=$(secret) GLOBEX=$(secret) REVOKED=$(secret)
export PYTHON ACME GLOBEX REVOKED PORT="${PORT:-8088}" API_KEYS="acme=$ACME,globex=$GLOBEX"

receipts() {
  echo "sqlite:$here/receiver.db?query=SELECT message_id AS messageId, type, user_id AS userId, happened_us AS timestamp," \
    "order_total AS orderTotal, body FROM events WHERE customer = '$1'"
}

# Its file is made with the first request, and squall looks at it before it sends one: so the state is asked for.
await_receiver() {
  for _ in $(seq 100); do
    "$PYTHON" - <<'END' 2>/dev/null && return
import base64, os, urllib.request as web
key = base64.b64encode((os.environ["ACME"] + ":").encode()).decode()
web.urlopen(web.Request("http://127.0.0.1:%s/state" % os.environ["PORT"], headers={"Authorization": "Basic " + key}))
END
    sleep 0.2
  done
  echo "the receiver does not start; it said:" >&2
  cat $here/receiver.log >&2
  exit 1
}

rm -f $here/receiver.db*
sh $here/start.sh
await_receiver
npx squall prove --target "http://127.0.0.1:$PORT/" --rate 50/s --declared-rate 100/s --restart "sh $here/start.sh" \
  --api-key env:ACME --receipts "$(receipts acme)" --state "http://127.0.0.1:$PORT/state" --receipts-key env:ACME \
  --second-key env:GLOBEX --second-receipts "$(receipts globex)" --expired-key env:REVOKED --expect $here/expect.yaml "$@"
code=$?
sh $here/start.sh stop
exit $code
