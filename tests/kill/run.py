#!/usr/bin/env python3
"""Kills a writing program at random moments, cuts the power under it, and looks for every write it acknowledged.

usage: tests/kill/run.py [--runs N] [--seed N] [--build DIR]
"""
import argparse
import os
import pathlib
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def records(log):
    """The records of tests/kill/disk.cpp; a record that the kill cut short was not carried out."""
    data, at = log.read_bytes(), 0

    def number():
        nonlocal at
        value, = struct.unpack_from("<Q", data, at)
        at += 8
        return value

    def text():
        nonlocal at
        length = number()
        if at + length > len(data):
            raise struct.error
        value = data[at:at + length]
        at += length
        return value

    while at < len(data):
        kind = chr(data[at])
        at += 1
        try:
            if kind == "W":
                yield kind, dict(inode=number(), offset=number(), size=number(), old=text(), new=text())
            elif kind == "T":
                yield kind, dict(inode=number(), kept=number(), size=number(), old=text())
            elif kind == "S":
                yield kind, dict(inode=number())
            elif kind == "C":
                yield kind, dict(inode=number(), folder=number(), path=text().decode())
            elif kind == "R":
                yield kind, dict(folder=number(), source=text().decode(), target=text().decode())
            else:
                raise SystemExit(f"kill: unknown record {kind!r}")
        except struct.error:
            return


def unsynced(log):
    """File changes by inode, and names, that no sync has made durable."""
    changes, names = {}, []
    for kind, record in records(log):
        if kind in "WT":
            changes.setdefault(record["inode"], []).append((kind, record))
        elif kind == "S":
            changes.pop(record["inode"], None)
            names = [(k, r) for k, r in names if r["folder"] != record["inode"]]
        else:
            if kind == "C" and record["inode"]:
                changes.pop(record["inode"], None)      # the number of a removed file, used again
            names.append((kind, record))
    return changes, names


def cut_power(folder, log, chance):
    """Takes back what was not synced. chance: how likely each unsynced change reached the disk all the same."""
    changes, names = unsynced(log)
    paths = {p.stat().st_ino: p for p in folder.rglob("*") if p.is_file()}
    for inode, entries in changes.items():
        path = paths.get(inode)
        if path is None:
            continue
        with open(path, "r+b") as file:
            for kind, entry in reversed(entries):
                file.seek(entry["offset"] if kind == "W" else entry["kept"])
                file.write(entry["old"])
                file.truncate(entry["size"])
            for kind, entry in entries:
                if random.random() >= chance:
                    continue
                if kind == "T":
                    file.truncate(entry["kept"])
                    continue
                length = len(entry["new"])
                if random.random() < 0.3:               # a write torn between two sectors
                    length = random.randrange(0, length + 1) // 512 * 512
                file.seek(entry["offset"])
                file.write(entry["new"][:length])
    for kind, entry in reversed(names):
        if random.random() < chance:
            continue
        if kind == "R" and os.path.exists(entry["target"]):
            if os.path.isdir(os.path.dirname(entry["source"])):
                os.rename(entry["target"], entry["source"])
        elif kind == "C" and os.path.exists(entry["path"]):
            if os.path.isdir(entry["path"]):
                shutil.rmtree(entry["path"])
            else:
                os.unlink(entry["path"])
    for left in folder.glob("*-shm"):                   # memory of the processes, not of the disk
        left.unlink()
    return sum(len(e) for e in changes.values()) + len(names)


class Killer:
    def __init__(self, build, work):
        self.writer = build / "bin/kill_writer"
        self.disk = build / "bin/libkill_disk.so"
        self.work, self.log = work, work / "disk.log"
        self.acknowledged = set()
        self.dropped = self.total = 0
        self.folder = None

    def environment(self, **more):
        options = os.environ.get("ASAN_OPTIONS", "")
        return dict(os.environ, LD_PRELOAD=str(self.disk), KPUHUB_DISK_FOLDER=str(self.folder),
                    ASAN_OPTIONS=options + ":verify_asan_link_order=0:detect_leaks=0", **more)

    def fresh_folder(self):
        if self.folder:
            shutil.rmtree(self.folder)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="data_", dir=self.work))
        self.acknowledged = set()

    def run(self):
        self.log.write_bytes(b"")
        process = subprocess.Popen([self.writer, "write", self.folder], stdout=subprocess.PIPE,
                                   env=self.environment(KPUHUB_DISK_LOG=str(self.log)))
        lines = []
        reader = threading.Thread(target=lambda: lines.extend(process.stdout.read().splitlines()))
        reader.start()
        time.sleep(random.choice([random.uniform(0.02, 0.4), random.uniform(0.4, 1.2)]))
        if process.poll() is not None:
            sys.exit(f"kill: the writer ended by itself: {process.returncode}")
        process.send_signal(signal.SIGKILL)
        process.wait()
        reader.join()
        self.acknowledged.update(line for line in lines)
        self.total += len(lines)
        chance = random.choice([None, 0.0, 0.0, 0.5])
        if chance is not None:
            self.dropped += cut_power(self.folder, self.log, chance)
        return chance

    def check(self):
        words = b"\n".join(sorted(self.acknowledged)) + b"\n"
        done = subprocess.run([self.writer, "check", self.folder], input=words, stdout=subprocess.PIPE)
        if done.returncode != 0:
            sys.stdout.write(done.stdout.decode()[-4000:])
        return done.returncode == 0

    def meet_faults(self):
        """A full disk, a read-only disk, a failing fsync."""
        self.fresh_folder()
        control = self.work / "fault"
        control.write_text("")
        done = subprocess.run([self.writer, "faults", self.folder, control], stdout=subprocess.PIPE,
                              env=self.environment(KPUHUB_DISK_FAULT=str(control)))
        if done.returncode != 74:
            sys.exit(f"kill: faults of the disk: exit {done.returncode}, not 74\n{done.stdout.decode()}")
        control.unlink()
        self.acknowledged = {b"0 1", b"0 2", b"0 3"}
        if not self.check():
            sys.exit("kill: after a failing fsync the store is not sound")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=10)
    options.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options.add_argument("--build", type=pathlib.Path, default=ROOT / "build/test")
    options = options.parse_args()
    random.seed(options.seed)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="kpuhub_kill_", dir=memory) as work:
        killer = Killer(options.build.resolve(), pathlib.Path(work))
        killer.meet_faults()
        for number in range(options.runs):
            if number % 4 == 0:
                killer.fresh_folder()
            chance = killer.run()
            if not killer.check():
                sys.exit(f"kill: run {number + 1} lost something (--seed {options.seed}, chance {chance})")
        print(f"kill: {options.runs} kills, {killer.total} acknowledged writes, all there; {killer.dropped} unsynced "
              f"changes taken back; full disk, read-only disk and failing fsync as promised (seed {options.seed})")


if __name__ == "__main__":
    main()
