#!/usr/bin/env python3
"""A server that is killed while it reads a scan: the next one reads it to its end. tests/command/restart.py PROGRAM"""
import http.cookiejar
import re
import signal
import sqlite3
import sys
import tempfile
import time
import unittest
import urllib.parse
import urllib.request
from pathlib import Path

import program

SCAN = program.ROOT / "tests/fixtures/paper/scan.pdf"
PASSWORD = "peragaan-kpu-hub-2026"


class Browser:
    """As much of one as a form needs."""

    def __init__(self, port):
        self.origin = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def open(self, path, body=None, kind="application/x-www-form-urlencoded"):
        headers = {"Origin": self.origin, "Content-Type": kind} if body is not None else {}
        with self.opener.open(urllib.request.Request(self.origin + path, body, headers), timeout=60) as answer:
            return answer.geturl(), answer.read().decode()

    def form(self, path):
        page = self.open(path)[1]
        return {name: value for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.split("<main", 1)[1])}

    def sign_in(self, user):
        self.open("/sign-in", urllib.parse.urlencode({**self.form("/sign-in"), "user_name": user, "password": PASSWORD}).encode())

    def upload(self, path, file):
        mark = "part-of-this-form"
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in self.form(path).items()]
        parts.append(f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\nContent-Type: application/pdf\r\n\r\n'.encode())
        parts += [file.read_bytes(), f"\r\n--{mark}--\r\n".encode()]
        return self.open(path, b"".join(parts), f"multipart/form-data; boundary={mark}")[0]


class RestartTest(unittest.TestCase):
    def setUp(self):
        self.box = tempfile.TemporaryDirectory(prefix="kpuhub-restart-")
        self.data = Path(self.box.name) / "data"

    def tearDown(self):
        self.box.cleanup()

    def value(self, sql):
        database = sqlite3.connect(self.data / "kpuhub.db", timeout=10)
        try:
            with database:
                row = database.execute(sql).fetchone()
                return row[0] if row else None
        finally:
            database.close()

    def wait_until(self, sql, wanted, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.value(sql) == wanted:
                return
            time.sleep(0.05)
        self.fail(f"{sql}: {self.value(sql)} instead of {wanted} after {seconds} s")

    def test_an_import_goes_on_after_the_server_was_killed(self):
        state = "SELECT state FROM job WHERE kind = 'decree.read' ORDER BY id DESC LIMIT 1"
        first = program.Served("--demo", "--today", "2026-06-15", "--data", self.data)
        try:
            browser = Browser(first.port)
            browser.sign_in("operator")
            address = browser.upload("/units/7571/imports", SCAN)
            self.assertRegex(address, r"/imports/\d+$")
            self.wait_until(state, "running", 20)
        finally:
            first.process.send_signal(signal.SIGKILL)
            first.process.stdout.close()
            first.process.wait(timeout=30)
        self.assertEqual(self.value(state), "running", "nobody has told that it ended")
        self.value("UPDATE job SET lease_until = 0 WHERE kind = 'decree.read' AND state = 'running' RETURNING 1")     # a minute later
        with program.Served("--demo", "--today", "2026-06-15", "--data", self.data) as second:
            self.wait_until(state, "done", 120)
            self.assertGreaterEqual(self.value("SELECT fence FROM job WHERE kind = 'decree.read' ORDER BY id DESC LIMIT 1"), 2, "taken up a second time")
            browser = Browser(second.port)
            browser.sign_in("operator")
            self.assertIn("k-paper", browser.open(urllib.parse.urlparse(address).path)[1])


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        program.PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=1)
