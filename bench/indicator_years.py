#!/usr/bin/env python3
"""Measures pages of indicators of the nation with one and with five years of tallies of 553 offices: bench/indicator_years.py BIN

BIN holds kpuhub and records_data. Asked: flat. The servers run for some minutes first, until the sums of ended periods are kept; then pages of
both are asked for in seven interleaved rounds, and the median of the CPU time per answer (user and system of the server) is told. Loopback only.
"""
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

PORT = 22000 + os.getpid() % 8000
PAGES = ("lhkan_share", "plan_progress", "visitors_served", "ppid_answered_in_time", "")
PARTS = ("t.all", "t.due", "t.verified", "t.submitted", "t.late", "t.no_proof", "a1.due", "a1.verified", "a2.due", "a2.verified")


def fill(data, years):
    database = sqlite3.connect(f"{data}/kpuhub.db")
    rows = []
    for unit, in database.execute("SELECT id FROM unit").fetchall():
        for year in years:
            rows += [("lhkan_share", str(year), part, unit, 7 + unit % 5) for part in "nd"]
            for month in range(1, 13):
                rows.append(("visitors_served", f"{year}-{month:02}", "n", unit, 9))
                rows += [("plan_progress", f"{year}-{month:02}", part, unit, 10) for part in PARTS]
            rows += [("ppid_answered_in_time", f"{year}-Q{quarter}", part, unit, 3) for quarter in range(1, 5) for part in "nd"]
    database.executemany("INSERT INTO tally (indicator, period, part, unit_id, amount) VALUES (?, ?, ?, ?, ?)", rows)
    database.commit()
    database.close()


def kept(data):
    database = sqlite3.connect(f"file:{data}/kpuhub.db?mode=ro", uri=True)
    asked, filled = database.execute("SELECT count(*), count(sums) FROM tally_kept").fetchone()
    database.close()
    return 0 < asked == filled


def cpu_ms(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def main():
    folder, this_year, requests = sys.argv[1], time.localtime().tm_year, 40
    runs = []
    try:
        for number, years in enumerate((1, 5)):
            data = tempfile.mkdtemp(prefix="kpuhub-years-")
            filled = subprocess.run([f"{folder}/records_data", data, "1000"], capture_output=True, text=True, check=True, timeout=300).stdout
            cookie, _, unit, _ = next(line for line in filled.splitlines() if line.count("\t") == 3).split("\t")
            database = sqlite3.connect(f"{data}/kpuhub.db")
            database.execute("INSERT INTO role_grant (role, unit_id, person_id, valid_from, valid_to, written_at) SELECT 'supervisor', u.id, p.id, '2000-01-01', '2099-12-31', 0"
                             " FROM unit u, person p JOIN unit own ON own.id = p.unit_id WHERE u.code = '00' AND own.code = ? AND p.name = 'Bench'", (unit,))
            database.commit()
            database.close()
            fill(data, range(this_year - years + 1, this_year + 1))
            server = subprocess.Popen([f"{folder}/kpuhub", "serve", "--data", data, "--listen", f"127.0.0.1:{PORT + number}", "--log-level", "warn"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            runs.append((years, data, cookie, server))
        for _ in range(600):
            time.sleep(1)
            if all(kept(data) for _, data, _, _ in runs):
                break
        for page in PAGES:
            spent = {years: [] for years, _, _, _ in runs}
            for _ in range(7):
                for number, (years, _, cookie, server) in enumerate(runs):
                    request = urllib.request.Request(f"http://127.0.0.1:{PORT + number}/units/00/indicators" + (f"/{page}" if page else ""), headers={"Cookie": f"kpuhub={cookie}"})
                    before = cpu_ms(server.pid)
                    for _ in range(requests):
                        urllib.request.urlopen(request, timeout=30).read()
                    spent[years].append((cpu_ms(server.pid) - before) / requests)
            print(f"{page or 'list of all'}: {statistics.median(spent[1]):.1f} ms with one year, {statistics.median(spent[5]):.1f} ms with five")
    finally:
        for _, data, _, server in runs:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
            shutil.rmtree(data)


main()
