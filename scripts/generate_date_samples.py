#!/usr/bin/env python3
"""Writes Tests/ContactNormalizationTests/Fixtures/date-samples.txt.

Usage: generate_date_samples.py > Tests/ContactNormalizationTests/Fixtures/date-samples.txt

Random dates (a fixed seed) in the forms people write, and what Python's datetime makes of each: an
oracle that shares no code with ferry. A line is `order<TAB>century<TAB>cell<TAB>reading`: the order
of the parts and the century of the settings (`-` for none), the cell, and the ISO date, with
`serial ` before it where the cell is a spreadsheet's day number, or the code of the refusal.
"""

import random
from datetime import date, timedelta

chance = random.Random(20261127)

GENITIVE = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
)
SHORT = "янв фев мар апр мая июн июл авг сен окт ноя дек".split()
ENGLISH = (
    "January February March April May June July August September October November December".split()
)
WEEKDAYS = "пн вт ср чт пт сб вс".split()
ENGLISH_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
TAILS = ["", "", "", " 0:00:00", " 14:05", "T00:00:00Z", "T12:30:15.250+03:00", " г."]
EPOCH = date(1899, 12, 30)


def made(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def random_date(first=date(1800, 1, 1), last=date(2199, 12, 31)):
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def four_digits(day, order, separator):
    wide = chance.choice(["02d", "d"])
    parts = [format(day.day, wide), format(day.month, wide)]
    if order == "mdy" and separator != ".":
        parts.reverse()
    return separator.join(parts + [f"{day.year:04d}"])


def numeric():
    """Days of four-digit years, year first and last, under both orders."""
    for _ in range(120):
        day, order = random_date(), chance.choice(["dmy", "mdy"])
        form = chance.randrange(5)
        if form < 3:
            cell = four_digits(day, order, "./-"[form])
        elif form == 3:
            cell = f"{day.year}{chance.choice(['-', '/', '.'])}"
            cell = cell + f"{day.month:02d}" + cell[-1] + f"{day.day:02d}"
        else:
            cell = day.strftime("%Y%m%d") if day.year >= 1000 else day.isoformat()
        yield order, "-", cell + chance.choice(TAILS), day.isoformat()


def words():
    for _ in range(100):
        day = random_date()
        month = day.month - 1
        english = ENGLISH[month]
        ordinal = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
        cell = chance.choice([
            f"{day.day} {GENITIVE[month]} {day.year}",
            f"{day.day} {GENITIVE[month].upper()} {day.year} г.",
            f"«{day.day:02d}» {GENITIVE[month]} {day.year} года",
            f"{day.day} {SHORT[month]}. {day.year}",
            f"{day.day:02d}-{SHORT[month]}-{day.year}",
            f"{english[:3]} {day.day}, {day.year}",
            f"{english} {day.day}{ordinal.get(day.day, 'th')}, {day.year}",
            f"{day.day} {english[:3]} {day.year}",
            f"{day.day:02d}-{english[:3].upper()}-{day.year} 10:15",
            f"{ENGLISH_WEEKDAYS[day.weekday()]}, {english} {day.day}, {day.year}",
            f"{WEEKDAYS[day.weekday()]}, {day.strftime('%d.%m.')}{day.year:04d}",
        ])
        yield chance.choice(["dmy", "mdy"]), "-", cell, day.isoformat()


def serials():
    for number in [10000, 73050, 9999, 73051, 36525, 36526, 36585, 36586, 73049]:
        yield serial(number, str(number))
    for _ in range(60):
        number = chance.randrange(10000, 73051)
        yield serial(number, str(number) + chance.choice(["", "", ".5", ",0", ".999988"]))


def serial(number, cell):
    if not 10000 <= number <= 73050:
        return "dmy", "-", cell, "date.unreadable"
    return "dmy", "-", cell, "serial " + (EPOCH + timedelta(days=number)).isoformat()


def two_digits():
    for _ in range(60):
        century = chance.choice([1900, 1930, 1950, 2000])
        day = random_date(date(century, 1, 1), date(century + 99, 12, 31))
        order = chance.choice(["dmy", "mdy"])
        separator = chance.choice(["/", "."])
        parts = [str(day.day), f"{day.month:02d}"]
        if order == "mdy" and separator != ".":
            parts.reverse()
        cell = separator.join(parts + [f"{day.year % 100:02d}"])
        yield order, str(century), cell, day.isoformat()
        if order == "dmy":
            yield order, "-", cell, "date.no-century"


def refusals():
    """Any three numbers under the usual order: datetime says which are days."""
    for _ in range(160):
        first, second = chance.randrange(0, 33), chance.randrange(0, 33)
        year, separator = random_date().year, chance.choice("./-")
        cell = separator.join([str(first), str(second), str(year)])
        day = made(year, second, first)
        other = made(year, first, second)
        if day:
            reading = day.isoformat()
        elif other and separator != "." and second > 12:
            reading = "date.month-first"
        else:
            reading = "date.impossible"
        yield "dmy", "-", cell, reading


def main():
    print("# Made by scripts/generate_date_samples.py with Python's datetime.")
    seen = set()
    for lines in (numeric(), words(), serials(), two_digits(), refusals()):
        for line in lines:
            if line[:3] not in seen:
                seen.add(line[:3])
                print("\t".join(line))


main()
