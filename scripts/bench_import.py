#!/usr/bin/env python3
"""An import beside a bare load generator, and what it costs: CPU, memory, journal.

The load generator (Tests/WireBench) sends the bytes that ferry sent, with as many requests at once,
to the same kind of sandbox. Rows/s are those of the sandbox's file, from the first row that is
there to the last, for both. CPU and memory are measured against a server that answers at once and
stores nothing. Prints tables in Markdown.
"""
import argparse
import contextlib
import json
import math
import os
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import measure

MAPPING = """version: 1
region: RU
phones: { format: crm }
fields:
  person: { join: [Surname, Name, Patronymic] }
  ptitle: Title
  tel: Phone
  mob: Mobile
  mail: Mail
  input1: { from: Born, as: date }
  input2: Comment
  input3: Company
required: [person]
"""
SURNAMES = ["Пробный", "Образцова", "Примеров", "Учебная", "Шаблонов", "Sample", "Тестовый", "Макетова"]
NAMES = ["Пётр", "Анна", "Игорь", "Мария", "Олег", "Jane", "Вера", "Антон"]
TITLES = ["директор", "менеджер по закупкам", "бухгалтер", "инженер"]


def write_rows(path, count):
    """About 185 bytes a row, all of them good and none like another."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("Surname,Name,Patronymic,Title,Phone,Mobile,Mail,Born,Comment,Company\n")
        for number in range(count):
            digits = f"2{number % 1_000_000:06d}"
            written = f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
            file.write(
                f"{SURNAMES[number % 8]},{NAMES[number // 8 % 8]},Иванович {number},{TITLES[number % 4]},"
                f"+7(342){written},+7(91{number % 10}){written},person{number}@example.com,"
                f"{number % 28 + 1:02d}.{number % 12 + 1:02d}.{1950 + number % 50},"
                f"из таблицы {number},Завод {number % 500}\n"
            )


class Served:
    """A process that prints its address and serves until it is ended."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            sys.exit(f"error: {command[0]} {command[1]} did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class Watch:
    """When rows appear in a sandbox's file."""

    def __init__(self, database):
        self.database = database
        self.samples = []
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self):
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)
        while not self.done.is_set():
            row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'person'").fetchone()
            self.samples.append((time.perf_counter(), row[0] if row else 0))
            time.sleep(0.01)
        connection.close()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()

    def rate(self):
        """Rows a second between the first sample with rows and the first with all of them."""
        start = self.samples[0][1]
        last = self.samples[-1][1]
        begin = next(sample for sample in self.samples if sample[1] > start)
        end = next(sample for sample in self.samples if sample[1] == last)
        return (end[1] - begin[1]) / (end[0] - begin[0])


class Bench:
    def __init__(self, arguments, folder):
        self.ferry = arguments.ferry
        self.wire = arguments.wire
        self.in_flight = arguments.in_flight
        self.folder = folder
        self.number = 0
        (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")

    def rows(self, count):
        name = self.folder / f"rows_{count}.csv"
        if not name.exists():
            write_rows(name, count)
        return name

    def fresh(self, name):
        self.number += 1
        return self.folder / f"{name}{self.number}"

    @contextlib.contextmanager
    def sandbox(self):
        database = self.fresh("crm")
        with Served([self.ferry, "sandbox", "--port", "0", "--profile", "php74", "--database", str(database)]) as served:
            yield served, database
        for path in self.folder.glob(database.name + "*"):
            path.unlink()

    def importing(self, address, rows, api, batch=None, more=()):
        """Imports so many rows; the cost, and the size of the journal."""
        source = self.rows(rows)
        own = self.fresh("run")
        environment = dict(
            os.environ, FERRY_URL=address, FERRY_LOGIN="chief@ferry.example", FERRY_APIKEY="sandbox-key-0001",
            FERRY_STATE_DIR=str(own / "state"), LANG="C",
        )
        command = [
            self.ferry, "import", str(source), "--mapping", str(self.folder / "map.yaml"), "--api", api, "--yes", "--json",
            "--max-in-flight", str(self.in_flight), "--runs-dir", str(own / "runs"), *more,
        ]
        if batch:
            command += ["--batch-size", str(batch)]
        said = self.folder / "stderr"
        cost = measure.run(["sh", "-c", 'exec "$0" "$@" 2>"$SAID"', *command], environment=dict(environment, SAID=str(said)))
        if cost.status != 0:
            print(said.read_text(), file=sys.stderr)
            sys.exit(f"error: the import of {rows} rows ended with {cost.status}")
        created = json.loads(cost.output)["outcomes"]["created"]
        if created != rows:
            sys.exit(f"error: {created} of {rows} rows were created")
        journal = sum(path.stat().st_size for path in (own / "runs").glob("*/journal.sqlite*"))
        subprocess.run(["rm", "-rf", str(own)], check=True)
        return cost, journal

    def record(self, rows, api, batch=None):
        """What ferry sends for so many rows, with the replies."""
        recording = self.fresh("recording")
        with self.sandbox() as (served, _):
            with Served([self.wire, "record", served.address, str(recording)]) as proxy:
                self.importing(proxy.address, rows, api, batch)
        return recording

    def replay(self, address, recording):
        output = subprocess.run(
            [self.wire, "replay", address, str(recording), str(self.in_flight)], check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        said = json.loads(output)
        if said["failures"]:
            sys.exit(f"error: {said['failures']} connections of the load generator failed")
        return said

    def ratio(self, rows, api, rounds):
        """Pairs, each in the other order than the one before, so that a drift of the machine cancels out."""
        recording = self.record(rows, api)
        ferry, bare, whole = [], [], []

        def importing():
            with self.sandbox() as (served, database), Watch(database) as watch:
                cost, _ = self.importing(served.address, rows, api)
            ferry.append(watch.rate())
            whole.append(rows / cost.seconds)

        def replaying():
            with self.sandbox() as (served, database), Watch(database) as watch:
                said = self.replay(served.address, recording)
            bare.append(watch.rate())
            return said["requests"]

        for number in range(rounds):
            if number % 2 == 0:
                importing()
            requests = replaying()
            if number % 2 == 1:
                importing()
        recording.unlink()
        # Ratios are compared by their logarithms: twice as fast and half as fast even out.
        logs = [math.log(mine / theirs) for mine, theirs in zip(ferry, bare)]
        error = statistics.stdev(logs) / math.sqrt(rounds) if rounds > 1 else 0
        print(
            f"| {api} | {rounds} x {rows:,} | {requests:,} | {statistics.median(ferry):,.0f} | {statistics.median(bare):,.0f} | "
            f"{math.exp(statistics.mean(logs)):.1%} ± {error:.1%} | {statistics.median(whole):,.0f} |",
            flush=True,
        )

    def cost(self, rows, api, batch, rounds):
        recording = self.record(1000, api, batch)
        with Served([self.wire, "serve", str(recording)]) as served:
            runs = [self.importing(served.address, rows, api, batch) for _ in range(rounds)]
            small = [self.importing(served.address, 1000, api, batch) for _ in range(rounds)]
        cost, journal = min(runs, key=lambda run: run[0].cpu)
        base = min(run[0].cpu for run in small)
        peak = max(run[0].peak_megabytes for run in runs)
        first = min(run[0].peak_megabytes for run in small)
        print(
            f"| {api}, {batch} rows a request | {rows:,} | {(cost.cpu - base) / (rows - 1000) * 1e6:.2f} | "
            f"{rows / cost.seconds:,.0f} | {peak:.1f} | {first:.1f} | {peak - first:.1f} | {journal / rows:.0f} |",
            flush=True,
        )


def fsync_milliseconds(folder):
    """The median of a hundred appended blocks, each brought to the disk."""
    path = folder / "fsync"
    times = []
    with open(path, "wb", buffering=0) as file:
        for _ in range(100):
            start = time.perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            times.append((time.perf_counter() - start) * 1000)
    path.unlink()
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ferry", required=True)
    parser.add_argument("--wire", required=True)
    parser.add_argument("--rows", type=int, default=30_000, help="rows beside the load generator")
    parser.add_argument("--many", type=int, default=1_000_000, help="rows for CPU and memory")
    parser.add_argument("--api", action="append", help="only this one (default: v3 and v2)")
    parser.add_argument("--pairs", type=int, default=12, help="how often ferry and the load generator take turns")
    parser.add_argument("--rounds", type=int, default=3, help="how often CPU and memory are measured")
    parser.add_argument("--in-flight", type=int, default=4)
    parser.add_argument("--folder", help="where the files are made (default: the system's temporary folder)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = pathlib.Path(name)
        bench = Bench(arguments, folder)
        print(f"{measure.machine()}; fsync {fsync_milliseconds(folder):.2f} ms; {arguments.in_flight} requests at once\n")
        print("| API | pairs | requests | ferry, rows/s | bare, rows/s | ferry / bare | whole run, rows/s |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for api in arguments.api or ("v3", "v2"):
            bench.ratio(arguments.rows, api, arguments.pairs)
        print("\n| against a server that answers at once | rows | CPU µs/row | rows/s | peak MB | of 1,000 rows | beyond | journal bytes/row |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for api, batch in (("v3", 500), ("v2", 75)):
            if api not in (arguments.api or (api,)):
                continue
            bench.cost(arguments.many, api, batch, arguments.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
