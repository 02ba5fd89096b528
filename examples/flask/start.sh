#!/bin/sh
# Starts the receiver in the background, in a process group of its own; one that still runs is killed first, as a crash would.
# `sh start.sh stop` only kills it.
cd "$(dirname "$0")" || exit 1
pid=$(cat receiver.pid 2>/dev/null)
case "$(ps -o args= -p "${pid:-0}" 2>/dev/null)" in *gunicorn*receiver:app*) kill -9 "-$pid" ;; esac
rm -f receiver.pid
test "$1" = stop && exit 0
setsid "${PYTHON:-python3}" -m gunicorn --workers 2 --threads 4 --bind "127.0.0.1:${PORT:-8088}" receiver:app \
  >receiver.log 2>&1 </dev/null &
echo $! >receiver.pid
