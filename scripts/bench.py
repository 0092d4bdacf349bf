#!/usr/bin/env python3
"""The dry run of generated contacts: ferry beside the script a user would write.

Needs ../shared/bench (the generator and the script); without it there is nothing to compare with.
Prints a table in Markdown, as docs/performance.md has it; each line is the best of three runs.
"""
import argparse
import pathlib
import re
import subprocess
import sys

import measure

ROOT = pathlib.Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
DATA = ROOT / "bench-data"
MAPPING = ROOT / "mappings" / "generated.yaml"
# The script is slow; its speed does not depend on how many rows it gets.
SCRIPT_ROWS = 50_000


def generate(rows, prefix):
    if (DATA / f"{prefix}.xml").exists():
        return
    DATA.mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, str(BENCH / "generate_contacts.py"), str(rows), "20240601", str(DATA), prefix],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def best(command, core):
    """The run with the least CPU time of three: others use the machine too."""
    return min((measure.run(command, core=core) for _ in range(3)), key=lambda cost: cost.cpu)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ferry", required=True)
    parser.add_argument("--rows", type=int, default=1_000_000)
    arguments = parser.parse_args()
    if not BENCH.is_dir():
        print("../shared/bench is absent: nothing to measure with", file=sys.stderr)
        return 1
    prefix = f"contacts_{arguments.rows}"
    generate(arguments.rows, prefix)

    table = [("file", "rows", "CPU s", "wall s", "rows/CPU-s", "peak MB")]
    rates = {}
    for name in (f"{prefix}.csv", f"{prefix}_cp1251.csv"):
        for core, label in ((0, "one core"), (None, "all cores")):
            cost = best(
                [arguments.ferry, "check", str(DATA / name), "--mapping", str(MAPPING)], core
            )
            if cost.status not in (0, 1):
                print(cost.output, file=sys.stderr)
                return 1
            rate = arguments.rows / cost.cpu
            rates[(name, label)] = rate
            table.append(
                (
                    f"ferry check {name}, {label}",
                    f"{arguments.rows:,}",
                    f"{cost.cpu:.2f}",
                    f"{cost.seconds:.2f}",
                    f"{rate:,.0f}",
                    f"{cost.peak_megabytes:.1f}",
                )
            )
    script_rows = min(SCRIPT_ROWS, arguments.rows)
    cost = best(
        [sys.executable, str(BENCH / "baseline_script.py"), str(DATA / f"{prefix}.csv"), "dry", str(script_rows)],
        0,
    )
    seen = int(re.search(r"'rows': (\d+)", cost.output).group(1))
    script = seen / cost.cpu
    table.append(
        (
            "the script, one core",
            f"{seen:,}",
            f"{cost.cpu:.2f}",
            f"{cost.seconds:.2f}",
            f"{script:,.0f}",
            f"{cost.peak_megabytes:.1f}",
        )
    )
    print(f"\n{measure.machine()}\n")
    for index, row in enumerate(table):
        print("| " + " | ".join(row) + " |")
        if index == 0:
            print("|" + " --- |" * len(row))
    for name in (f"{prefix}.csv", f"{prefix}_cp1251.csv"):
        print(f"\nferry / script on {name}, one core: {rates[(name, 'one core')] / script:.0f}x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
