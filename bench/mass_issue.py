#!/usr/bin/env python3
"""Issues the decrees of many offices in one job of a running server and tells its time, memory and speed.

usage: bench/mass_issue.py PROGRAM [--units 553] [--stop-after N] [--keep FOLDER]
Prints: minutes for all beside the renderer alone (`kpuhub export` of the same plans as PDF), memory of the server after the first decree
and at most, p99 of two pages before and meanwhile. --stop-after: the server is ended after N decrees and started again. Fails when an
office has no decree or two, a number stands twice, the memory grows by more than 40 MB, or a p99 more than doubles (and is over 10 ms).
"""
import argparse
import pathlib
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

MOST_GROWTH_MB = 40
SMALL_MS = 10           # below it a doubling says nothing


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


def ask(data, sql):
    with sqlite3.connect(f"file:{data}/kpuhub.db?mode=ro", uri=True) as database:
        row = database.execute(sql).fetchone()
    database.close()
    return row


def p99(times):
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))] if times else 0.0


class Server:
    def __init__(self, program, data):
        self.program, self.data = program, data

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen([self.program, "serve", "--data", str(self.data), "--listen", f"127.0.0.1:{self.port}"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                self.page_ms("/healthz")
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=300)

    def page_ms(self, path):
        begin = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            answer.read()
        return (time.monotonic() - begin) * 1000

    def memory_mb(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0


class Measures:
    def __init__(self, pages):
        self.times = {page: [] for page in pages}
        self.first, self.most, self.last = 0.0, 0.0, 0.0

    def look(self, server):
        for page, times in self.times.items():
            times.append(server.page_ms(page))

    def remember(self, megabytes, begun):
        self.most, self.last = max(self.most, megabytes), megabytes
        self.first = self.first or (megabytes if begun else 0.0)


def state_of(data):
    return ask(data, "SELECT done_steps, state FROM job WHERE kind = 'decree.issue' ORDER BY id DESC LIMIT 1")


def wait_for_other_jobs(data):
    """A database that was just filled has its figures to count; jobs run one after the other."""
    while ask(data, "SELECT count(*) FROM job WHERE state IN ('waiting', 'running') AND kind <> 'decree.issue'")[0]:
        time.sleep(1)


def follow(server, data, busy, until):
    """Looks at pages and memory until the job has ended or has come as far as `until`."""
    done, state = state_of(data)
    while state in ("waiting", "running") and (until is None or done < until):
        busy.look(server)
        done, state = state_of(data)
        busy.remember(server.memory_mb(), done >= 1)
        time.sleep(0.2)
    return state


def issue(program, data, year, codes, stop_after, alone):
    pages = ["/sign-in", f"/public/units/{codes[0]}"]
    quiet, busy, wrong = Measures(pages), Measures(pages), []
    with Server(program, data) as server:
        wait_for_other_jobs(data)
        for _ in range(400):
            quiet.look(server)
            time.sleep(0.01)
        begin = time.monotonic()
        run(program, "issue", "--year", year, "--data", data)
        state = follow(server, data, busy, stop_after)
    stopped = time.monotonic()
    if state in ("waiting", "running"):
        before = busy.first
        with Server(program, data) as server:
            begin += time.monotonic() - stopped         # the pause is nobody's time
            busy.first = busy.most = 0.0
            state = follow(server, data, busy, None)
        print(f"stopped after {stop_after}: server memory had been {before:.1f} MB after the first decree")
    seconds = time.monotonic() - begin
    wanted = len(codes)
    print(f"job {state}: {wanted} offices in {seconds / 60:.1f} min ({seconds / wanted:.2f} s each); the renderer alone: {alone * wanted / 60:.1f} min ({alone:.2f} s each), {seconds / wanted / alone:.2f} x")
    if wanted != 553:
        print(f"  553 would take {seconds / wanted * 553 / 60:.0f} min, the renderer alone {alone * 553 / 60:.0f} min")
    print(f"server memory: {busy.first:.1f} MB after the first, {busy.most:.1f} MB at most, {busy.last:.1f} MB at the end")
    for page in pages:
        before, during = p99(quiet.times[page]), p99(busy.times[page])
        print(f"{page.rsplit('/', 1)[0] or page}: p99 {before:.1f} ms quiet, {during:.1f} ms while issuing (median {statistics.median(quiet.times[page]):.1f} and {statistics.median(busy.times[page]):.1f})")
        if during > max(SMALL_MS, 2 * before):
            wrong.append(f"p99 of {page} more than doubled")
    if busy.most - busy.first > MOST_GROWTH_MB:
        wrong.append(f"memory grew by {busy.most - busy.first:.0f} MB")
    papers, numbers, finals = ask(data, """SELECT count(*), count(DISTINCT unit_id || ' ' || number),
        (SELECT count(*) FROM paper_file WHERE edition = 'final' AND media = 'pdf') FROM official_paper WHERE paper_kind = 'decree' AND number <> ''""")
    taken, distinct = ask(data, "SELECT count(*), count(DISTINCT series_id || ' ' || year || ' ' || sequence || suffix) FROM paper_number")
    print(f"decrees: {papers} numbered, {numbers} different, {finals} printed; {taken} numbers taken")
    if not papers == numbers == finals == taken == distinct == wanted or state != "done":
        wrong.append(f"{wanted} offices, but the job ended as {state} with {papers} decrees, {finals} printed and {taken} numbers")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--units", type=int, default=553)
    parser.add_argument("--stop-after", type=int)
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
        wrong = issue(args.program, data, year, codes, args.stop_after, statistics.mean(alone))
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
