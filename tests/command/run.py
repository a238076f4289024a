#!/usr/bin/env python3
"""The program as its operator meets it: commands, exit codes, messages. tests/command/run.py PROGRAM [-k WORD]
Runs on SQLite, and where KPUHUB_TEST_POSTGRES names a cluster (tests/support/postgres.sh) on PostgreSQL too."""
import hashlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import zipfile
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


class CommandTest(unittest.TestCase):
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

    def test_an_import_makes_a_fixed_plan_and_the_same_decree_is_refused_the_second_time(self):
        self.assertEqual(json.loads(self.with_plan().stdout)["state"], "fixed")
        again = self.kpuhub("import", SAMPLES / "kota.txt", "--unit", "7571", "--year", "2027", expect=BAD_INPUT)
        self.assertIn("sudah diimpor", again.stderr)
        self.assertIn("imported the same decree", again.stderr)

    def test_an_import_without_a_secretary_or_with_an_unknown_account_writes_nothing(self):
        nobody = self.kpuhub("import", SAMPLES / "kota.txt", "--unit", "7571", "--year", "2026", expect=BAD_INPUT)
        self.assertIn("--as", nobody.stderr)
        unknown = self.kpuhub("import", SAMPLES / "kota.txt", "--unit", "7571", "--year", "2026", "--as", "siapa", expect=BAD_INPUT)
        self.assertIn("siapa", unknown.stderr)
        self.kpuhub("export", "--unit", "7571", "--year", "2026", "--to", self.folder / "x.json", expect=BAD_INPUT)

    def test_an_import_says_where_it_goes(self):
        self.assertEqual(run("import", SAMPLES / "kota.txt", "--data", self.data).returncode, WRONG_USE)

    def test_an_exported_plan_imports_as_the_same_plan(self):
        for sample in ("kota.txt", "kabupaten.xlsx"):
            with self.subTest(sample):
                data, other = self.folder / f"first-{sample}", self.folder / f"second-{sample}"
                for each in (data, other):
                    self.secretary(data=each)
                self.kpuhub("import", SAMPLES / sample, "--unit", "7571", "--year", "2026", "--settle", "--fix", data=data)
                for form in ("xlsx", "json", "csv"):
                    self.kpuhub("export", "--unit", "7571", "--year", "2026", "--to", self.folder / f"plan.{form}", data=data)
                self.kpuhub("import", self.folder / "plan.xlsx", "--unit", "7571", "--year", "2026", "--settle", "--fix", data=other)
                self.kpuhub("export", "--unit", "7571", "--year", "2026", "--to", self.folder / "again.json", data=other)
                first, second = (json.loads((self.folder / name).read_text()) for name in ("plan.json", "again.json"))
                self.assertEqual(rows_of(first), rows_of(second))
                self.assertEqual([first[key] for key in ("number", "decided_on", "place")], [second[key] for key in ("number", "decided_on", "place")])

    def test_one_job_issues_many_decrees_and_a_stop_or_a_kill_loses_and_doubles_none(self):
        self.kpuhub("generate", "--units", "6", "--years", "1")
        with sqlite3.connect(self.data / "kpuhub.db") as database:
            year = database.execute("SELECT max(year) FROM plan").fetchone()[0]
            database.execute("UPDATE plan_node SET removed_at = 1 WHERE area_no > 1")       # short papers
            for unit, in database.execute("SELECT unit_id FROM plan").fetchall():
                post = database.execute("INSERT INTO post (unit_id, title, kind, valid_from) VALUES (?, 'Ketua', 'chair', '2020-01-01')", (unit,)).lastrowid
                person = database.execute("INSERT INTO person (unit_id, name, employment) VALUES (?, ?, 'commissioner')", (unit, f"Ketua {unit}")).lastrowid
                database.execute("INSERT INTO appointment (person_id, post_id, capacity, valid_from) VALUES (?, ?, 'definitive', '2020-01-01')", (person, post))
        database.close()
        self.kpuhub("issue", "--year", "1999", expect=BAD_INPUT)

        def count(query):
            with sqlite3.connect(f"file:{self.data}/kpuhub.db?mode=ro", uri=True, timeout=30) as database:
                return database.execute(query).fetchone()[0]

        def until(query, least):
            for _ in range(1200):
                if count(query) >= least:
                    return
                time.sleep(0.1)
            self.fail(f"{query}: {count(query)} < {least}")

        papers = "SELECT count(DISTINCT paper_id) FROM paper_file WHERE edition = 'final'"
        with Served("--data", self.data) as served:
            ordered = json.loads(self.kpuhub("issue", "--year", year).stdout)       # asked of the running server
            self.assertEqual(ordered["offices"], 6)
            until(papers, 1)
            served.end()
        self.assertLess(count(papers), 6)
        self.assertEqual(count("SELECT state || attempts FROM job WHERE kind = 'decree.issue'"), "waiting0")
        with Served("--data", self.data) as served:
            until(papers, 3)
            served.process.kill()
            served.process.wait(timeout=30)
        self.assertLess(count(papers), 6)
        with Served("--data", self.data):
            until("SELECT count(*) FROM job WHERE kind = 'decree.issue' AND state = 'done'", 1)
        self.assertEqual(count("SELECT count(*) FROM official_paper"), 6)
        self.assertEqual(count("SELECT count(DISTINCT subject_id) FROM paper_number"), 6)
        self.assertEqual(count("SELECT count(*) FROM paper_number"), 6)
        self.assertEqual(count("SELECT count(*) FROM paper_file WHERE edition = 'final'"), 12)

    def test_text_that_looks_like_a_formula_is_exported_as_text(self):
        self.with_plan()
        with sqlite3.connect(self.data / "kpuhub.db") as database:
            database.execute("UPDATE plan_node SET number = '', body = '=HYPERLINK(1)' WHERE subject_id = (SELECT min(subject_id) FROM plan_node WHERE level = 'indicator')")
        database.close()
        for form in ("xlsx", "csv"):
            self.kpuhub("export", "--unit", "7571", "--year", "2026", "--to", self.folder / f"plan.{form}")
        with zipfile.ZipFile(self.folder / "plan.xlsx") as book:
            sheet, strings, workbook = (book.read(f"xl/{part}.xml").decode() for part in ("worksheets/sheet1", "sharedStrings", "workbook"))
        self.assertNotIn("<f>", sheet)
        self.assertIn("=HYPERLINK(1)", strings)
        self.assertIn('state="frozen"', sheet)
        self.assertIn("Print_Area", workbook)
        self.assertIn("'=HYPERLINK(1)", (self.folder / "plan.csv").read_text())

    def test_a_backup_restores_into_an_empty_folder_and_verifies_clean(self):
        self.with_plan()
        copy, new = self.folder / "copy", self.folder / "new"
        self.kpuhub("backup", "--to", copy)
        self.kpuhub("backup", "--to", copy, expect=BAD_INPUT)
        self.kpuhub("restore", "--from", copy, data=new)
        self.assertTrue(json.loads(self.kpuhub("verify", "--format", "json", data=new).stdout)["sound"])
        self.kpuhub("restore", "--from", copy, data=new, expect=BAD_INPUT)

    def test_after_a_restore_messages_are_held_until_somebody_has_looked(self):
        self.with_plan()
        database = sqlite3.connect(self.data / "kpuhub.db")
        for number in (1, 2):
            database.execute("INSERT INTO outbox (message_key, channel, bundle, address, heading, body, state, written_at, not_before, expires_at)"
                             f" VALUES ('clock:{number}', 'mail', 'warning:1', 'siti@kpu.go.id', 'rahasia', 'rahasia', 'waiting', 0, 0, 9000000000000)")
        database.commit()
        database.close()
        self.kpuhub("outbox drop --all", expect=BAD_INPUT)          # nothing is held here
        copy, new = self.folder / "copy", self.folder / "new"
        self.kpuhub("backup", "--to", copy)
        self.assertIn("kpuhub outbox", self.kpuhub("restore", "--from", copy, data=new).stdout)
        held = json.loads(self.kpuhub("outbox list", "--format", "json", data=new).stdout)
        self.assertEqual((held["waiting"], [each["kind"] for each in held["messages"]]), (2, ["clock", "clock"]))
        self.assertNotIn("rahasia", self.kpuhub("outbox list", data=new).stdout)
        with Served("--data", new):                                 # the running server is asked
            self.kpuhub("outbox drop", data=new, expect=BAD_INPUT)
            self.kpuhub("outbox drop", "99", data=new, expect=BAD_INPUT)
            self.kpuhub("outbox drop", str(held["messages"][0]["id"]), data=new)
            self.kpuhub("outbox release", data=new)
            self.kpuhub("outbox release", data=new, expect=BAD_INPUT)
        self.assertIsNone(json.loads(self.kpuhub("outbox list", "--format", "json", data=new).stdout)["held_since"])
        self.assertTrue(json.loads(self.kpuhub("verify", "--format", "json", data=new).stdout)["sound"])

    def test_a_database_of_older_registers_is_served_and_brought_up_to_date_by_hand(self):
        self.kpuhub("migrate")
        self.kpuhub("unit list")
        database = sqlite3.connect(self.data / "kpuhub.db")         # as an earlier program left it: the register without its limit
        (text,) = database.execute("SELECT body FROM register_definition WHERE register = 'public_information'").fetchone()
        begin, end = text.index("clocks:\n"), text.index("numbering:")
        older = (text[:begin] + text[end:]).replace("version: 2", "version: 1", 1)
        database.execute("UPDATE register_definition SET body = ?, version = 1, hash = ? WHERE register = 'public_information'",
                         (older, hashlib.sha256(older.encode()).hexdigest()))
        database.execute("UPDATE migration SET name = 'definition.public_information.1' WHERE name = 'definition.public_information.2'")
        database.execute("DELETE FROM indicator_definition WHERE indicator = 'public_information_overdue'")
        database.commit()
        with Served("--data", self.data):
            self.kpuhub("unit list")
        count = "SELECT count(*) FROM indicator_definition WHERE indicator = 'public_information_overdue'"
        self.assertEqual(database.execute(count).fetchone(), (0,))
        self.kpuhub("definitions publish", "--shipped")
        self.assertEqual(database.execute(count).fetchone(), (1,))
        self.assertEqual(database.execute("SELECT max(version) FROM register_definition WHERE register = 'public_information'").fetchone(), (2,))
        database.close()

    def test_verify_finds_an_altered_event_blob_and_tally(self):
        self.with_plan()
        database = sqlite3.connect(self.data / "kpuhub.db")
        database.execute("DROP TRIGGER event_only_sealed")
        database.execute("UPDATE event SET payload = replace(payload, 'kota', 'kata') WHERE kind = 'import.started'")
        database.execute("UPDATE tally SET amount = amount + 1 WHERE part = 't.all' AND period = '2026'")
        database.execute("INSERT INTO tally_kept (indicator, period, unit_id, tree_version, asked_at, sums) SELECT 'plan_progress', '2026', u.id, t.version, 0, 't.all=999999'"
                         " FROM unit u, (SELECT max(version) AS version FROM unit_tree) t WHERE u.code = '00'")
        database.commit()
        database.close()
        blob = next(path for path in (self.data / "blobs").rglob("*") if path.is_file())
        blob.chmod(0o600)
        blob.write_bytes(blob.read_bytes()[:-1] + b"#")
        found = self.kpuhub("verify", expect=BROKEN).stdout
        self.assertRegex(found, r"event \d+: content does not fit")
        self.assertIn("tally plan_progress 7571 2026 t.all", found)
        self.assertIn("tally_kept plan_progress 00 2026 t.all: 999999 kept", found)
        self.assertIn(blob.name, found)

    def test_a_second_process_is_refused_at_once_with_the_holder(self):
        self.kpuhub("migrate")
        with Served("--data", self.data) as server:
            for words in (["serve", "--listen", f"127.0.0.1:{free_port()}"], ["migrate"], ["generate", "--units", "1"]):
                begin = time.monotonic()
                answer = run(*words, "--data", self.data)
                self.assertEqual(answer.returncode, NOT_AVAILABLE, (words, answer.stderr))
                self.assertIn(str(server.process.pid), answer.stderr)
                if words[0] == "serve":
                    self.assertLess(time.monotonic() - begin, 2)
            self.assertEqual(server.end(), DONE)
        self.kpuhub("migrate")

    def test_commands_that_write_are_run_by_the_server_that_holds_the_folder(self):
        self.kpuhub("migrate")
        with Served("--data", self.data) as server:
            self.assertEqual((self.data / "control.sock").stat().st_mode & 0o777, 0o600)
            link = json.loads(self.kpuhub("user add", "--name", "Nurhayati Polapa", "--unit", "7571", "--employment", "ppnpn", "--role", "rb_secretary", "--user", "operator",
                                          "--format", "json").stdout)["link"]
            self.assertIn("/account/link/", link)
            self.assertIn("operator", self.kpuhub("user list", "--unit", "7571").stdout)
            self.kpuhub("unit rename", "7571", "KPU Kota Uji", "--on", "2026-01-02")
            self.assertIn("KPU Kota Uji", self.kpuhub("unit show", "7571").stdout)
            self.assertEqual(json.loads(self.kpuhub("import", SAMPLES / "kota.txt", "--unit", "7571", "--year", "2026", "--settle", "--fix", "--format", "json").stdout)["state"], "fixed")
            self.kpuhub("backup", "--to", self.folder / "meanwhile")
            # faults and their exit codes come back as from a command alone, and nothing of them is written
            again = self.kpuhub("import", SAMPLES / "kota.txt", "--unit", "7571", "--year", "2027", expect=BAD_INPUT)
            self.assertIn("imported the same decree", again.stderr)
            self.assertIn("siapa", self.kpuhub("user block", "siapa", expect=BAD_INPUT).stderr)
            broken = self.folder / "x.txt"
            broken.write_bytes(b"\x00\x01")
            self.kpuhub("import", broken, "--unit", "7571", "--year", "2026", expect=BAD_INPUT)
            self.assertEqual(server.end(), DONE)
        self.assertFalse((self.data / "control.sock").exists())
        self.assertEqual([name for name in os.listdir(self.data) if name.startswith("control.")], [])
        self.assertTrue(json.loads(self.kpuhub("verify", "--format", "json").stdout)["sound"])
        restored = self.folder / "restored"
        self.kpuhub("restore", "--from", self.folder / "meanwhile", data=restored)
        self.assertTrue(json.loads(self.kpuhub("verify", "--format", "json", data=restored).stdout)["sound"])

    def test_a_path_is_that_of_who_asks_and_a_socket_left_behind_is_no_server(self):
        self.kpuhub("migrate")
        with Served("--data", self.data):
            here = self.folder / "here"
            here.mkdir()
            answer = subprocess.run([PROGRAM, "backup", "--to", "copy", "--data", str(self.data)], cwd=here, capture_output=True, text=True, timeout=60)
            self.assertEqual(answer.returncode, DONE, answer.stderr)
            self.assertTrue((here / "copy/manifest.json").exists())
        with Served("--data", self.data) as server:
            server.process.kill()
            server.process.wait()
            server.process.stdout.close()
        self.assertTrue((self.data / "control.sock").exists())
        self.kpuhub("unit list")
        with Served("--data", self.data):
            self.kpuhub("unit list")

    def ask_control(self, sent):
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(30)
            client.connect(str(self.data / "control.sock"))
            try:
                client.sendall(sent)
                client.shutdown(socket.SHUT_WR)
            except OSError:
                pass        # it hung up already
            received = b""
            try:
                while piece := client.recv(65536):
                    received += piece
            except ConnectionResetError:
                pass        # with bytes of ours unread
            return received

    def test_the_control_socket_takes_only_whole_requests_of_commands_that_it_knows(self):
        self.kpuhub("migrate")

        def request(*words, bytes=0):
            return json.dumps({"kpuhub": 1, "words": words, "folder": "/", "file_bytes": bytes}).encode() + b"\n"

        with Served("--data", self.data) as server:
            for sent in (b"", b"\n", b"GET / HTTP/1.1\r\n\r\n", b"{}\n", b"x" * 100_000, request("unit", "list", bytes=1 << 40), request("unit", "list", bytes=10) + b"short"):
                self.assertEqual(self.ask_control(sent), b"", sent[:50])
            for words in (["serve"], ["migrate"], ["restore", "--from", "/"], ["generate"], ["read-file"], ["unit"], ["unit", "list", "--sabotage"]):
                self.assertEqual(json.loads(self.ask_control(request(*words)))["code"], WRONG_USE, words)
            self.assertEqual(json.loads(self.ask_control(request("unit", "list")))["code"], DONE)
            self.assertIsNone(server.process.poll())

    def test_a_secret_that_others_may_read_stops_the_start(self):
        self.kpuhub("migrate")
        with Served("--data", self.data):
            pass
        key = self.data / "checkpoint.key"
        for mode in (0o640, 0o604, 0o660):
            key.chmod(mode)
            answer = run("serve", "--data", self.data, "--listen", f"127.0.0.1:{free_port()}")
            self.assertEqual(answer.returncode, BAD_INPUT, answer.stderr)
            self.assertIn("chmod 600", answer.stderr)
        key.chmod(0o600)
        with Served("--data", self.data):
            pass
        secret = run("serve", "--data", self.data, "--database", "postgresql://kpuhub:rahasia-sekali@127.0.0.1/kpuhub")
        self.assertEqual(secret.returncode, SETTINGS)
        self.assertNotIn("rahasia-sekali", secret.stderr + secret.stdout)

    def test_status_pages_are_on_loopback_only_and_the_outside_learns_one_word(self):
        self.kpuhub("migrate")
        self.assertEqual(run("serve", "--data", self.data, "--status-listen", "0.0.0.0:9000").returncode, SETTINGS)
        status = free_port()
        with Served("--data", self.data, "--status-listen", f"127.0.0.1:{status}") as server:
            def ask(port, path):
                with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
                    client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
                    answer = b""
                    while piece := client.recv(65536):
                        answer += piece
                    return answer.split(b"\r\n\r\n", 1)
            self.assertIn(b'"durability":"local"', ask(status, "/readyz")[1])
            self.assertIn(b"kpuhub_", ask(status, "/metrics")[1])
            self.assertEqual(ask(server.port, "/healthz")[1], b"ok\n")
            for path in ("/metrics", "/readyz"):
                head, body = ask(server.port, path)
                self.assertIn(b" 404 ", head.split(b"\r\n")[0], path)
                self.assertNotIn(b"durability", body)

    def test_serve_signs_checkpoints_and_verify_reads_them(self):
        self.kpuhub("migrate")
        with Served("--data", self.data) as server:
            self.assertEqual(server.end(), DONE)
        self.assertEqual((self.data / "checkpoint.key").stat().st_mode & 0o777, 0o600)
        checked = json.loads(self.kpuhub("verify", "--format", "json").stdout)
        self.assertTrue(checked["sound"], checked)
        self.assertGreaterEqual(checked["checkpoints"], 1)
        (self.data / "checkpoint.key.pub").write_text("00" * 32 + "\n")
        self.assertIn("checkpoint", self.kpuhub("verify", expect=BROKEN).stdout)

    def test_the_demonstration_stays_on_loopback_and_its_database_is_never_served_for_real(self):
        self.assertEqual(run("serve", "--demo", "--listen", "0.0.0.0:0", "--data", self.data).returncode, SETTINGS)
        begin = time.monotonic()
        with Served("--demo", "--today", "2026-06-15", "--data", self.data):
            self.assertLess(time.monotonic() - begin, 40)       # 10 s without sanitizers
        begin = time.monotonic()
        with Served("--demo", "--today", "2026-06-15", "--data", self.data):
            self.assertLess(time.monotonic() - begin, 4)        # 2 s without sanitizers
        refused = run("serve", "--data", self.data, "--listen", f"127.0.0.1:{free_port()}")
        self.assertNotEqual(refused.returncode, DONE)
        self.assertIn("--demo", refused.stderr)
        self.assertTrue(json.loads(self.kpuhub("verify", "--format", "json").stdout)["sound"])

    def test_the_key_for_messages_to_browsers_is_made_once_and_kept_secret(self):
        demo = ("--demo", "--push", "on", "--today", "2026-01-05", "--data", self.data)
        with Served(*demo):
            pass
        key = self.data / "push.key"
        self.assertEqual(key.stat().st_mode & 0o777, 0o600)
        secret = key.read_bytes()
        self.assertEqual(len(secret), 32)
        with Served(*demo):
            pass
        self.assertEqual(key.read_bytes(), secret)
        key.chmod(0o644)
        self.assertIn("chmod 600", run("serve", *demo, "--listen", f"127.0.0.1:{free_port()}").stderr)
        key.chmod(0o600)
        key.write_bytes(b"x" * 31)
        self.assertIn("push.key", run("serve", *demo, "--listen", f"127.0.0.1:{free_port()}").stderr)
        for words in (("--push", "on"), ("--push", "perhaps")):       # browsers want https; a word that is none
            self.assertEqual(run("serve", *words, "--data", self.folder / "other", "--listen", f"127.0.0.1:{free_port()}").returncode, SETTINGS)

    def test_wrong_settings_stop_with_their_line(self):
        for text, line in (("data: x\nlissten: 127.0.0.1:1\n", "2"), ("readers: viele\n", "1"), ("data: [\n", "2")):
            (self.folder / "settings.yaml").write_text(text)
            answer = run("serve", "--settings", self.folder / "settings.yaml", "--data", self.data)
            self.assertEqual(answer.returncode, SETTINGS, answer.stderr)
            self.assertRegex(answer.stderr, rf"(baris|line) {line}\b")

    def test_a_newer_schema_is_refused(self):
        self.kpuhub("migrate")
        database = sqlite3.connect(self.data / "kpuhub.db")
        database.execute("INSERT INTO migration (name, checksum, origin, applied_at) VALUES ('29990101T0000_later', 'x', 'program', 0)")
        database.commit()
        database.close()
        answer = run("serve", "--data", self.data, "--listen", f"127.0.0.1:{free_port()}")
        self.assertEqual(answer.returncode, BAD_INPUT, answer.stderr)
        self.assertIn("29990101T0000_later", answer.stderr)

    def test_generated_plans_leave_the_figures_right(self):
        made = json.loads(self.kpuhub("generate", "--only", "plan", "--units", "3", "--years", "2", "--format", "json").stdout)
        self.assertGreater(made["rows"], 3 * 2 * 600)
        self.assertEqual(json.loads(self.kpuhub("generate", "--only", "plan", "--units", "3", "--years", "2", "--format", "json").stdout)["rows"], 0)
        self.assertTrue(json.loads(self.kpuhub("verify", "--format", "json").stdout)["sound"])

    def hostile_book(self, name, parts):
        """The sample sheet with some parts replaced or added."""
        book = self.folder / name
        with zipfile.ZipFile(SAMPLES / "kabupaten.xlsx") as sample, zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as made:
            for entry in sample.namelist():
                if entry not in parts:
                    made.writestr(entry, sample.read(entry))
            for entry, content in parts.items():
                made.writestr(entry, content)
        return book

    def test_packed_files_that_unfold_without_end_or_reach_for_other_files_are_refused(self):
        with zipfile.ZipFile(SAMPLES / "kabupaten.xlsx") as sample:
            sheet = sample.read("xl/worksheets/sheet1.xml").decode()
        entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;&a;">]>'
        head, rest = sheet.split("?>", 1)
        hostile = {
            "bomb.xlsx": {"xl/worksheets/sheet1.xml": sheet + " " * (300 << 20)},
            "many.xlsx": {f"xl/media/{number}.txt": "x" for number in range(2_100)},
            "entity.xlsx": {"xl/worksheets/sheet1.xml": f"{head}?>{entity}" + rest.replace("<v>", "<v>&b;", 5)},
            "strings.xlsx": {"xl/sharedStrings.xml": f'<?xml version="1.0"?>{entity}<sst><si><t>&b;</t></si></sst>'},
        }
        for name, parts in hostile.items():
            with self.subTest(name):
                answer = run("import", self.hostile_book(name, parts), "--dry-run", "--format", "json", "--data", self.data)
                self.assertEqual(answer.returncode, BAD_INPUT, (name, answer.stdout[:300], answer.stderr))
                self.assertNotIn("root:", answer.stdout + answer.stderr)
                self.assertEqual(answer.stdout, "")

    def test_a_register_is_checked_compared_published_once_and_exported(self):
        file = self.folder / "guest_card.yaml"
        file.write_text(GUEST_CARD)
        self.assertIn("guest_card 1", self.kpuhub("definitions check", file).stdout)
        self.kpuhub("migrate")
        self.assertIn("CREATE TABLE r_guest_card", self.kpuhub("definitions diff", file).stdout)
        self.assertIn("new register", self.kpuhub("definitions publish", file).stdout)
        self.assertIn("no change", self.kpuhub("definitions publish", file).stdout)
        file.write_text(GUEST_CARD.replace("kind: text", "kind: number"))
        wrong = self.kpuhub("definitions check", file, expect=BAD_INPUT)
        self.assertIn("guest_card.yaml:11:", wrong.stderr)
        file.write_text(GUEST_CARD.replace("kind: text", "kind: number"))
        second = self.folder / "figure.yaml"
        second.write_text(GUEST_CARD.replace("class: internal", "class: nobodys").replace("guest_card", "guest_card_two"))
        both = self.kpuhub("definitions check", file, second, expect=BAD_INPUT).stderr
        self.assertIn("guest_card.yaml:11:", both)
        self.assertIn("figure.yaml:", both, "one run tells of all files")
        file.write_text(GUEST_CARD.replace("version: 1", "version: 2").replace("kind: text", "kind: long_text"))
        self.assertIn("guest_card.yaml:11:", self.kpuhub("definitions publish", file, expect=BAD_INPUT).stderr)
        written = self.kpuhub("definitions export", "--to", self.folder / "out").stdout.split()
        self.assertIn(GUEST_CARD, [Path(path).read_text() for path in written])
        other = self.folder / "other"
        again = self.kpuhub("definitions publish", *written, data=other).stdout
        self.assertIn("guest_card 1", again)
        self.assertTrue(json.loads(self.kpuhub("verify", "--format", "json").stdout)["sound"])

    def test_a_wrong_indicator_keeps_its_register_from_being_published(self):
        file, figure = self.folder / "guest_card.yaml", self.folder / "cards.yaml"
        file.write_text(GUEST_CARD)
        figure.write_text(CARDS.replace("where: {card: filled}", "where: {colour: red}"))
        self.kpuhub("migrate")
        self.assertIn("cards.yaml:6:", self.kpuhub("definitions publish", file, figure, expect=BAD_INPUT).stderr)
        self.assertIn("CREATE TABLE r_guest_card", self.kpuhub("definitions diff", file).stdout, "nothing of it was published")
        figure.write_text(CARDS)
        self.assertIn("cards 1", self.kpuhub("definitions publish", file, figure).stdout)
        self.assertIn("cards 1: tidak berubah", self.kpuhub("definitions publish", file, figure).stdout)

    def test_every_command_explains_itself(self):
        for command in ("serve", "import", "export", "generate", "backup", "restore", "verify", "migrate", "user", "unit", "outbox", "definitions"):
            answer = run(command, "--help")
            self.assertEqual(answer.returncode, DONE)
            self.assertGreater(len(answer.stdout), 200, command)
        self.assertEqual(run("verivy").returncode, WRONG_USE)


@unittest.skipUnless(os.environ.get("KPUHUB_TEST_POSTGRES"), "no PostgreSQL cluster")
class PostgresCommandTest(unittest.TestCase):
    def setUp(self):
        self.box = tempfile.TemporaryDirectory(prefix="kpuhub-command-")
        self.address = (Path(os.environ["KPUHUB_TEST_POSTGRES"]) / "address").read_text().strip()
        self.names = [f"command_{os.getpid()}_{number}" for number in (1, 2)]
        for name in self.names:
            self.sql(f"CREATE DATABASE {name}")

    def tearDown(self):
        for name in self.names:
            self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.box.cleanup()

    def sql(self, text):
        subprocess.run(["psql", "-q", "-d", self.address, "-c", text], check=True, capture_output=True)

    def kpuhub(self, number, command, *words, expect=DONE):
        address = self.address.replace("/postgres?", f"/{self.names[number]}?")
        answer = run(*command.split(), *words, "--data", Path(self.box.name) / f"data{number}", "--database", address)
        self.assertEqual(answer.returncode, expect, (command, answer.stdout[-2000:], answer.stderr[-2000:]))
        return answer

    def test_definitions_of_sqlite_publish_the_same_on_postgresql(self):
        folder = Path(self.box.name)
        (folder / "guest_card.yaml").write_text(GUEST_CARD)
        sqlite = ("--data", folder / "sqlite")
        self.assertEqual(run("definitions", "publish", folder / "guest_card.yaml", *sqlite).returncode, DONE)
        written = run("definitions", "export", "--to", folder / "out", *sqlite).stdout.split()
        self.kpuhub(0, "definitions publish", *written)
        again = self.kpuhub(0, "definitions export", "--to", folder / "again").stdout.split()
        self.assertEqual([Path(name).read_text() for name in written], [Path(name).read_text() for name in again])

    def test_import_generate_backup_restore_verify(self):
        self.kpuhub(0, "user add", "--name", "Nurhayati Polapa", "--unit", "7571", "--employment", "ppnpn", "--role", "rb_secretary", "--user", "operator")
        self.kpuhub(0, "import", SAMPLES / "kota.txt", "--unit", "7571", "--year", "2026", "--settle", "--fix")
        self.kpuhub(0, "generate", "--units", "2", "--years", "1")
        copy = Path(self.box.name) / "copy"
        self.kpuhub(0, "backup", "--to", copy)
        self.kpuhub(1, "restore", "--from", copy)
        self.assertTrue(json.loads(self.kpuhub(1, "verify", "--format", "json").stdout)["sound"])
        self.assertIsNotNone(json.loads(self.kpuhub(1, "outbox list", "--format", "json").stdout)["held_since"])
        self.kpuhub(1, "user add", "--name", "Dewi Anggraini", "--employment", "ppnpn", "--unit", "7571", "--user", "dewi")     # identities go on


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=1)
