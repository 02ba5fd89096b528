"""A receiver of Segment events that is ready for a replay: Flask in front of SQLite.

API_KEYS="acme=KEY,globex=KEY" are its customers; with SHARED_SECRET it wants signed requests of one customer instead.
DATABASE is its file. An event is committed before it is answered, is known by customer and messageId for good, and
counts at the time that it carries. Events of before a person's delete are dropped from then on.
"""

import hmac
import json
import os
import sqlite3
import threading
from datetime import datetime, timedelta, timezone

from flask import Flask, Response, abort, request

CALLS = {"identify", "track", "page", "screen", "group", "alias", "delete"}
KEYS = dict(pair.split("=", 1) for pair in os.environ.get("API_KEYS", "").split(",") if "=" in pair)
SECRET = os.environ.get("SHARED_SECRET", "")
DATABASE = os.environ.get("DATABASE", "receiver.db")
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
TABLES = """
CREATE TABLE IF NOT EXISTS events (customer TEXT, message_id TEXT, type TEXT, user_id TEXT, happened_us INTEGER,
  order_total REAL, body TEXT, PRIMARY KEY (customer, message_id));
CREATE INDEX IF NOT EXISTS events_by_user ON events (customer, user_id);
CREATE TABLE IF NOT EXISTS traits (customer TEXT, user_id TEXT, name TEXT, value TEXT, happened_us INTEGER,
  message_id TEXT, PRIMARY KEY (customer, user_id, name));
CREATE TABLE IF NOT EXISTS gone (customer TEXT, user_id TEXT, until_us INTEGER, PRIMARY KEY (customer, user_id));
"""

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 512 * 1024
local = threading.local()


def database():
    """One connection for each thread; a commit is on disk when it returns."""
    if not hasattr(local, "database"):
        local.database = sqlite3.connect(DATABASE, timeout=10, isolation_level=None)
        local.database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + TABLES)
    return local.database


def customer_of(body):
    """Whose request it is, by its signature or by its key."""
    if SECRET:
        made = hmac.new(SECRET.encode(), body, "sha1").hexdigest()
        return "" if hmac.compare_digest(made, request.headers.get("X-Signature", "")) else abort(401)
    return customer_of_key()


def customer_of_key():
    shown = request.authorization.username if request.authorization else ""
    for customer, key in KEYS.items():
        if hmac.compare_digest(key.encode(), (shown or "").encode()):
            return customer
    return abort(401) if KEYS else ""


def microseconds(text):
    """Since 1970, whatever the offset from UTC."""
    return (datetime.fromisoformat(text) - EPOCH) // timedelta.resolution


def event_in(body):
    """The event, or 400 for what the Spec does not allow. Fields that nobody knows are let through."""
    try:
        event = json.loads(body)
        kind = event["type"]
        is_sound = (
            kind in CALLS
            and any(isinstance(event.get(name), str) for name in ("userId", "anonymousId"))
            and isinstance(event.get("userId"), (str, type(None)))
            and isinstance(event["messageId"], str)
            and (kind != "track" or isinstance(event["event"], str))
            and (kind != "group" or isinstance(event["groupId"], str))
            and all(isinstance(event.get(name), (dict, type(None))) for name in ("traits", "properties"))
        )
        return (event, microseconds(event["timestamp"])) if is_sound else abort(400)
    except (ValueError, KeyError, TypeError, AttributeError):
        return abort(400)


@app.post("/")
def receive():
    body = request.get_data()
    customer = customer_of(body)
    event, happened_us = event_in(body)
    db = database()
    db.execute("BEGIN IMMEDIATE")
    try:
        store(db, customer, event, happened_us, body.decode())
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    return "", 200


def store(db, customer, event, happened_us, text):
    user = event.get("userId")
    until = db.execute("SELECT until_us FROM gone WHERE customer = ? AND user_id = ?", (customer, user)).fetchone()
    if until and happened_us <= until[0]:
        return
    if event["type"] == "delete":
        return forget(db, customer, user, happened_us)
    total = (event.get("properties") or {}).get("total") if event.get("event") == "Order Completed" else None
    row = (customer, event["messageId"], event["type"], user, happened_us, total, text)
    db.execute("INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    if event["type"] == "identify" and user is not None:
        learn(db, customer, event, happened_us)


def learn(db, customer, event, happened_us):
    """A trait changes only by an event that is younger; of two of one instant the greater messageId stays."""
    for name, value in (event.get("traits") or {}).items():
        db.execute(
            "INSERT INTO traits VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value,"
            " happened_us = excluded.happened_us, message_id = excluded.message_id"
            " WHERE (excluded.happened_us, excluded.message_id) > (happened_us, message_id)",
            (customer, event.get("userId"), name, json.dumps(value), happened_us, event["messageId"]),
        )


def forget(db, customer, user, until_us):
    db.execute("INSERT OR REPLACE INTO gone VALUES (?, ?, ?)", (customer, user, until_us))
    for table in ("events", "traits"):
        db.execute(f"DELETE FROM {table} WHERE customer = ? AND user_id = ? AND happened_us <= ?", (customer, user, until_us))


@app.get("/state")
def state():
    """What is known of each user in the end, a JSON object a line."""
    rows = database().execute(
        "SELECT user_id, json_group_object(name, json(value)) FROM traits WHERE customer = ? GROUP BY user_id",
        (customer_of_key(),),
    )
    lines = (f'{{"userId": {json.dumps(user)}, "traits": {traits}}}\n' for user, traits in rows)
    return Response(lines, mimetype="application/x-ndjson")
