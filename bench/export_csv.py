#!/usr/bin/env python3
"""Measures the CSV of a long list and the recap over all units: bench/export_csv.py BIN [RECORDS]

BIN holds kpuhub and records_data. RECORDS (1,000,000) of five references stand in one unit; the list is read by one who holds a post
there. Asked: first byte <= 1 s, growth of memory <= 64 MB, the number of rows stated and equal; recap over all units >= 1,000/s.
Loopback only; wrk shares the processor with the server.
"""
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

PORT = 22000 + os.getpid() % 8000
URL = f"http://127.0.0.1:{PORT}"


def megabytes(pid, name):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(name + r":\s+(\d+)", status.read())[1]) / 1024


def read_export(path, cookie, pause=0.0):
    """Seconds to the first byte of the body and to its end, bytes, lines, and the number that the answer states."""
    client = socket.create_connection(("127.0.0.1", PORT), timeout=60)
    began = time.monotonic()
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nCookie: kpuhub={cookie}\r\nConnection: close\r\n\r\n".encode())
    head, first, size, lines, last = b"", 0.0, 0, 0, b""
    while piece := client.recv(1 << 18):
        if b"\r\n\r\n" not in head:
            head += piece
            piece = head.split(b"\r\n\r\n", 1)[1] if b"\r\n\r\n" in head else b""
        if piece and not first:
            first = time.monotonic() - began
        size += len(piece)
        # lines of the file end "\r\n" after a cell; those of the chunks' lengths hold hexadecimal digits alone
        lines += piece.count(b";")
        last = (last + piece)[-200:]
        if pause:
            time.sleep(pause)
    stated = re.search(rb"X-Row-Count: (\d+)\r\n", last + b"\r\n") or re.search(rb"X-Row-Count: (\d+)\r\n", head)
    return first, time.monotonic() - began, size, lines, int(stated[1]) if stated else -1


def main():
    folder, records = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    data = tempfile.mkdtemp(prefix="kpuhub-export-")
    began = time.monotonic()
    filled = subprocess.run([f"{folder}/records_data", data, "20000", str(records)], capture_output=True, text=True, check=True, timeout=1800).stdout
    cookie, _, unit, _ = next(line for line in filled.splitlines() if line.count("\t") == 3).split("\t")
    print(f"{records} records written in {time.monotonic() - began:.0f} s")
    database = sqlite3.connect(f"{data}/kpuhub.db")
    database.execute("INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at) SELECT 'supervisor', u.id, p.id, '2000-01-01', '2099-12-31', 0"
                     " FROM unit u, person p JOIN unit own ON own.id = p.unit_id WHERE u.code = '00' AND own.code = ?", (unit,))
    database.commit()
    database.close()
    server = subprocess.Popen([f"{folder}/kpuhub", "serve", "--data", data, "--listen", f"127.0.0.1:{PORT}", "--log-level", "warn"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(400):
            try:
                urllib.request.urlopen(URL + "/healthz", timeout=1)
                break
            except OSError:
                time.sleep(0.05)
        page = urllib.request.Request(f"{URL}/units/{unit}/registers/bench_reference", headers={"Cookie": f"kpuhub={cookie}"})
        for _ in range(20):
            urllib.request.urlopen(page, timeout=10).read()
        before = megabytes(server.pid, "VmRSS")
        address = f"/units/{unit}/registers/bench_reference/export?format=csv"
        first, whole, size, cells, stated = read_export(address, cookie)
        columns = 9     # separators of a line: number, state, made on, made by and six fields
        print(f"first byte {first * 1000:.0f} ms (asked 1000), whole {whole:.1f} s, {size / 1e6:.0f} MB, rows {cells // columns - 1}, stated {stated}, "
              f"memory {before:.0f} MB before, most {megabytes(server.pid, 'VmHWM'):.0f} MB (growth {megabytes(server.pid, 'VmHWM') - before:.0f}, asked 64)")
        for path, accept in (("recap", "text/html"), ("recap", "application/json"), ("recap?format=csv", "text/csv")):
            run = subprocess.run(["wrk", "-t1", "-c16", "-d5s", "-H", f"Cookie: kpuhub={cookie}", "-H", f"Accept: {accept}", f"{URL}/units/00/registers/bench_record/{path}"],
                                 capture_output=True, text=True, timeout=60)
            wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", run.stdout)
            print(f"{path} of all units ({accept}): {re.search(r'Requests/sec: +([0-9.]+)', run.stdout)[1]}/s (asked 1000), faults {wrong[1] if wrong else 0}")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        shutil.rmtree(data)


main()
