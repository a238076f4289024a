#!/usr/bin/env python3
"""Starts the program on a filled data folder and measures start, memory, capacity, p99 at 30 % of it, idle connections.

usage: serve_and_measure.py PROGRAM DATA [PAGES_BENCH]   loopback only, bounded in count and time
With PAGES_BENCH (the program of that name) also signed-in pages of random offices: `PAGES_BENCH DATA --session N` gives them.
"""
import asyncio
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

PORT = 21000 + os.getpid() % 9000
URL = f"http://127.0.0.1:{PORT}"


def resident_mb(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024


def start(program, data, demo):
    words = [program, "serve", "--data", data, "--listen", f"127.0.0.1:{PORT}", "--log-level", "warn"]
    began = time.monotonic()
    server = subprocess.Popen(words + (["--demo"] if demo else []), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while time.monotonic() - began < 60:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=1)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return server, time.monotonic() - began
        except OSError:
            time.sleep(0.005)
        if server.poll() is not None:
            sys.exit(f"the server ended with {server.returncode}")
    sys.exit("the server did not answer within 60 s")


def capacity(paths, cookie):
    """Answers per second of 3 s of wrk with 32 connections on addresses in random order."""
    script = ["local paths = {", *[f'  "{path}",' for path in paths], "}",
              "request = function() return wrk.format('GET', paths[math.random(#paths)]) end"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write("\n".join(script))
        lua.flush()
        words = ["wrk", "-t1", "-c32", "-d3s", "-s", lua.name] + (["-H", f"Cookie: {cookie}"] if cookie else [])
        run = subprocess.run(words + [URL], capture_output=True, text=True, timeout=60)
    found = re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", run.stdout)
    if wrong:
        print(f"  {wrong[1]} answers were faults")
    return float(found[1]) if found else 0.0


async def fixed_rate(paths, cookie, rate, seconds):
    """Latencies in ms from the intended start of each request, on 16 keep-alive connections."""
    latencies, queue, chance = [], asyncio.Queue(), random.Random(1)
    line = f"Cookie: {cookie}\r\n" if cookie else ""

    async def worker():
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        while (intended := await queue.get()) is not None:
            writer.write(f"GET {chance.choice(paths)} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\n{line}\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"[Cc]ontent-[Ll]ength: (\d+)", head)
            await reader.readexactly(int(length[1]) if length else 0)
            latencies.append((time.monotonic() - intended) * 1000)
        writer.close()

    workers = [asyncio.create_task(worker()) for _ in range(16)]
    began, count = time.monotonic(), int(rate * seconds)
    for i in range(count):
        intended = began + i / rate
        if (wait := intended - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        queue.put_nowait(intended)
    for _ in workers:
        queue.put_nowait(None)
    await asyncio.gather(*workers)
    return sorted(latencies)


def measure(name, paths, cookie=None, rounds=7):
    """p99 at 30 % of the capacity, in rounds; the median of them and the spread. The generator itself gives 400 a second at most."""
    most = capacity(paths, cookie)
    rate = max(min(most * 0.3, 400), 1)
    p99 = []
    for _ in range(rounds):
        latencies = asyncio.run(fixed_rate(paths, cookie, rate, 4))
        p99.append(latencies[int(len(latencies) * 0.99)])
    p99.sort()
    print(f"{name}: {most:.0f}/s with 32 connections; at {rate:.0f}/s p99 {p99[len(p99) // 2]:.1f} ms ({p99[0]:.1f} to {p99[-1]:.1f}; asked <= 25)")


def main():
    program, data, *bench = sys.argv[1:]
    demo = os.environ.get("KPUHUB_BENCH_DEMO") == "1"
    signed_in = []
    if bench:
        signed_in = subprocess.run([bench[0], data, "--session", "800"], capture_output=True, text=True, check=True, timeout=60).stdout.split()
    server, seconds = start(program, data, demo)
    try:
        print(f"start {seconds * 1000:.0f} ms (asked <= 300)")
        time.sleep(1)
        print(f"idle {resident_mb(server.pid):.1f} MB (asked <= 60)")
        measure("public pages", [f"/public/units/{code}" for code in (7571, 1571, 11, 12, 13, 14, 15, 16, 17, 18)])
        if signed_in:
            measure("signed-in pages of random offices", signed_in[1:], f"kpuhub={signed_in[0]}")
        subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "idle_connections.py"), "--url", URL + "/sign-in",
                        "--pid", str(server.pid)], timeout=300)
        print(f"after the bench {resident_mb(server.pid):.1f} MB (asked <= 200)")
    finally:
        server.send_signal(signal.SIGTERM)
        began = time.monotonic()
        server.wait(20)
        print(f"SIGTERM to end {time.monotonic() - began:.2f} s (asked <= 10)")


if __name__ == "__main__":
    main()
