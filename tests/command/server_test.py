"""A running server from outside: locks, control socket, status pages, keys, settings."""
import json
import os
import socket
import sqlite3
import subprocess
import time

from program import BAD_INPUT, BROKEN, DONE, NOT_AVAILABLE, PROGRAM, ProgramTest, SAMPLES, SETTINGS, Served, WRONG_USE, free_port, run


class ServerTest(ProgramTest):
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

    def test_every_command_explains_itself(self):
        for command in ("serve", "import", "export", "generate", "backup", "restore", "verify", "migrate", "user", "unit", "outbox", "definitions"):
            answer = run(command, "--help")
            self.assertEqual(answer.returncode, DONE)
            self.assertGreater(len(answer.stdout), 200, command)
        self.assertEqual(run("verivy").returncode, WRONG_USE)
