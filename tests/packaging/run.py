#!/usr/bin/env python3
"""The files of packaging/ as an operator uses them: nginx in front, the systemd unit and its filters of system calls, the hardening
of the release program.   tests/packaging/run.py PROGRAM [-k WORD]
What a machine lacks (nginx, systemd-analyze) is skipped and named."""
import ctypes
import ctypes.util
import errno
import http.client
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import warnings
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("KPUHUB_PROGRAM", str(ROOT / "build/test/bin/kpuhub"))
UNIT = ROOT / "packaging/kpuhub.service"
HOST = "hub.example.go.id"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PASSWORD = "kopi-pahit-pukul-tujuh"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}")


def end(process):
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=30)


@unittest.skipUnless(Path(NGINX).exists(), "no nginx")
class BehindNginx(unittest.TestCase):
    """packaging/nginx.conf in front of the program, on loopback, with ports and a certificate of its own."""

    @classmethod
    def setUpClass(cls):
        cls.box = tempfile.TemporaryDirectory(prefix="kpuhub-proxy-")
        cls.folder = Path(cls.box.name)
        cls.plain, cls.tls, cls.inner = free_port(), free_port(), free_port()
        settings = cls.folder / "settings.yaml"
        settings.write_text(f"data: {cls.folder}/data\nlisten: 127.0.0.1:{cls.inner}\npublic_url: https://{HOST}\ntrusted_proxies: [127.0.0.1/32]\nsandbox: try\n")
        cls.log = open(cls.folder / "log", "wb")
        cls.program = subprocess.Popen([PROGRAM, "serve", "--settings", settings], stdout=subprocess.DEVNULL, stderr=cls.log)
        wait_for(cls.inner)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}", "-keyout", cls.folder / "key.pem",
                        "-out", cls.folder / "cert.pem"], check=True, capture_output=True)
        site = (ROOT / "packaging/nginx.conf").read_text()
        for old, new in (("listen 80;", f"listen 127.0.0.1:{cls.plain};"), ("listen [::]:80;", ""), ("listen 443 ssl http2;", f"listen 127.0.0.1:{cls.tls} ssl http2;"),
                         ("listen [::]:443 ssl http2;", ""), ("/etc/ssl/certs/hub.pem", f"{cls.folder}/cert.pem"), ("/etc/ssl/private/hub.key", f"{cls.folder}/key.pem"),
                         ("http://127.0.0.1:8080", f"http://127.0.0.1:{cls.inner}")):
            assert old in site, old
            site = site.replace(old, new)
        (cls.folder / "site.conf").write_text(site)
        places = "".join(f"{kind}_temp_path {cls.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user root;\n" if os.geteuid() == 0 else ""
        (cls.folder / "nginx.conf").write_text(f"{user}daemon off;\npid {cls.folder}/nginx.pid;\nerror_log {cls.folder}/error.log;\nevents {{}}\nhttp {{\n"
                                               f"access_log off;\n{places}include {cls.folder}/site.conf;\n}}\n")
        cls.proxy = subprocess.Popen([NGINX, "-c", cls.folder / "nginx.conf", "-p", cls.folder], stderr=subprocess.DEVNULL)
        wait_for(cls.tls)

    @classmethod
    def tearDownClass(cls):
        end(cls.proxy)
        end(cls.program)
        cls.log.close()
        cls.box.cleanup()

    def ask(self, method, path, body=None, headers=None, host=HOST, port=None):
        """One request over TLS through nginx, or straight to a port."""
        context = ssl._create_unverified_context()
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=20) if port else http.client.HTTPSConnection("127.0.0.1", self.tls, timeout=20, context=context)
        client.request(method, path, body, {"Host": host, **(headers or {})})
        answer = client.getresponse()
        answer.text = answer.read().decode(errors="replace")
        client.close()
        return answer

    def networks(self, path):
        """The client networks that the log names for requests of a route."""
        for _ in range(50):
            lines = [json.loads(line) for line in (self.folder / "log").read_text().splitlines() if line.startswith("{")]
            found = [line["network"] for line in lines if line.get("event") == "answer" and line.get("route") == path]
            if found:
                return found
            time.sleep(0.1)
        return []

    def test_pages_come_over_tls_with_hsts_and_plain_http_leads_there(self):
        page = self.ask("GET", "/sign-in")
        self.assertEqual(page.status, 200)
        self.assertEqual(page.getheader("Strict-Transport-Security"), "max-age=31536000")
        self.assertIn("default-src 'none'", page.getheader("Content-Security-Policy"))
        self.assertIn("Secure", page.getheader("Set-Cookie"))
        self.assertNotIn("nginx/", page.getheader("Server") or "")
        plain = self.ask("GET", "/sign-in?x=1", port=self.plain)
        self.assertEqual((plain.status, plain.getheader("Location")), (301, f"https://{HOST}/sign-in?x=1"))

    def test_old_tls_is_refused(self):
        context = ssl._create_unverified_context()
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings(action="ignore"):
            context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            context.wrap_socket(socket.create_connection(("127.0.0.1", self.tls), timeout=5))

    def test_a_forged_client_address_is_dropped_on_the_way(self):
        forged = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9", "X-Real-IP": "203.0.113.9"}
        self.assertEqual(self.ask("GET", "/public", headers=forged).status, 200)
        self.assertEqual(set(self.networks("/public")), {"127.0.0.0/24"})
        straight = self.ask("GET", "/openapi.json", headers={"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}, port=self.inner)
        self.assertEqual(straight.status, 200)
        self.assertIn("203.0.113.0/24", self.networks("/openapi.json"), "the program believes its own proxy, so the test above shows something")

    def test_another_host_is_misdirected(self):
        self.assertEqual(self.ask("GET", "/sign-in", host="kpu.example").status, 421)
        self.assertEqual(self.ask("GET", "/sign-in", host=f"127.0.0.1:{self.inner}", port=self.inner).status, 421)

    def test_what_is_too_large_is_refused_by_the_proxy_or_the_program(self):
        self.assertEqual(self.ask("POST", "/sign-in", b"a=" + b"x" * (2 << 20), {"Content-Type": "application/x-www-form-urlencoded"}).status, 413)
        with ssl._create_unverified_context().wrap_socket(socket.create_connection(("127.0.0.1", self.tls), timeout=20)) as client:
            client.sendall(f"POST /evidence HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {53 << 20}\r\n\r\n".encode())
            self.assertIn(b" 413 ", client.recv(100))

    def test_a_person_signs_in_through_the_proxy(self):
        made = subprocess.run([PROGRAM, "user", "add", "--name", "Nurhayati Polapa", "--unit", "7571", "--employment", "ppnpn", "--role", "rb_secretary", "--user", "operator",
                               "--format", "json", "--data", self.folder / "data"], capture_output=True, text=True, timeout=60)
        self.assertEqual(made.returncode, 0, made.stderr)
        link = json.loads(made.stdout)["link"]
        self.assertTrue(link.startswith(f"https://{HOST}/account/link/"), link)
        jar = {}

        def visit(method, path, fields=None):
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
            if fields is not None:
                headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
            answer = self.ask(method, path, urlencode(fields) if fields is not None else None, headers)
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    self.assertIn("Secure", value)
                    jar[value.split("=", 1)[0]] = value.split("=", 1)[1].split(";")[0]
            return answer

        def fill(path, fields):
            token = re.search(r'name="csrf" value="([^"]+)"', visit("GET", path).text)
            return visit("POST", path, {**fields, "csrf": token[1]})

        self.assertEqual(fill(link.removeprefix(f"https://{HOST}"), {"new_password": PASSWORD, "repeated": PASSWORD}).status, 303)
        entered = fill("/sign-in", {"user_name": "operator", "password": PASSWORD})
        self.assertEqual((entered.status, entered.getheader("Location")), (303, "/"))
        self.assertIn("__Host-kpuhub", jar)
        self.assertIn("__Host-kpuhub-device", jar)
        self.assertEqual(visit("GET", "/units/7571/imports").status, 200)
        self.assertEqual(visit("POST", "/session/end", {}).status, 403)         # no token


def directives(name):
    """All values of a directive of the unit, in order."""
    return re.findall(rf"^{name}=(.*)$", UNIT.read_text(), re.M)


def system_calls(words):
    """Names of system calls that systemd means by the words: @groups are asked of systemd-analyze."""
    names = set()
    for word in words:
        if not word.startswith("@"):
            names.add(word)
            continue
        shown = subprocess.run(["systemd-analyze", "syscall-filter", "--no-pager", word], capture_output=True, text=True, check=True).stdout
        names |= system_calls([line.split()[0] for line in shown.splitlines()[1:] if line.startswith(" ") and line.split() and not line.lstrip().startswith("#")])
    return names


def allowed_calls():
    allowed = set()
    for value in directives("SystemCallFilter"):
        if value.startswith("~"):
            allowed -= system_calls(value[1:].split())
        else:
            allowed |= system_calls(value.split())
    return allowed


def shut_in(allowed):
    """What systemd does to the service before it starts it: everything else is EPERM. Runs in the child."""
    library = ctypes.CDLL(ctypes.util.find_library("seccomp"), use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_rule_add.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint]
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    context = library.seccomp_init(0x00050000 | errno.EPERM)
    for name in allowed:
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:
            library.seccomp_rule_add(context, 0x7FFF0000, number, 0)
    if library.seccomp_load(context) != 0:
        os._exit(71)


@unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd-analyze")
class SystemdUnit(unittest.TestCase):
    def setUp(self):
        self.box = tempfile.TemporaryDirectory(prefix="kpuhub-unit-")
        self.folder = Path(self.box.name)

    def tearDown(self):
        self.box.cleanup()

    def test_systemd_reads_every_line_of_it(self):
        copy = self.folder / "kpuhub.service"
        copy.write_text(UNIT.read_text().replace("/usr/bin/kpuhub", PROGRAM))
        told = subprocess.run(["systemd-analyze", "verify", "--man=no", copy], capture_output=True, text=True)
        about_ours = [line for line in told.stderr.splitlines() if "kpuhub" in line]
        self.assertEqual(about_ours, [], told.stderr)
        self.assertEqual(told.returncode, 0, told.stderr)

    def test_an_import_works_under_its_filter_of_system_calls_and_the_reader_can_still_shut_itself_in(self):
        allowed = allowed_calls()
        for needed in ("seccomp", "landlock_restrict_self", "setrlimit", "execve"):
            self.assertIn(needed, allowed)
        for never in ("mount", "ptrace", "reboot", "init_module", "swapon", "clock_settime"):
            self.assertNotIn(never, allowed)

        def run(*words):
            return self.run_under(allowed, *words)

        made = run("user", "add", "--name", "Nurhayati Polapa", "--unit", "7571", "--employment", "ppnpn", "--role", "rb_secretary", "--user", "operator")
        self.assertEqual(made.returncode, 0, made.stderr)
        sandbox = "required" if self.landlock() else "try"
        for sample in ("kota.txt", "kabupaten.xlsx"):
            taken = run("import", ROOT / "definitions/samples" / sample, "--unit", "7571", "--year", 2026 if sample == "kota.txt" else 2027, "--settle", "--sandbox", sandbox)
            self.assertEqual(taken.returncode, 0, taken.stderr)

    def run_under(self, allowed, *words):
        return subprocess.run([PROGRAM, *map(str, words), "--data", self.folder / "data"], capture_output=True, text=True, timeout=120, preexec_fn=lambda: shut_in(allowed))

    def test_where_the_reader_cannot_shut_itself_in_a_file_is_refused_with_the_reason_unless_the_setting_says_otherwise(self):
        for missing in ("landlock_restrict_self", "seccomp"):
            allowed = allowed_calls() - {missing} - ({"prctl"} if missing == "seccomp" else set())
            for sample in ("kota.txt", "kabupaten.xlsx"):
                words = ("import", ROOT / "definitions/samples" / sample, "--dry-run", "--format", "json")
                refused = self.run_under(allowed, *words)
                self.assertEqual(refused.returncode, 69, (missing, refused.stdout[:200], refused.stderr))
                self.assertIn("Landlock", refused.stderr)
                self.assertEqual(refused.stdout, "")
                self.assertEqual(self.run_under(allowed, *words, "--sandbox", "try").returncode, 0, missing)

    @staticmethod
    def landlock():
        libc = ctypes.CDLL(None, use_errno=True)
        return libc.syscall(444, None, 0, 1) > 0        # landlock_create_ruleset: which version


@unittest.skipUnless(shutil.which("readelf"), "no readelf")
class ReleaseProgram(unittest.TestCase):
    """Asks the release program where there is one: the test build has other flags."""

    def setUp(self):
        self.path = next((path for path in (Path(PROGRAM), ROOT / "build/release/bin/kpuhub") if "release" in str(path) and path.exists()), None)
        if not self.path:
            self.skipTest("no release program")

    def readelf(self, *words):
        return subprocess.run(["readelf", "-W", *words, self.path], capture_output=True, text=True, check=True).stdout

    def test_is_hardened(self):
        self.assertRegex(self.readelf("-h"), r"Type:\s+DYN", "position independent")
        segments = self.readelf("-l")
        self.assertRegex(segments, r"GNU_RELRO")
        self.assertRegex(segments, r"GNU_STACK.* RW ", "the stack is not executable")
        self.assertNotRegex(segments, r"LOAD.* RWE ")
        self.assertRegex(self.readelf("-d"), r"BIND_NOW|FLAGS_1.*NOW", "full RELRO")
        self.assertNotRegex(self.readelf("-d"), r"RPATH|RUNPATH")
        # Debian's own start files do not carry the note, so the entry points themselves (endbr64) are counted.
        self.assertGreater(self.path.read_bytes().count(b"\xf3\x0f\x1e\xfa"), 1000, "control-flow protection")
        symbols = self.readelf("--dyn-syms")
        self.assertIn("__stack_chk_fail", symbols)
        self.assertRegex(symbols, r"__\w+_chk\b.*", "fortified calls")


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PROGRAM = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=1)
