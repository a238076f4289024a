"""The program as a child of the tests, and what they share."""
import os
import signal
import socket
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "definitions/samples"
PROGRAM = os.environ.get("KPUHUB_PROGRAM", str(ROOT / "build/test/bin/kpuhub"))
DONE, WRONG_USE, BAD_INPUT, NOT_AVAILABLE, BROKEN, SETTINGS = 0, 64, 65, 69, 70, 78


GUEST_CARD = """id: guest_card
version: 1
valid_from: 2026-01-01
source: a test
class: internal
purpose: {id: Uji, en: Test}
legal_basis: none
retention: {years: 1}
title: {id: Kartu tamu, en: Guest card}
fields:
  card: {kind: text, required: true, label: {id: Kartu, en: Card}}
"""

CARDS = """id: cards
version: 1
valid_from: 2026-01-01
source: a test
title: {id: Kartu, en: Cards}
numerator: {count: guest_card, where: {card: filled}}
period: year
tree: sum_then_divide
"""


def run(*words, timeout=120):
    return subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, timeout=timeout)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Served:
    """A running server; ended by SIGTERM."""

    def __init__(self, *words):
        self.port = free_port()
        self.process = subprocess.Popen([PROGRAM, "serve", "--listen", f"127.0.0.1:{self.port}", *map(str, words)],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("KPU HUB"), line
        for _ in range(100):        # until it answers
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as client:
                    client.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                    if client.recv(1):
                        break
            except OSError:
                time.sleep(0.05)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.stdout.close()
        return self.process.wait(timeout=30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.end()


def rows_of(plan):
    """Rows of an exported plan without what belongs to one database."""
    found = []

    def walk(node, depth):
        found.append((depth, node["level"], node["area_no"] if node["level"] == "area" else 0, node["number"], node["body"], node["remark"], node["months"]))
        for child in node["children"]:
            walk(child, depth + 1)

    for area in plan["areas"]:
        walk(area, 0)
    return found


class ProgramTest(unittest.TestCase):
    """Each test has a folder of its own; the program runs in it."""

    def setUp(self):
        self.box = tempfile.TemporaryDirectory(prefix="kpuhub-command-")
        self.folder = Path(self.box.name)
        self.data = self.folder / "data"

    def tearDown(self):
        self.box.cleanup()

    def kpuhub(self, command, *words, data=None, expect=DONE):
        answer = run(*command.split(), *words, "--data", data or self.data)
        self.assertEqual(answer.returncode, expect, (command, words, answer.stdout[-2000:], answer.stderr[-2000:]))
        return answer

    def secretary(self, unit="7571", data=None):
        self.kpuhub("user add", "--name", "Nurhayati Polapa", "--unit", unit, "--employment", "ppnpn", "--role", "rb_secretary", "--user", f"operator.{unit}", data=data)

    def with_plan(self, sample="kota.txt"):
        self.secretary()
        return self.kpuhub("import", SAMPLES / sample, "--unit", "7571", "--year", "2026", "--settle", "--fix", "--format", "json")
