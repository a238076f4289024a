#!/usr/bin/env python3
"""How long a decree of 20 pages takes to read, how much memory the children take, and how soon a file that is a bomb is refused.

usage: times.py PROGRAM [--night] [--factor N]
Asserts: 20 pages of text PDF under 5 s; a PDF whose packed object streams hold a million objects, and an encrypted one, refused with a
reason within 5 s, no process left. --night: 20 pages scanned at 300 dpi under 90 s on two cores. Children under 600 MB throughout.
--factor multiplies the times, for a machine that does other work. The other bombs: src/codec/paper_child_test.cpp.
"""
import argparse
import copy
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import threading
import time
import zlib

sys.dont_write_bytecode = True
import check
import print_decree

PAGES = 20
MOST_MB = 600


def processes():
    """Parent and session of every process."""
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            yield int(folder.name), int(words[1]), int(words[3])
        except (OSError, IndexError):
            pass


def proportional_mb(process):
    try:
        for line in pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


class Watch(threading.Thread):
    """The most memory that the children of a process took together."""

    def __init__(self, root):
        super().__init__(daemon=True)
        self.root, self.most, self.over = root, 0.0, threading.Event()

    def run(self):
        while not self.over.wait(0.1):
            parents = {process: parent for process, parent, _ in processes()}
            below = [process for process in parents if self.stands_under(process, parents)]
            self.most = max(self.most, sum(proportional_mb(process) for process in below))

    def stands_under(self, process, parents):
        while process in parents:
            process = parents[process]
            if process == self.root:
                return True
        return False


def read(program, file):
    """Seconds, processor seconds, most megabytes of the children, exit code, words of the refusal, processes left."""
    used = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    begin, before = time.monotonic(), used()
    run = subprocess.Popen([program, "import", "--dry-run", "--format", "json", str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    watch = Watch(run.pid)
    watch.start()
    _, words = run.communicate(timeout=900)
    seconds = time.monotonic() - begin
    watch.over.set()
    watch.join()
    left = [process for process, _, session in processes() if session == run.pid]
    return seconds, used() - before, watch.most, run.returncode, words.decode(errors="replace").strip(), left


def twenty_pages(folder):
    """Our largest sample again and again, each time under other names, cut after twenty pages."""
    gold = print_decree.add_months(print_decree.printable(json.loads((check.ROOT / "definitions/samples/kota.gold.json").read_text(encoding="utf-8"))))
    areas, gold["areas"] = gold["areas"], []
    for turn in range(1, 12):
        for area in copy.deepcopy(areas):
            area["name"] = f"{area['name']} bagian {turn}"
            gold["areas"].append(area)
    whole, text = folder / "whole.pdf", folder / "text.pdf"
    print_decree.print_pdf(gold, print_decree.LOOKS[0], whole)
    subprocess.run(["pdfseparate", "-l", str(PAGES), str(whole), str(folder / "page-%02d.pdf")], check=True)
    parts = sorted(folder.glob("page-*.pdf"))
    assert len(parts) == PAGES, f"{len(parts)} pages"
    subprocess.run(["pdfunite", *map(str, parts), str(text)], check=True)
    return text


def million_objects(path):
    """A PDF of one page beside which object streams hold a million objects: some kilobytes."""
    out, places = b"%PDF-1.5\n", {}

    def put(number, body):
        nonlocal out
        places[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)

    put(1, b"<</Type/Catalog/Pages 2 0 R>>")
    put(2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    put(3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]>>")
    each = 50_000
    for stream in range(20):
        first, holder = 100 + stream * each, 10 + stream
        heads = b" ".join(b"%d %d" % (first + i, i * 5) for i in range(each)) + b" "
        packed = zlib.compress(heads + b"null " * each, 9)
        put(holder, b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (each, len(heads), len(packed), packed))
        places |= {first + i: (2, holder, i) for i in range(each)}
    table = max(places) + 1
    places[table] = (1, len(out), 0)
    rows = b"".join(bytes([kind]) + at.to_bytes(4, "big") + index.to_bytes(3, "big") for kind, at, index in (places.get(n, (0, 0, 0)) for n in range(table + 1)))
    packed, start = zlib.compress(rows, 9), len(out)
    out += b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 3]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        table, table + 1, len(packed), packed, start)
    path.write_bytes(out)
    return path


def encrypted(path):
    """A PDF that wants a password: nobody has it, its keys are noise."""
    key = os.urandom(32).hex().encode()
    path.write_bytes(b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                     b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]>>endobj\n4 0 obj<</Filter/Standard/V 2/R 3/Length 128/P -4/O<%s>/U<%s>>>endobj\n"
                     b"trailer<</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<00><00>]>>\n%%%%EOF\n" % (key, key))
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--night", action="store_true")
    parser.add_argument("--factor", type=float, default=1.0)
    args = parser.parse_args()
    short = []

    def measure(name, file, most_seconds, refused):
        seconds, processor, megabytes, code, words, left = read(args.program, file)
        print(f"{name}: {seconds:.1f} s ({processor:.1f} s of processor), children {megabytes:.0f} MB, exit code {code}", flush=True)
        if seconds > most_seconds * args.factor:
            short.append(f"{name}: {seconds:.1f} s > {most_seconds * args.factor:g} s")
        if megabytes > MOST_MB:
            short.append(f"{name}: children took {megabytes:.0f} MB")
        if (code != 0) != refused or (refused and "kpuhub:" not in words):
            short.append(f"{name}: exit code {code} {words[:200]!r}")
        if left:
            short.append(f"{name}: processes {left} are left")

    with tempfile.TemporaryDirectory() as own:
        folder = pathlib.Path(own)
        text = twenty_pages(folder)
        measure("20 pages of text", text, 5, False)
        measure("a million packed objects", million_objects(folder / "objects.pdf"), 5, True)
        measure("encrypted", encrypted(folder / "locked.pdf"), 5, True)
        if args.night:
            scan = folder / "scan.pdf"
            print_decree.print_scan(text, scan, 300)
            measure("20 pages scanned at 300 dpi", scan, 90, False)
    print("\n".join(short + [f"times of reading, {len(short)} fall short"]))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
