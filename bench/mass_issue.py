#!/usr/bin/env python3
"""Issues the decrees of many offices in one job of a running server and tells its memory and speed.

usage: bench/mass_issue.py PROGRAM [--units 553] [--keep FOLDER]
Prints: seconds for all and for one decree, memory of the server at the first and at the last decree, latency of its start page
meanwhile, and the renderer alone (`kpuhub export` of the same plans as PDF). Fewer than 553 offices: multiply, and say so.
"""
import argparse
import pathlib
import socket
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.request


def run(program, *words):
    return subprocess.run([program, *map(str, words)], check=True, capture_output=True, text=True).stdout


def give_chairs(data):
    """Generated offices have nobody who signs."""
    with sqlite3.connect(data / "kpuhub.db") as database:
        for unit, in database.execute("SELECT DISTINCT unit_id FROM plan").fetchall():
            post = database.execute("INSERT INTO post (unit_id, title, kind, valid_from) VALUES (?, 'Ketua', 'chair', '2020-01-01')", (unit,)).lastrowid
            person = database.execute("INSERT INTO person (unit_id, name, employment) VALUES (?, ?, 'commissioner')", (unit, f"Ketua {unit}")).lastrowid
            database.execute("INSERT INTO appointment (person_id, post_id, capacity, valid_from) VALUES (?, ?, 'definitive', '2020-01-01')", (person, post))
        year = database.execute("SELECT max(year) FROM plan").fetchone()[0]
        codes = [code for code, in database.execute("SELECT u.code FROM plan p JOIN unit u ON u.id = p.unit_id ORDER BY u.id").fetchall()]
        rows = database.execute("SELECT count(*) FROM plan_node").fetchone()[0]
    database.close()
    return year, codes, rows


def memory_mb(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def page_ms(port):
    begin = time.monotonic()
    urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=30).read()
    return (time.monotonic() - begin) * 1000


def p99(times):
    return sorted(times)[int(len(times) * 0.99)] if times else 0.0


def issue(program, data, year, wanted):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([program, "serve", "--data", str(data), "--listen", f"127.0.0.1:{port}"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        server.stdout.readline()
        time.sleep(1)
        quiet = [page_ms(port) for _ in range(200)]
        begin, busy, first, most = time.monotonic(), [], 0.0, 0.0
        run(program, "issue", "--year", year, "--data", data)
        while time.monotonic() - begin < 3 * 3600:
            busy.append(page_ms(port))
            most = max(most, memory_mb(server))
            with sqlite3.connect(f"file:{data}/kpuhub.db?mode=ro", uri=True) as database:
                done, state = database.execute("SELECT done_steps, state FROM job WHERE kind = 'decree.issue'").fetchone()
            database.close()
            first = first or (memory_mb(server) if done >= 1 else 0.0)
            if state not in ("waiting", "running"):
                break
            time.sleep(0.2)
        seconds = time.monotonic() - begin
        print(f"job {state}: {done} of {wanted} in {seconds:.1f} s, {seconds / wanted:.2f} s each, 553 would take {seconds / wanted * 553 / 60:.0f} min")
        print(f"server memory: {first:.1f} MB after the first, {most:.1f} MB at most, {memory_mb(server):.1f} MB at the end")
        print(f"page p99: {p99(quiet):.1f} ms quiet, {p99(busy):.1f} ms while issuing (median {statistics.median(quiet):.1f} and {statistics.median(busy):.1f})")
    finally:
        server.terminate()
        server.wait(timeout=120)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--units", type=int, default=553)
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        data = (args.keep or pathlib.Path(own)) / "data"
        run(args.program, "generate", "--only", "plan", "--units", args.units, "--years", 1, "--data", data)
        year, codes, rows = give_chairs(data)
        print(f"{len(codes)} offices, {rows / len(codes):.0f} rows each")
        alone = []
        for code in codes[:5]:
            begin = time.monotonic()
            run(args.program, "export", "--unit", code, "--year", year, "--data", data, data.parent / "alone.pdf")
            alone.append(time.monotonic() - begin)
        print(f"renderer alone: {statistics.mean(alone):.2f} s each")
        issue(args.program, data, year, len(codes))


if __name__ == "__main__":
    main()
