#!/usr/bin/env python3
"""What a telephone number and an e-mail address cost, beside the libraries others use for them.

Usage: bench_values.py [--bench-binary PATH] [--csv FILE] [--count N] [--rounds N] [--phone-peer PATH]...

Takes the telephone numbers and e-mail addresses, one a line, out of a CSV file of generated contacts, builds the
peers in scripts/peers that can be built here, and runs all on the same lines in turn. A figure is the best of the
rounds, in CPU time (user and system) of the loop alone, on one core. What cannot be built or run is named, not
left out. Peers: libphonenumber in C++, Go's net/mail, PHP's filter_var.

ferry's program is called as `PATH phones FILE` and `PATH emails FILE` and prints `items N cpu_seconds S`.
`--phone-peer` adds a program built from scripts/peers/phone_peer.cc by hand, such as one with a libphonenumber
that uses RE2, where Debian's uses ICU for its regular expressions.
"""

import argparse
import csv
import pathlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

import measure

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "bench-data"
PEERS = ROOT / "scripts" / "peers"
COLUMNS = {"phones": ("Телефон", "Моб."), "emails": ("E-mail",)}


@dataclass
class Contestant:
    """A program that handles a file of values and says what that cost."""

    kind: str
    name: str
    command: list
    is_ferry: bool = False
    rates: list = field(default_factory=list)
    note: str = ""

    def run(self, path):
        output = measure.run([*map(str, self.command), str(path)], core=0).output
        match = re.search(r"items (\d+) cpu_seconds ([\d.]+)(.*)", output)
        if match is None:
            raise SystemExit(f"{self.name} did not say what it cost: {output!r}")
        self.rates.append(int(match[1]) / float(match[2]))
        self.note = match[3].strip()


def extract(path, kind, count):
    """The values of a kind, one a line; cells that hold two telephone numbers become two lines."""
    target, lines = DATA / f"values-{kind}.txt", []
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        columns = [header.index(name) for name in COLUMNS[kind]]
        for row in rows:
            for cell in (row[column] for column in columns if row[column]):
                lines.extend(re.split("[,;]", cell) if kind == "phones" else [cell])
            if len(lines) >= count:
                break
    values = [line.strip() if kind == "phones" else line for line in lines[:count]]
    target.write_text("\n".join(values) + "\n", encoding="utf-8", newline="\n")
    return target, len(values)


def build(name, tool, command):
    """Builds a peer, or says why it is not there."""
    if not shutil.which(tool):
        print(f"skipped: {name}: {tool} is not installed")
        return False
    done = subprocess.run([*map(str, command)], capture_output=True, text=True)
    if done.returncode != 0:
        reason = next((line for line in done.stderr.splitlines() if "error" in line), done.stderr.strip()[:200])
        print(f"skipped: {name}: {reason}")
        return False
    return True


def regex_engine(program):
    """What a build of libphonenumber uses for its regular expressions, by the libraries it is linked with."""
    linked = subprocess.run(["ldd", program], capture_output=True, text=True).stdout
    return "RE2" if "libre2" in linked else "ICU" if "libicui18n" in linked else "unknown engine"


def package_version(package):
    """The version of an installed Debian package, or nothing."""
    if not shutil.which("dpkg-query"):
        return ""
    found = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    return found.stdout


def contestants(options):
    if options.bench_binary:
        for kind in COLUMNS:
            yield Contestant(kind, "ferry", [options.bench_binary, kind], is_ferry=True)
    phone = DATA / "phone_peer"
    compile_phone = ["g++", "-O2", "-o", phone, PEERS / "phone_peer.cc", "-lphonenumber"]
    if build("libphonenumber", "g++", compile_phone):
        version = package_version("libphonenumber-dev")
        yield Contestant("phones", f"libphonenumber {version} ({regex_engine(phone)})", [phone])
    for program in options.phone_peer:
        yield Contestant("phones", f"libphonenumber, {program.name} ({regex_engine(program)})", [program])
    mail = DATA / "email_peer_go"
    if build("Go net/mail", "go", ["go", "build", "-o", mail, PEERS / "email_peer.go"]):
        yield Contestant("emails", "Go net/mail", [mail])
    if shutil.which("php"):
        yield Contestant("emails", "PHP filter_var", ["php", PEERS / "email_peer.php"])
    else:
        print("skipped: PHP filter_var: php is not installed")


def table(found, counts):
    rows = [("values", "what", "items", "items/s of CPU", "slowest round", "ferry beside it", "its own words")]
    for kind in COLUMNS:
        ferry = next((max(each.rates) for each in found if each.kind == kind and each.is_ferry), None)
        for each in (each for each in found if each.kind == kind):
            best, worst = max(each.rates), min(each.rates)
            ratio = f"{ferry / best:.1f}x" if ferry and not each.is_ferry else ""
            rows.append((kind, each.name, f"{counts[kind]:,}", f"{best:,.0f}", f"{worst:,.0f}", ratio, each.note))
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench-binary", type=pathlib.Path, metavar="PATH", help="ferry's program")
    parser.add_argument("--csv", type=pathlib.Path, default=DATA / "contacts_1000000.csv", help="of generated contacts")
    parser.add_argument("--count", type=int, default=1_000_000, help="values of each kind, if there are so many")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--phone-peer", type=pathlib.Path, action="append", default=[], metavar="PATH")
    options = parser.parse_args()
    files, counts = {}, {}
    for kind in COLUMNS:
        files[kind], counts[kind] = extract(options.csv, kind, options.count)
    found = list(contestants(options))
    for _ in range(options.rounds):
        for each in found:
            each.run(files[each.kind])
    print(f"\n{measure.machine()}\n\n{table(found, counts)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
