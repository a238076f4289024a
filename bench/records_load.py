#!/usr/bin/env python3
"""Measures a register of 20,000 records over 553 units under load: bench/records_load.py BIN

BIN holds kpuhub and records_data of the release build. Each request is of one of 40 people, who hold a post in their own office.
Loopback only; wrk shares the processor with the server. Asked: page 10,000/s, list of 50 with two filters 2,000/s, create through
JSON from 16 connections 5,000/s, search 1,500/s.
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

PORT = 22000 + os.getpid() % 8000
URL = f"http://127.0.0.1:{PORT}"
SCRIPT = """
local who = { %s }
local n = 0
request = function()
  n = n + 1
  local w = who[math.random(#who)]
  local headers = { ["Cookie"] = "kpuhub=" .. w[1], ["Origin"] = "%s" }
  %s
end
local failed = 0
done = function(summary, latency, requests)
  io.write(string.format("%%d %%d %%.0f %%d\\n", summary.requests, summary.errors.status, summary.requests / (summary.duration / 1e6), latency:percentile(99)))
end
"""
WORDS = "pemutakhiran logistik sosialisasi koordinasi anggaran verifikasi kabupaten pengawasan arsip pelayanan informasi integritas".split()


def load(people, body, connections=16, seconds=5):
    who = ", ".join("{" + ", ".join(json.dumps(word) for word in person) + "}" for person in people)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write(SCRIPT % (who, URL, body))
        lua.flush()
        run = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", lua.name, URL], capture_output=True, text=True, timeout=60)
    numbers = run.stdout.strip().splitlines()[-1].split()
    if len(numbers) != 4:
        sys.exit(run.stdout + run.stderr)
    return [int(number) for number in numbers]


def cpu_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    folder = sys.argv[1]
    data = tempfile.mkdtemp(prefix="kpuhub-records-")
    filled = subprocess.run([f"{folder}/records_data", data, "20000"], capture_output=True, text=True, check=True, timeout=300).stdout
    people = [line.split("\t") for line in filled.splitlines() if "\t" in line]
    server = subprocess.Popen([f"{folder}/kpuhub", "serve", "--data", data, "--listen", f"127.0.0.1:{PORT}", "--log-level", "warn"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(URL + "/healthz", timeout=1)
                break
            except OSError:
                time.sleep(0.05)
        words = ", ".join(f'"{word}"' for word in WORDS)
        kinds = [
            ("one record (page)", 'return wrk.format("GET", "/records/" .. w[4], headers)', 10_000),
            ("one record (JSON)", 'headers["Accept"] = "application/json" return wrk.format("GET", "/records/" .. w[4], headers)', 10_000),
            ("list of 50, two filters", 'return wrk.format("GET", "/units/" .. w[3] .. "/registers/bench_record?state=open&f.amount.from=1000&limit=50", headers)', 2_000),
            ("list of 50, two filters (JSON)", 'headers["Accept"] = "application/json" return wrk.format("GET", "/units/" .. w[3] .. "/registers/bench_record?state=open&f.amount.from=1000&limit=50", headers)', 2_000),
            ("search", f'local words = {{ {words} }} return wrk.format("GET", "/units/" .. w[3] .. "/registers/bench_record?q=" .. words[math.random(#words)], headers)', 1_500),
            ("create through JSON, durable", 'headers["Accept"] = "application/json" headers["X-CSRF-Token"] = w[2] headers["Content-Type"] = "application/x-www-form-urlencoded" '
             'return wrk.format("POST", "/units/" .. w[3] .. "/registers/bench_record/records", headers, "f.subject=Baru&f.kind=a&f.happened_on=2026-03-04&f.amount=5000&f.note=" .. string.rep("catatan+", 62))', 5_000),
        ]
        for name, body, asked in kinds:
            load(people, body, seconds=1)
            before = cpu_seconds(server.pid)
            requests, wrong, rate, p99 = load(people, body)
            cpu = (cpu_seconds(server.pid) - before) / max(1, requests) * 1000
            print(f"{name:34} {rate:6d}/s (asked {asked}), CPU of the server {cpu:.3f} ms each, p99 {p99 / 1000:.1f} ms, {wrong} faults", flush=True)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        subprocess.run(["rm", "-rf", data], check=False)


main()
