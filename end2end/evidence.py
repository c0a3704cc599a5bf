"""Checks what `varde audit evidence REFERENCE` printed, with Python's own library and nothing of the program.

Each line: `evidence` (base64 of the JSON that was kept), `sha256` of those bytes in hex, and `traced_at`, when the audit
trail took that hash (UTC microseconds). Ends with 1 at the first line that is not as it should be.
"""
import base64
import hashlib
import json
import sys

SAID = {"yes", "no", "talk", "withdrawn"}
SECOND = 1_000_000


def wrong(kept: dict) -> str:
    raw = base64.b64decode(kept["evidence"], validate=True)
    if hashlib.sha256(raw).hexdigest() != kept["sha256"]:
        return "the bytes are not those that were hashed"
    told = json.loads(raw)
    if told["version"] != 1 or told["said"] not in SAID:
        return "an unknown version or word"
    if told["level"] != "high":
        return "not at the high level"
    if told["said"] == "withdrawn":
        if told["text"]:
            return "a withdrawal has no text"
    elif hashlib.sha256(told["text"].encode()).hexdigest() != told["text_sha256"]:
        return "the text is not the one that was hashed"
    elif told["at"] >= told["fresh_until"]:
        return "the sign-in was no longer fresh"
    if not any(abs(at - told["at"]) < 60 * SECOND for at in kept["traced_at"]):
        return "the audit trail took it at another time, or never"
    return ""


def main() -> int:
    lines = [line for line in sys.stdin if line.strip()]
    for number, line in enumerate(lines, 1):
        if why := wrong(json.loads(line)):
            print(f"line {number}: {why}")
            return 1
    print(f"{len(lines)} words of consent are as they were said")
    return 0 if lines else 1


if __name__ == "__main__":
    sys.exit(main())
