#!/usr/bin/env python3
"""Writes Tests/ConformanceTests/Fixtures/calamine-openpyxl.json.

Usage: generate_xlsx_expectations.py FOLDER > Tests/ConformanceTests/Fixtures/calamine-openpyxl.json

FOLDER holds calamine's test workbooks. What openpyxl 3.1.5 (`data_only=True`) reads in them is put into
the form in which ferry prints cells, and stored as digests, so that no one's data is copied:

    {"file.xlsx": {"sheets": [{"name": DIGEST, "rows": {"1": DIGEST, …}}, …]},
     "other.xlsx": {"refused": "BadZipFile"}}

A digest is FNV-1a with 64 bits, in hexadecimal. A row's is over `COLUMN=TEXT` (the column counted from 0)
and a LINE FEED for each cell that is not empty; rows without such a cell are left out.

The form of a cell:
- text: as it is, with the escapes `_xHHHH_` decoded by openpyxl's own `unescape`;
- a truth value: TRUE or FALSE; an error such as #N/A: empty;
- a number: 15 significant digits without an exponent, as many as spreadsheets show;
- a date: YYYY-MM-DD, with HH:MM:SS behind it unless that is midnight, rounded to the second;
- a time of day: HH:MM:SS; a duration: the same with as many hours as it has.
"""

import datetime
import decimal
import json
import pathlib
import sys
import warnings

import openpyxl
from openpyxl.utils.escape import unescape

assert openpyxl.__version__ == "3.1.5", openpyxl.__version__
warnings.simplefilter("ignore")


def digest(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def clock(seconds):
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def number(value):
    shown = decimal.Decimal(f"{value:.15g}")
    # Where ferry changes to an exponent, a float no longer tells what stands in the file.
    assert shown == 0 or 1e-9 < abs(shown) < 1e15, value
    text = f"{shown:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def form(cell):
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, datetime.datetime):
        value = (value + datetime.timedelta(milliseconds=500)).replace(microsecond=0)
        return str(value.date()) if value.time() == datetime.time() else str(value)
    if isinstance(value, datetime.timedelta):
        return clock(round(value.total_seconds()))
    if isinstance(value, datetime.time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return unescape(value)


def expectation(path):
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except Exception as error:  # any refusal is an answer
        return {"refused": type(error).__name__}
    sheets = []
    for sheet in book.worksheets:
        rows = {}
        # Not `iter_rows`: a single cell in the last corner would make it walk the whole sheet.
        for (row, column), cell in sorted(sheet._cells.items()):
            if text := form(cell):
                rows[row] = rows.get(row, "") + f"{column - 1}={text}\n"
        digests = {str(row): digest(text) for row, text in rows.items()}
        sheets.append({"name": digest(sheet.title), "rows": digests})
    return {"sheets": sheets}


folder = pathlib.Path(sys.argv[1])
answers = {path.name: expectation(path) for path in sorted(folder.glob("*.xlsx"))}
json.dump(answers, sys.stdout, indent=1, sort_keys=True)
print()
