"""A receiver of the data-lake webhook: verifies, deduplicates, stores. Python 3.8 or newer, standard library only.

    WEBHOOK_SECRETS="whsec_... whsec_..." python3 receiver.py [--port 8787] [--dir received]

WEBHOOK_SECRETS holds the current key and, during a rotation, the previous one.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import re
import shutil
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# A request that is older, or from further in the future, may be a recording that somebody plays back.
TOLERANCE_SECONDS = 5 * 60
# Events have at most 256 KiB unless the pipeline is configured otherwise.
MAX_BODY_BYTES = 16 * 1024 * 1024
# 128 bits: whoever guesses a key may forge events, erasures among them.
MIN_KEY_BYTES = 16


def read_keys():
    keys = [read_key(secret) for secret in os.environ.get("WEBHOOK_SECRETS", "").split()]
    if not keys or None in keys:
        form = f"whsec_ and base64 of at least {MIN_KEY_BYTES} bytes, with a blank between"
        raise SystemExit(f"WEBHOOK_SECRETS must hold keys: {form}")
    return keys


def read_key(secret):
    """The bytes of a key. None where it is not wholly base64, or too short: it was not meant to be one."""
    found = re.fullmatch(r"whsec_([A-Za-z0-9+/]+)={0,2}", secret)
    if found is None or len(found[1]) % 4 == 1:
        return None
    key = base64.b64decode(found[1] + "=" * (-len(found[1]) % 4))
    return key if len(key) >= MIN_KEY_BYTES else None


def is_authentic(keys, event_id, body, headers):
    """True when one of the keys made one of the signatures, just now."""
    timestamp = headers.get("webhook-timestamp", "")
    if not re.fullmatch(r"[0-9]{1,15}", timestamp) or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{event_id}.{timestamp}.".encode() + body
    expected = ["v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode() for key in keys]
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(one.encode(), other.encode()) for one in given for other in expected)


def write_durably(path, content):
    """Writes a file as a whole or not at all, and only returns once the disk has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
    os.replace(draft.name, path)


def safe(identifier):
    """Ids become parts of paths here: one that could leave its folder is refused."""
    if not isinstance(identifier, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}", identifier):
        raise ValueError("unexpected id")
    return identifier


def store(root, event):
    """Doing it twice has the effect of doing it once: a crash before the event is noted as seen repeats it."""
    kind, data = event["type"], event["data"]
    if not isinstance(kind, str) or not isinstance(data, dict):
        raise ValueError("not an event")
    if kind == "transcript.stored":
        if (root / "erased" / safe(data["interactionId"])).exists():
            return
        path = root / "transcripts" / safe(data["interactionId"]) / f"{safe(data['mediaType'])}.json"
        write_durably(path, json.dumps(data))
    elif kind == "transcript.erased":
        # Events come in any order: what is erased stays so, whatever is still on its way.
        write_durably(root / "erased" / safe(data["interactionId"]), "")
        shutil.rmtree(root / "transcripts" / safe(data["interactionId"]), ignore_errors=True)
    elif kind == "run.completed":
        write_durably(root / "runs" / f"{safe(data['runId'])}.json", json.dumps(data))
    # Other types are new: they are accepted, so that they are not sent again for days.


def make_handler(root, keys):
    class Receiver(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # A client that keeps a connection open without using it frees its thread after a while.
        timeout = 120

        def do_POST(self):
            try:
                status = self.receive()
            # Too deep a JSON text ends in a RecursionError.
            except (ValueError, KeyError, TypeError, RecursionError):
                status = 400
            except OSError:
                status = 500
            self.answer(status)
            if self.close_connection:
                self.linger()

        def linger(self):
            """Reads what is left for a second: closing on unread bytes resets the connection, and the answer is lost."""
            self.connection.settimeout(1)
            try:
                for _ in range(1024):
                    if not self.connection.recv(65_536):
                        return
            except OSError:
                return

        def do_GET(self):
            self.answer(405)

        def receive(self):
            """The status to answer: 2xx takes the event, 5xx has it sent again later, other 4xx has it parked."""
            length, *others = self.headers.get_all("content-length", [""])
            # Anything but digits is refused: a negative length would mean "whatever comes, until the end".
            if not re.fullmatch(r"[0-9]{1,15}", length) or others or "transfer-encoding" in self.headers:
                self.close_connection = True
                return 411
            if int(length) > MAX_BODY_BYTES:
                self.close_connection = True
                return 413
            body = self.rfile.read(int(length))
            if len(body) < int(length):
                self.close_connection = True
                return 400
            event_id = self.headers.get("webhook-id", "")
            # The signature is over the bytes as they came: it is checked before anything is parsed.
            if not is_authentic(keys, event_id, body, self.headers):
                return 401
            seen = root / "seen" / safe(event_id)
            if seen.exists():
                return 200
            store(root, json.loads(body))
            write_durably(seen, "")
            return 204

        def answer(self, status):
            self.send_response(status)
            self.send_header("content-length", "0")
            if self.close_connection:
                self.send_header("connection", "close")
            self.end_headers()

        def log_message(self, *arguments):
            """Quiet: a log of requests is the business of whatever stands in front."""

    return Receiver


def main():
    parser = argparse.ArgumentParser(description="Receives the events of the transcript pipeline.")
    parser.add_argument("--port", type=int, default=8787)
    parser.add_argument("--dir", type=Path, default=Path("received"))
    arguments = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", arguments.port), make_handler(arguments.dir, read_keys()))
    print(f"listening on http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
