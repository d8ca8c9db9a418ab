"""Asks a real server everything that its own description allows, and much
that it does not, as each of those who may come: no answer may be a failure
of the server, and none may be one that the description does not know.

Run by `cargo xtask fuzz api`; needs schemathesis (requirements.txt). The
server works in a scratch folder under target/fuzz-api.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import urllib.request

CHECKS = ",".join(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    ]
)

# Streams do not end; who signs out is nobody for the rest of the run.
STREAMS = ["/api/v1/feed", "/api/v1/events"]
ENDINGS = ["/api/v1/session", "/api/v1/sessions"]

STAFF = {"clerk": "1001", "desk": "2001", "manager": "3001", "supervisor": "4001", "admin": "9001"}


def start(server, scratch, demo):
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    log = open(scratch / "queue-server.log", "w")
    line = [server, "serve", "--hall", demo, "--data", scratch / "data", "--listen", "127.0.0.1:0"]
    running = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=log, text=True)
    address = running.stdout.readline().removeprefix("listening on ").strip()
    if not address:
        sys.exit(f"the server does not start; see {scratch}/queue-server.log")
    return running, address


def sign_in(address, staff):
    body = json.dumps({"staff": staff, "pin": "123456"}).encode()
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(f"{address}/api/v1/session", body, headers)
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)["token"]


def enrol(server, scratch, kind):
    line = [server, "enrol", "--data", scratch / "data", "--kind", kind, "--name", f"{kind}-1"]
    return subprocess.run(line, check=True, capture_output=True, text=True).stdout.strip()


def fuzz(address, role, token, examples, seed):
    excluded = STREAMS + (ENDINGS if role in STAFF else [])
    line = [
        pathlib.Path(sys.executable).with_name("schemathesis"),
        "run",
        f"{address}/api/v1/openapi.json",
        "--url",
        address,
        "--checks",
        CHECKS,
        "--max-examples",
        str(examples),
        "--seed",
        str(seed),
        "--phases",
        "examples,coverage,fuzzing",
        "--request-timeout",
        "40",
        "--no-color",
    ]
    for path in excluded:
        line += ["--exclude-path", path]
    if token:
        line += ["--header", f"Authorization: Bearer {token}"]
    print(f"\n==== {role}, {examples} examples each, seed {seed}", flush=True)
    return subprocess.run(line).returncode == 0


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--server", type=pathlib.Path, required=True)
    options.add_argument("--scratch", type=pathlib.Path, required=True)
    options.add_argument("--demo", type=pathlib.Path, required=True)
    options.add_argument("--examples", type=int, default=50)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--role", help="this one only")
    given = options.parse_args()
    running, address = start(given.server, given.scratch, given.demo)
    try:
        tokens = {"nobody": None}
        tokens |= {role: sign_in(address, number) for role, number in STAFF.items()}
        for kind in ["kiosk", "board", "program"]:
            tokens[kind] = enrol(given.server, given.scratch, kind)
        roles = [given.role] if given.role else list(tokens)
        wrong = [it for it in roles if not fuzz(address, it, tokens[it], given.examples, given.seed)]
        alive = running.poll() is None
    finally:
        running.terminate()
        running.wait()
    log = (given.scratch / "queue-server.log").read_text()
    panics = log.count("panicked at")
    print(f"\nroles with findings: {', '.join(wrong) or 'none'}; server alive: {alive}; panics: {panics}")
    sys.exit(1 if wrong or not alive or panics else 0)


main()
