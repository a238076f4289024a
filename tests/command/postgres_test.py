"""The same on PostgreSQL."""
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from program import DONE, GUEST_CARD, SAMPLES, run


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
