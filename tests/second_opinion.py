#!/usr/bin/env python3
"""What an ESC/POS interpreter of other people makes of our slips.

Sends every golden stream of kiosk/slip to emupos (PyPI, Apache-2.0, needs
Python 3.13) and compares its text with the golden text, line by line.
Run by command; where emupos is not installed it says so and is no failure:

    python3.13 -m venv /tmp/emupos && /tmp/emupos/bin/pip install emupos
    EMUPOS=/tmp/emupos/bin/emupos tests/second_opinion.py

It must not use any code of ours, and it changes nothing in the tree.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOLDEN = Path(__file__).parent.parent / "kiosk/slip/tests/golden"
DOTS = {"80": 576, "58": 384}

# No other interpreter knows hanzi; ours sets the space between them to 0.
MAY_BE_UNKNOWN = ("1c 53", "00")

# Slips with characters that are drawn as dots have no text to compare.
DRAWN = ("awkward", "test")

PATIENCE_S = 20

PROFILE = """\
type: printer
name: paper of {dots} dots
dpi: 203
width_dots: {dots}
font_a: {{ width: 12, height: 24 }}
font_b: {{ width: 9, height: 17 }}
code_pages: {{ 0: PC437 }}
default_code_page: 0
drawer_sensor_open_level: high
serial: {{ baud: 9600, data_bits: 8, parity: none, stop_bits: 1 }}
"""

DEVICE = (
    "  - {{ id: p{width}, type: printer, profile: ./p{width}.yaml,"
    " connections: [ {{ tcp: {{ port: {port} }} }} ], receipts_dir: ./r{width} }}\n"
)


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]


def wait_for(what, found):
    """Waits until `found` finds something."""
    for _ in range(PATIENCE_S * 20):
        thing = found()
        if thing:
            return thing
        time.sleep(0.05)
    sys.exit(f"waited {PATIENCE_S} s for {what}")


def connected(port):
    """A connection, once somebody listens."""
    try:
        return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
    except OSError:
        return None


def begin(emupos, folder, ports):
    """Starts a printer for each width."""
    devices = f"schema: 1\napi: {{ host: 127.0.0.1, port: {free_port()} }}\ndevices:\n"
    for width, dots in DOTS.items():
        (folder / f"p{width}.yaml").write_text(PROFILE.format(dots=dots))
        (folder / f"r{width}").mkdir()
        devices += DEVICE.format(width=width, port=ports[width])
    (folder / "emupos.yaml").write_text(devices)
    log = (folder / "log").open("w")
    return subprocess.Popen([emupos, "run"], cwd=folder, stdout=log, stderr=log)


def printed(stream, port, folder):
    """The lines of the receipt that a stream makes."""
    before = set(folder.glob("*.txt"))
    with wait_for("a listening printer", lambda: connected(port)) as line:
        line.sendall(stream)
        if line.recv(1) != b"\0":
            sys.exit("the question at the end was answered wrongly")
    (receipt,) = wait_for("a receipt", lambda: set(folder.glob("*.txt")) - before)
    # The other side reads each byte as PC437, which loses nothing.
    return receipt.read_text("utf-8").encode("cp437").decode("gb18030").splitlines()


def compare(name, lines):
    """Whether a receipt says what the golden text says; says how not."""
    meant = (GOLDEN / f"{name}.txt").read_text("utf-8").splitlines()
    rule = lambda it: "----" if it and set(it) == {"-"} else it
    said = [rule(it) for it in lines]
    if said != meant:
        for ours, theirs in zip(meant + [""], said + [""]):
            if ours != theirs:
                print(f"{name}: `{ours}` reads as `{theirs}`")
                break
    return said == meant


def main():
    """Compares everything; 1 if something differs."""
    emupos = os.environ.get("EMUPOS") or shutil.which("emupos")
    if not emupos:
        print("skipped: emupos is not installed; see the head of this file")
        return 0
    ports = {width: free_port() for width in DOTS}
    streams = sorted(it for it in GOLDEN.glob("*.hex") if not it.stem.startswith(DRAWN))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        server = begin(emupos, folder, ports)
        try:
            n_equal = n_lines = 0
            for path in streams:
                width = path.stem[-2:]
                stream = bytes.fromhex("".join(it[5:] for it in path.read_text().splitlines()))
                lines = printed(stream, ports[width], folder / f"r{width}")
                n_equal += compare(path.stem, lines)
                n_lines += len(lines)
        finally:
            server.terminate()
            server.wait()
        unknown = re.findall(r"unknown bytes (.+)", (folder / "log").read_text())
    strange = sorted({it.strip() for it in unknown} - set(MAY_BE_UNKNOWN))
    print(f"{n_equal} of {len(streams)} slips, {n_lines} lines: the same text")
    for it in strange:
        print(f"unknown bytes: {it}")
    return 0 if n_equal == len(streams) and not strange else 1


if __name__ == "__main__":
    sys.exit(main())
