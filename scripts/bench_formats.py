#!/usr/bin/env python3
"""The readers and converters beside what can be installed here, in one run.

Needs ../shared/bench for its generator of contacts. Every line is the best of three runs by CPU time (user and
system, one core), so that other work on the machine counts little. Peers read the same files; those that are
far slower get the first part of a file, and their rate is per byte.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys

import measure

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "bench-data"
PYTHON = sys.executable
COLUMNS = 5


def best(command, runs=3):
    """The CPU seconds of the cheapest of some runs, and the peak memory of that run."""
    costs = [measure.run(command, core=0) for _ in range(runs)]
    for cost in costs:
        if cost.status not in (0, 1):
            raise SystemExit(f"{' '.join(map(str, command))} ended with {cost.status}")
    return min(costs, key=lambda cost: cost.cpu)


def peer(code, *arguments):
    """A Python program as a command."""
    return [PYTHON, "-c", code, *map(str, arguments)]


PYTHON_CSV_SELECT = """
import csv, sys
with open(sys.argv[1], newline='') as f, open(sys.argv[2], 'w', newline='') as o:
    r, w = csv.reader(f), csv.writer(o)
    for row in r: w.writerow(row[:5])
"""
POLARS_CSV_SELECT = """
import polars, sys
frame = polars.read_csv(sys.argv[1], infer_schema_length=0)
frame.select(frame.columns[:5]).write_csv(sys.argv[2])
"""
DUCKDB_CSV_SELECT = """
import duckdb, sys
c = duckdb.connect(); c.execute("set threads=1")
names = [d[0] for d in c.execute(f"select * from read_csv('{sys.argv[1]}', all_varchar=true, header=true) limit 0").description][:5]
cols = ', '.join('"' + n + '"' for n in names)
c.execute(f"copy (select {cols} from read_csv('{sys.argv[1]}', all_varchar=true, header=true)) to '{sys.argv[2]}' (header)")
"""
POLARS_CSV_JSON = """
import polars, sys
polars.read_csv(sys.argv[1], infer_schema_length=0).write_ndjson(sys.argv[2])
"""
DUCKDB_CSV_JSON = """
import duckdb, sys
c = duckdb.connect(); c.execute("set threads=1")
c.execute(f"copy (select * from read_csv('{sys.argv[1]}', all_varchar=true, header=true)) to '{sys.argv[2]}' (format json)")
"""
PYTHON_CSV_JSON = """
import csv, json, sys
with open(sys.argv[1], newline='') as f, open(sys.argv[2], 'w') as o:
    for row in csv.DictReader(f): o.write(json.dumps(row, ensure_ascii=False) + '\\n')
"""
DUCKDB_JSON = """
import duckdb, sys
c = duckdb.connect(); c.execute("set threads=1")
cols = c.execute(f"select * from read_json('{sys.argv[1]}', format='newline_delimited') limit 0").description
total = ' + '.join('coalesce(sum(length(cast("' + d[0] + '" as varchar))), 0)' for d in cols)
print(c.execute(f"select count(*), {total} from read_json('{sys.argv[1]}', format='newline_delimited')").fetchall())
"""
ORJSON = """
import orjson, sys
with open(sys.argv[1], 'rb') as f:
    for line in f: orjson.loads(line)
"""
VOBJECT = """
import sys, vobject
with open(sys.argv[1], encoding='utf-8', newline='') as f:
    for card in vobject.readComponents(f.read()): pass
"""


class Table:
    def __init__(self):
        self.rows = [("stage", "what", "CPU s", "MB/s", "peak MB", "ferry's CPU beside it")]
        self.ferry = {}

    def add(self, stage, what, size, cost, scale=1.0):
        """`scale` is how much of the file the peer read."""
        rate = size * scale / cost.cpu / 1e6
        per_byte = cost.cpu / scale
        if what.startswith("ferry"):
            self.ferry.setdefault(stage, per_byte)
            share = ""
        else:
            share = f"{self.ferry[stage] / per_byte:.2f}x"
        self.rows.append(
            (stage, what, f"{cost.cpu:.2f}", f"{rate:,.0f}", f"{cost.peak_megabytes:.0f}", share)
        )

    def text(self):
        lines = ["| " + " | ".join(row) + " |" for row in self.rows]
        lines.insert(1, "|" + " --- |" * len(self.rows[0]))
        return "\n".join(lines)


def head_of(path, name, limit, separator):
    """The first records of a file, as a file of their own, and what share of it they are."""
    target = DATA / name
    data = path.open("rb").read(limit)
    end = data.rfind(separator) + len(separator)
    target.write_bytes(data[:end])
    return target, end / path.stat().st_size


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ferry", required=True)
    parser.add_argument("--stages", required=True, help="the FormatBench program")
    parser.add_argument("--prefix", required=True, help="of the generated files in bench-data/")
    arguments = parser.parse_args()
    ferry, stages = arguments.ferry, arguments.stages
    csv = DATA / f"{arguments.prefix}.csv"
    cp1251 = DATA / f"{arguments.prefix}_cp1251.csv"
    jsonl, vcf, xml = (DATA / f"{arguments.prefix}.{kind}" for kind in ("jsonl", "vcf", "xml"))
    out = DATA / "bench-output"
    table = Table()
    header = csv.open(encoding="utf-8").readline().strip().split(",")
    columns = ",".join(header[:COLUMNS])

    def size(path):
        return path.stat().st_size

    stage = "CSV, 5 of 12 columns"
    table.add(stage, "ferry convert --columns", size(csv),
              best([ferry, "convert", csv, out, "--to", "csv", "--columns", columns]))
    table.add(stage, "polars", size(csv), best(peer(POLARS_CSV_SELECT, csv, out)))
    table.add(stage, "DuckDB", size(csv), best(peer(DUCKDB_CSV_SELECT, csv, out)))
    table.add(stage, "Python csv", size(csv), best(peer(PYTHON_CSV_SELECT, csv, out), runs=1))

    stage = "CSV, read only"
    table.add(stage, "ferry's reader", size(csv), best([stages, "read", csv]))

    stage = "CSV to JSON lines"
    table.add(stage, "ferry convert", size(csv), best([ferry, "convert", csv, out, "--to", "jsonl"]))
    table.add(stage, "polars", size(csv), best(peer(POLARS_CSV_JSON, csv, out)))
    table.add(stage, "DuckDB", size(csv), best(peer(DUCKDB_CSV_JSON, csv, out)))
    table.add(stage, "Python csv, json", size(csv), best(peer(PYTHON_CSV_JSON, csv, out), runs=1))

    stage = "windows-1251 to UTF-8"
    table.add(stage, "ferry's decoder", size(cp1251), best([stages, "decode", cp1251, "windows-1251"]))
    if shutil.which("iconv"):
        table.add(stage, "iconv", size(cp1251),
                  best(["iconv", "-f", "cp1251", "-t", "utf-8", "-o", out, cp1251]))

    stage = "JSON lines, validated"
    table.add(stage, "ferry's reader", size(jsonl), best([stages, "read", jsonl]))
    table.add(stage, "DuckDB", size(jsonl), best(peer(DUCKDB_JSON, jsonl)))
    table.add(stage, "orjson", size(jsonl), best(peer(ORJSON, jsonl), runs=1))

    stage = "vCard"
    table.add(stage, "ferry's reader", size(vcf), best([stages, "read", vcf]))
    part, share = head_of(vcf, "bench-part.vcf", 4_000_000, b"END:VCARD\r\n")
    table.add(stage, "vobject", size(vcf), best(peer(VOBJECT, part), runs=1), share)

    stage = "xCard"
    table.add(stage, "ferry's reader", size(xml), best([stages, "read", xml]))
    sax = build_sax()
    if sax:
        table.add(stage, "libxml2 SAX2 in C", size(xml), best([sax, xml]))

    out.unlink(missing_ok=True)
    print(f"\n{measure.machine()}\n\n{table.text()}")
    return 0


def build_sax():
    """Compiles the bare libxml2 parser, if there is a C compiler."""
    compiler = shutil.which("cc") or shutil.which("clang")
    source = ROOT / "scripts" / "bench" / "libxml2_sax.c"
    if not compiler or not source.exists():
        return None
    flags = subprocess.run(["xml2-config", "--cflags", "--libs"], capture_output=True, text=True, check=True)
    binary = DATA / "libxml2_sax"
    subprocess.run([compiler, "-O2", "-o", binary, source, *re.split(r"\s+", flags.stdout.strip())], check=True)
    return binary


if __name__ == "__main__":
    sys.exit(main())
