#!/usr/bin/env python3
"""Starts the program on a filled data folder and measures start, memory, capacity, p99 at 30 % of it, idle connections.

usage: serve_and_measure.py PROGRAM DATA [PATH ...]   loopback only, bounded in count and time
"""
import asyncio
import http.client
import os
import re
import signal
import subprocess
import sys
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


def capacity(path):
    """Answers per second of 2 s of wrk with 32 connections."""
    run = subprocess.run(["wrk", "-t1", "-c32", "-d2s", URL + path], capture_output=True, text=True, timeout=30)
    found = re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)
    return float(found[1]) if found else 0.0


async def fixed_rate(path, rate, seconds):
    """Latencies in ms from the intended start of each request, on 16 keep-alive connections."""
    latencies, queue = [], asyncio.Queue()
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nConnection: keep-alive\r\n\r\n".encode()

    async def worker():
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
        while (intended := await queue.get()) is not None:
            writer.write(request)
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


def main():
    program, data, *paths = sys.argv[1:]
    demo = os.environ.get("KPUHUB_BENCH_DEMO") == "1"
    server, seconds = start(program, data, demo)
    try:
        print(f"start {seconds * 1000:.0f} ms (asked <= 300)")
        time.sleep(1)
        print(f"idle {resident_mb(server.pid):.1f} MB (asked <= 60)")
        for path in paths or ["/sign-in", "/public/units/7571"]:
            most = capacity(path)
            rate = min(most * 0.3, 400)
            latencies = asyncio.run(fixed_rate(path, max(rate, 1), 5))
            p99 = latencies[int(len(latencies) * 0.99)] if latencies else float("nan")
            print(f"{path}: {most:.0f}/s with 32 connections; at {rate:.0f}/s p99 {p99:.1f} ms (asked <= 25)")
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
