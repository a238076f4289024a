#!/usr/bin/env python3
"""What idle and slow connections cost the server (docs/testing.md).

usage: bench/idle_connections.py --url http://127.0.0.1:8080/sign-in --pid PID [--idle 5000] [--slow 200] [--rounds 7]

Measures, on a server that already runs:
  1. resident memory for each idle keep-alive connection (each has had one answer); asked: at most 12 kB
  2. p99 of a normal client at a fixed rate, latency from the intended start, alone (A) and beside clients that send one
     byte a second (B), in interleaved rounds A B A B; passes when the median of B/A is at most 1.5
Prints one JSON line; exit 1 when a figure is missed. Bounded: about (rounds * 2 * seconds) + 30 s.
"""
import argparse
import json
import resource
import socket
import statistics
import sys
import threading
import time
from urllib.parse import urlsplit


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--idle", type=int, default=5000)
    parser.add_argument("--slow", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rate", type=float, default=200)
    return parser.parse_args()


def resident_kb(pid):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise SystemExit("the server has ended")


class Site:
    def __init__(self, url):
        parts = urlsplit(url)
        self.address = (parts.hostname, parts.port)
        self.request = f"GET {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()

    def connect(self):
        connection = socket.create_connection(self.address, timeout=15)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def ask(self, connection):
        connection.sendall(self.request)
        arrived = b""
        while b"\r\n\r\n" not in arrived:
            arrived += self.more(connection)
        head, body = arrived.split(b"\r\n\r\n", 1)
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        while len(body) < length:
            body += self.more(connection)
        return int(head.split(b" ")[1])

    @staticmethod
    def more(connection):
        arrived = connection.recv(65536)
        if not arrived:
            raise ConnectionError("closed")
        return arrived


def idle_cost(site, pid, count):
    warm = site.connect()
    for _ in range(2000):
        site.ask(warm)
    before = resident_kb(pid)
    idle = []
    for _ in range(count):
        idle.append(site.connect())
        site.ask(idle[-1])
    time.sleep(1)
    cost = (resident_kb(pid) - before) / count
    for connection in idle:
        connection.close()
    warm.close()
    time.sleep(2)
    return cost


def p99_ms(site, seconds, rate):
    """Latency from the intended start: a stall counts for all requests that it held up."""
    connection = site.connect()
    for _ in range(50):
        site.ask(connection)
    latencies = []
    begin = time.perf_counter()
    for number in range(int(seconds * rate)):
        intended = begin + number / rate
        wait = intended - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        site.ask(connection)
        latencies.append((time.perf_counter() - intended) * 1000)
    connection.close()
    return statistics.quantiles(latencies, n=100)[98]


class SlowClients:
    """Each sends its request head at one byte a second; who is answered or cut comes again."""

    def __init__(self, site, count):
        self.site = site
        self.ending = threading.Event()
        self.clients = [[site.connect(), 0] for _ in range(count)]
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        pause = 1 / len(self.clients)
        while not self.ending.is_set():
            for client in self.clients:
                if self.ending.wait(pause):
                    return
                self.send_byte(client)

    def send_byte(self, client):
        try:
            client[0].sendall(self.site.request[client[1]:client[1] + 1])
            client[1] = (client[1] + 1) % len(self.site.request)
        except OSError:
            client[0].close()
            client[:] = [self.site.connect(), 0]

    def end(self):
        self.ending.set()
        self.thread.join()
        for client in self.clients:
            client[0].close()


def slow_ratio(site, args):
    alone, beside = [], []
    for _ in range(args.rounds):
        alone.append(p99_ms(site, args.seconds, args.rate))
        slow = SlowClients(site, args.slow)
        time.sleep(1)
        beside.append(p99_ms(site, args.seconds, args.rate))
        slow.end()
    ratios = [b / a for a, b in zip(alone, beside)]
    return {"p99_alone_ms": round(statistics.median(alone), 3), "p99_beside_ms": round(statistics.median(beside), 3),
            "ratio_median": round(statistics.median(ratios), 3), "ratio_spread": [round(min(ratios), 3), round(max(ratios), 3)]}


def main():
    args = options()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, args.idle + 1000), hard))
    site = Site(args.url)
    figures = {"idle_connections": args.idle, "kb_each": round(idle_cost(site, args.pid, args.idle), 2), "slow_clients": args.slow}
    figures |= slow_ratio(site, args)
    print(json.dumps(figures))
    return 0 if figures["kb_each"] <= 12 and figures["ratio_median"] <= 1.5 else 1


if __name__ == "__main__":
    sys.exit(main())
