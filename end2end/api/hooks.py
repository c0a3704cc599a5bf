"""What schemathesis has to know of Varde: how a sender and an inmate come by a token, and one call of each operation that
succeeds.

`cargo xtask test` runs it with the settings of the server that is tried, and the program's path in VARDE_PROGRAM.
"""

import os
import re
import subprocess
from functools import cache
from pathlib import Path

import requests
import schemathesis

# The settings file stands there.
ROOT = Path(__file__).parents[2]
BASE = os.environ["VARDE_SERVER__BASE_URL"]
INMATE = {"name": "Even Fjellvik", "birth_date": "1970-01-01", "unit": "lyngmo", "since": "2026-01-01T10:00:00+01:00"}
ORDER = {"court_order": "26-1", "kind": "visit_ban", "from": "2026-01-01", "to": "2026-01-05"}
EVENT = {
    "decision": "2026/17",
    "version": 1,
    "inmate": "K-1",
    "kind": "leave",
    "change": "decided",
    "at": "2027-01-10T08:00:00+01:00",
    "until": "2027-01-12T18:00:00+01:00",
}


INMATES = "/api/v1/inmate/"
# The form of an id, and one that no draw gives twice in a run.
ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
KEYS = {"letter": "0" * 25 + "1", "report": "0" * 25 + "2", "message": "0" * 25 + "3"}


def fresh_token(inmate: str | None = None) -> str:
    command = [os.environ["VARDE_PROGRAM"], "token"] + (["--inmate", inmate] if inmate else [])
    made = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return made.stdout.strip()


def is_inmates(case) -> bool:
    return case.operation.path.startswith(INMATES)


@schemathesis.auth(refresh_interval=60, cache_by_key=lambda case, context: is_inmates(case))
class Caller:
    """A token lives for two minutes: it is renewed after one. An inmate's opens what is his, a sender's all the rest."""

    def get(self, case, context):
        return fresh_token(inside()["inmate"] if is_inmates(case) else None)

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


@cache
def receipt() -> str:
    """An inmate and an event of his that are there before the first call; the event's receipt."""
    headers = {"Authorization": f"Bearer {fresh_token()}"}
    for key in ("K-1", "K-2"):
        requests.put(f"{BASE}/api/v1/inmates/{key}", json=INMATE, headers=headers, timeout=10).raise_for_status()
    sent = requests.post(f"{BASE}/api/v1/custody-events", json={"events": [EVENT]}, headers=headers, timeout=10)
    sent.raise_for_status()
    return sent.json()["results"][0]["receipt"]


@cache
def inside() -> dict[str, str]:
    """The inmate of the demo to whom a relative and a lawyer have written, and the ids of what there is for him."""
    for n in range(1, 100):
        key = f"INN-{n}"
        headers = {"Authorization": f"Bearer {fresh_token(key)}"}
        answer = requests.get(f"{BASE}{INMATES}lawyers", headers=headers, timeout=10)
        lawyers = answer.json()["lawyers"] if answer.ok else []
        if not lawyers:
            continue
        answer = requests.get(f"{BASE}{INMATES}exchanges", headers=headers, timeout=10)
        exchange = next((one for one in answer.json()["exchanges"] if one["letters"]), None)
        if exchange is None:
            continue
        return {
            "inmate": key,
            "exchange": exchange["id"],
            "letter": exchange["letters"][0]["id"],
            "thread": lawyers[0]["id"],
            "message": lawyers[0]["messages"][0]["id"],
        }
    raise AssertionError("nobody inside has letters")


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Of the ids that are drawn every other one is made one that exists: chance would never find it."""
    for name, value in (path_parameters or {}).items():
        if name in ("exchange", "letter", "thread", "message") and ID.fullmatch(str(value)):
            if sum(map(ord, value)) % 2:
                path_parameters[name] = inside()[name]
    return path_parameters


def succeeds() -> dict[str, dict]:
    """A call of each operation that must succeed. An operation without one is found by `EveryOperationSucceeds`."""
    return {
        "POST /api/v1/custody-events": {"body": {"events": [EVENT]}},
        "GET /api/v1/custody-events/{receipt}": {"path_parameters": {"receipt": receipt()}},
        "PUT /api/v1/inmates/{key}": {"path_parameters": {"key": "K-1"}, "body": INMATE},
        "PUT /api/v1/inmates/{key}/restrictions": {
            "path_parameters": {"key": "K-1"},
            "body": {"restrictions": [ORDER]},
        },
        **succeeds_inside(),
    }


def succeeds_inside() -> dict[str, dict]:
    ids = inside()
    exchange, thread = {"exchange": ids["exchange"]}, {"thread": ids["thread"]}
    return {
        f"GET {INMATES}exchanges": {},
        f"POST {INMATES}exchanges/{{exchange}}/letters": {
            "path_parameters": exchange,
            "body": {"key": KEYS["letter"], "words": "Takk for brevet"},
        },
        f"PUT {INMATES}exchanges/{{exchange}}/side": {"path_parameters": exchange, "body": {"wish": "open"}},
        f"POST {INMATES}exchanges/{{exchange}}/reports": {
            "path_parameters": exchange,
            "body": {"key": KEYS["report"], "words": "Noe er galt"},
        },
        f"POST {INMATES}letters/{{letter}}/receipt": {
            "path_parameters": {"letter": ids["letter"]},
            "body": {"state": "read"},
        },
        f"GET {INMATES}lawyers": {},
        f"POST {INMATES}lawyers/{{thread}}/messages": {
            "path_parameters": thread,
            "body": {"key": KEYS["message"], "body": "VGFraw=="},
        },
        f"POST {INMATES}lawyers/{{thread}}/messages/{{message}}/receipt": {
            "path_parameters": {**thread, "message": ids["message"]},
            "body": {"state": "read"},
        },
    }


@schemathesis.hook
def before_add_examples(context, examples):
    call = succeeds().get(context.operation.label)
    if call is not None:
        if "body" in call:
            call = {**call, "media_type": "application/json"}
        examples.append(context.operation.Case(**call))


@schemathesis.check
class EveryOperationSucceeds:
    """A run in which an operation never succeeded has tried its refusals alone."""

    def __init__(self):
        self.tried = set()
        self.succeeded = set()

    def after_response(self, ctx, response, case):
        self.tried.add(case.operation.label)
        if 200 <= response.status_code < 300:
            self.succeeded.add(case.operation.label)

    def after_run(self, ctx):
        never = self.tried - self.succeeded
        assert self.tried and not never, "never succeeded: " + ", ".join(sorted(never))
