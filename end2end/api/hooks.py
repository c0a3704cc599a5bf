"""What schemathesis has to know of Varde: how a sender comes by a token, and one call of each operation that succeeds.

`cargo xtask test` runs it with the settings of the server that is tried, and the program's path in VARDE_PROGRAM.
"""

import os
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


def fresh_token() -> str:
    made = subprocess.run([os.environ["VARDE_PROGRAM"], "token"], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return made.stdout.strip()


@schemathesis.auth(refresh_interval=60)
class Sender:
    """A token lives for two minutes: it is renewed after one."""

    def get(self, case, context):
        return fresh_token()

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
