#!/usr/bin/env python3
"""An export: what it costs in CPU and memory, and how fast it reads pages beside a bare load generator.

CPU and memory are measured on one core, against a server (page_server.py) that only lists; beside
them curl and jq make a CSV of the same pages. The load generator sends ferry's own requests for
pages over one connection, one at a time, to the same sandbox. Prints tables in Markdown.
"""
import argparse
import math
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

import bench_import
import measure
from bench_import import Served
from page_server import PAGE, SOCIALS, next_message

SERVER = pathlib.Path(__file__).with_name("page_server.py")
# What ferry writes, in its order.
COLUMNS = ["pid", "person", "user", "clid", "client", "ptitle", "tel", "fax", "mob", "mail", "rol", "loyalty",
           "clientpath", "date_create", "date_edit", "input1", "input2", "input3", "input7", "input10",
           *(f"socials.{name}" for name in SOCIALS)]


def connect(address):
    url = urllib.parse.urlsplit(address)
    connection = socket.create_connection((url.hostname, url.port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


class Recorder:
    """A proxy that keeps the requests for pages, as they were sent."""

    def __init__(self, server):
        self.server = server
        self.requests = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.pass_on, args=(client,), daemon=True).start()

    def pass_on(self, client):
        with client, connect(self.server) as server:
            while request := next_message(client):
                if b"offset" in request:
                    self.requests.append(request)
                server.sendall(request)
                client.sendall(next_message(server))


def replay(address, requests):
    """Sends the requests one after the other; the seconds from the first to the last reply."""
    with connect(address) as connection:
        start = time.perf_counter()
        for request in requests:
            connection.sendall(request)
            if not next_message(connection).startswith(b"HTTP/1.1 200"):
                sys.exit("error: the load generator got no page")
        return time.perf_counter() - start


class Bench(bench_import.Bench):
    def __init__(self, arguments, folder):
        super().__init__(arguments, folder)
        self.api = arguments.api
        self.rounds = arguments.rounds

    def run(self, command, core=None, **more):
        said = self.folder / "stderr"
        environment = dict(
            os.environ, FERRY_LOGIN="chief@ferry.example", FERRY_APIKEY="sandbox-key-0001",
            FERRY_STATE_DIR=str(self.folder / "state"), LANG="C", SAID=str(said), **more,
        )
        cost = measure.run(["sh", "-c", 'exec "$0" "$@" 2>"$SAID"', *map(str, command)], core, environment=environment)
        if cost.status != 0:
            print(said.read_text(), file=sys.stderr)
            sys.exit(f"error: {command[0]} ended with {cost.status}")
        return cost

    def export(self, address, contacts, *more, core=None):
        """Exports, and looks whether as many contacts have come as should."""
        target = self.folder / "contacts.csv"
        cost = self.run(
            [self.ferry, "export", target, "--api", self.api, "--allow-http", *more], core, FERRY_URL=address,
        )
        self.count(target, contacts + 1)
        return cost

    @staticmethod
    def count(path, expected):
        with open(path, "rb") as file:
            lines = sum(1 for _ in file)
        if lines != expected:
            sys.exit(f"error: {path.name} has {lines} lines, {expected} were expected")

    def exports(self, address, contacts):
        return [self.export(address, contacts, core=0) for _ in range(self.rounds)]

    def nights(self, address, contacts):
        """Exports with a memory in which all is as it was."""
        memory = self.fresh("memory")
        self.export(address, contacts, "--state", memory, core=0)
        costs = [self.export(address, contacts, "--state", memory, core=0) for _ in range(self.rounds)]
        for name in ("added", "changed", "deleted"):
            self.count(self.folder / f"contacts.{name}.csv", 1)
        shutil.rmtree(memory)
        return costs

    def peers(self, address, contacts):
        target = self.folder / "peer.csv"
        last = (contacts - 1) // PAGE
        url = f"{address}/developer/v2/person?action=list&order=pid&first=old&socinfo=yes&offset=[0-{last}]"
        columns = ", ".join(f".{name}" for name in COLUMNS)
        script = 'curl -sSf "$0" | jq -r "$1" >"$2"'
        costs = []
        for _ in range(self.rounds):
            costs.append(self.run(["sh", "-c", script, url, f".data[] | [{columns}] | @csv", target], core=0))
            self.count(target, contacts)
        return costs

    def cost(self, name, counts, exports, beside=None):
        """A line for each number of contacts; CPU of the best run, the greatest peak."""
        base = None
        for contacts in counts:
            with Served([sys.executable, str(SERVER), str(contacts)]) as served:
                costs = exports(served.address, contacts)
            best = min(costs, key=lambda cost: cost.cpu)
            each = best.cpu / contacts * 1e6
            beyond = f"{(best.cpu - base[0]) / (contacts - base[1]) * 1e6:.2f}" if base else ""
            base = base or (best.cpu, contacts)
            print(
                f"| {name} | {contacts:,} | {best.cpu:.2f} | {each:.2f} | {beyond} | {contacts / best.seconds:,.0f} | "
                f"{max(cost.peak_megabytes for cost in costs):.1f} | {f'{beside / each:.2f}x' if beside else ''} |",
                flush=True,
            )
        return each

    def ratio(self, rows, rounds):
        """Pairs, each in the other order than the one before, so that a drift of the machine cancels out."""
        ferry, bare = [], []
        with Served([sys.executable, str(SERVER), "0"]) as served:
            nothing = [self.export(served.address, 0).seconds for _ in range(5)]
        with self.sandbox() as (served, _):
            self.importing(served.address, rows, self.api)
            recorder = Recorder(served.address)
            self.export(recorder.address, rows)
            requests = recorder.requests
            for number in range(rounds):
                turns = [
                    lambda: ferry.append(self.export(served.address, rows).seconds),
                    lambda: bare.append(replay(served.address, requests)),
                ]
                for turn in turns if number % 2 == 0 else reversed(turns):
                    turn()
        # Ratios are compared by their logarithms: twice as fast and half as fast even out.
        logs = [math.log(theirs / mine) for mine, theirs in zip(ferry, bare)]
        error = statistics.stdev(logs) / math.sqrt(rounds) if rounds > 1 else 0
        print(
            f"| {self.api} | {rounds} x {rows:,} | {len(requests):,} | {len(requests) / statistics.median(ferry):,.1f} | "
            f"{len(requests) / statistics.median(bare):,.1f} | {math.exp(statistics.mean(logs)):.1%} ± {error:.1%} | "
            f"{statistics.median(ferry) * 1000:,.0f} | {statistics.median(nothing) * 1000:,.0f} |",
            flush=True,
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ferry", required=True)
    parser.add_argument("--rows", type=int, default=40_000, help="contacts beside the load generator")
    parser.add_argument("--many", type=int, default=1_000_000, help="contacts for CPU and memory")
    parser.add_argument("--few", type=int, default=10_000, help="contacts that memory and CPU are compared with")
    parser.add_argument("--peer-rows", type=int, default=50_000, help="contacts for curl and jq, which are slow")
    parser.add_argument("--api", default="v3", choices=("v2", "v3"))
    parser.add_argument("--pairs", type=int, default=12, help="how often ferry and the load generator take turns")
    parser.add_argument("--rounds", type=int, default=3, help="how often CPU and memory are measured")
    parser.add_argument("--folder", help="where the files are made (default: the system's temporary folder)")
    parser.set_defaults(wire=None, in_flight=4)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        bench = Bench(arguments, pathlib.Path(name))
        counts = (arguments.few, arguments.many)
        skipped = []
        print(f"{measure.machine()}; {arguments.api}\n")
        print(
            "| on one core, against a server that only lists | contacts | CPU s | CPU µs/contact | beyond the few | "
            "contacts/s | peak MB | ferry's CPU beside it |"
        )
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        ferry = bench.cost("ferry export", counts, bench.exports)
        known = subprocess.run([arguments.ferry, "export", "--help"], stdout=subprocess.PIPE, text=True).stdout
        if "--state" in known:
            bench.cost("ferry export --state, nothing changed", counts, bench.nights)
        else:
            skipped.append("the second night: this ferry has no --state")
        missing = [tool for tool in ("curl", "jq") if not shutil.which(tool)]
        if missing:
            skipped.append(f"curl and jq: {missing[0]} is not installed")
        else:
            bench.cost("curl, jq", [arguments.peer_rows], bench.peers, beside=ferry)
        for reason in skipped:
            print(f"\nskipped: {reason}")
        print(
            "\nFerry's time is that of the whole process, from its start to the finished file; the load generator's "
            "is that of the pages.\n"
        )
        print("| API | pairs | pages | ferry, pages/s | bare, pages/s | ferry / bare | whole export, ms | of nothing, ms |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        bench.ratio(arguments.rows, arguments.pairs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
