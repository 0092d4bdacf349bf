#!/usr/bin/env python3
"""Imports generated contacts into a sandbox, exports them back, and holds the two together.

What is compared does not come from ferry: the names, titles, sources, loyalties, companies and
comments are computed here from the source file, and the totals must balance. Phones and e-mails
are compared by their digits and their lower-case letters.
"""
import argparse
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import measure

ROOT = pathlib.Path(__file__).resolve().parent.parent
BENCH = ROOT.parent / "shared" / "bench"
csv.field_size_limit(1 << 24)


def read(path, delimiter=",", encoding="utf-8"):
    with open(path, newline="", encoding=encoding) as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def squeezed(text):
    return text.strip(" \t\r\n\u00a0")


def expected(row):
    """The values a source row should have in the CRM, for the columns that are only copied."""
    name = " ".join(part for part in map(squeezed, (row["Фамилия"], row["Имя"], row["Отчество"])) if part)
    return {
        "person": name,
        "ptitle": squeezed(row["Должность"]),
        "clientpath": squeezed(row["Источник"]),
        "loyalty": squeezed(row["Лояльность"]),
        "input3": squeezed(row["Компания"]),
        "input2": squeezed(row["Комментарий"]),
    }


def digits(text):
    return re.sub(r"\D", "", text)


def check(condition, sentence):
    if not condition:
        print(f"error: {sentence}", file=sys.stderr)
        sys.exit(1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ferry", required=True)
    parser.add_argument("--rows", type=int, default=100_000)
    arguments = parser.parse_args()
    if not BENCH.is_dir():
        print("../shared/bench is absent: nothing to generate rows with", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        return compare(arguments, pathlib.Path(name))


def compare(arguments, folder):
    subprocess.run(
        [sys.executable, str(BENCH / "generate_contacts.py"), str(arguments.rows), "7", str(folder), "contacts"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    sandbox = str(folder / "crm.sqlite")
    imported = measure.run(
        [arguments.ferry, "import", "contacts_cp1251.csv", "--mapping", str(ROOT / "mappings" / "generated.yaml"),
         "--sandbox", sandbox, "--json"],
        cwd=folder,
    )
    check(imported.status in (0, 1), f"the import ended with {imported.status}")
    report = json.loads(imported.output)
    outcomes = report["outcomes"]
    total = sum(value for key, value in outcomes.items() if key != "total" and isinstance(value, int))
    check(total == arguments.rows, f"{total} outcomes for {arguments.rows} rows")

    exported = measure.run([arguments.ferry, "export", "back.csv", "--sandbox", sandbox], cwd=folder)
    check(exported.status == 0, f"the export ended with {exported.status}")

    source = read(folder / "contacts_cp1251.csv", ";", "cp1251")
    run = next((folder / "ferry-runs").glob("2*"))
    created = read(run / "created.csv", ";", "cp1251")
    back = {row["pid"]: row for row in read(folder / "back.csv")}
    check(len(created) == outcomes["created"], "created.csv does not hold the created rows")
    check(len(back) == outcomes["created"], f"{len(back)} contacts came back of {outcomes['created']} created")
    check(len({row["ferry_pid"] for row in created}) == len(created), "a pid was given twice")

    differences = 0
    for row in created:
        original = source[int(row["ferry_row"]) - 1]
        contact = back.get(row["ferry_pid"])
        check(contact is not None, f"row {row['ferry_row']} did not come back")
        for field, value in expected(original).items():
            if contact[field].strip() != value and not (value in ("-", "—") and contact[field] == ""):
                differences += 1
                if differences <= 10:
                    print(f"row {row['ferry_row']}: {field} differs", file=sys.stderr)
        for column, field in (("Телефон", "tel"), ("Моб.", "mob")):
            # Every number in the CRM was in the cell, national digits at least.
            for number in contact[field].split(", "):
                last = digits(number.split(" доб.")[0])[-7:]
                if last and last not in digits(original[column]):
                    differences += 1
                    print(f"row {row['ferry_row']}: {field} holds a number the file has not", file=sys.stderr)
        if contact["mail"] and contact["mail"].lower() not in original["E-mail"].lower():
            differences += 1
            print(f"row {row['ferry_row']}: mail differs", file=sys.stderr)
    check(differences == 0, f"{differences} values differ")
    print(measure.machine())
    print(
        f"{arguments.rows:,} rows: {outcomes['created']:,} created, {outcomes['rejected']:,} rejected; "
        f"all {len(back):,} came back once, with the values sent"
    )
    print(
        f"import {imported.seconds:.1f} s ({arguments.rows / imported.seconds:,.0f} rows/s with the sandbox in the "
        f"process), peak {imported.peak_megabytes:.0f} MB; export {exported.seconds:.1f} s, peak {exported.peak_megabytes:.0f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
