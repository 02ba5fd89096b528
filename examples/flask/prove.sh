#!/bin/sh
# Proves the receiver, and stops it again: sh examples/flask/prove.sh [flags of squall prove], where `$PYTHON -c 'import flask, gunicorn'` works.
cd "$(dirname "$0")/../.." || exit 1
here=examples/flask
secret() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
ACME=$(secret) GLOBEX=$(secret) REVOKED=$(secret)
export ACME GLOBEX REVOKED PORT="${PORT:-8088}" API_KEYS="acme=$ACME,globex=$GLOBEX"

receipts() {
  echo "sqlite:$here/receiver.db?query=SELECT message_id AS messageId, type, user_id AS userId, happened_us AS timestamp," \
    "order_total AS orderTotal, body FROM events WHERE customer = '$1'"
}

rm -f $here/receiver.db*
sh $here/start.sh
until "${PYTHON:-python3}" -c "import socket; socket.create_connection(('127.0.0.1', $PORT))" 2>/dev/null; do sleep 0.2; done
npx squall prove --target "http://127.0.0.1:$PORT/" --rate 50/s --declared-rate 100/s --restart "sh $here/start.sh" \
  --api-key env:ACME --receipts "$(receipts acme)" --state "http://127.0.0.1:$PORT/state" --receipts-key env:ACME \
  --second-key env:GLOBEX --second-receipts "$(receipts globex)" --expired-key env:REVOKED --expect $here/expect.yaml "$@"
code=$?
sh $here/start.sh stop
exit $code
