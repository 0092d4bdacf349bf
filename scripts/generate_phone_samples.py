#!/usr/bin/env python3
"""Writes Tests/PhoneNumbersTests/Fixtures/libphonenumber-samples.txt.

Usage: generate_phone_samples.py > Tests/PhoneNumbersTests/Fixtures/libphonenumber-samples.txt

Random cells (a fixed seed; all numbers made up) and what libphonenumber, by way of its Python port
`phonenumbers` (Apache License 2.0), makes of them for region RU. A line is
`cell<TAB>E.164<TAB>international form<TAB>extension`; `-` for E.164 says the number is not valid.
Numbers of other countries are listed only where they are valid.
"""

import random

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

chance = random.Random(20261123)


def digits(count):
    return "".join(chance.choice("0123456789") for _ in range(count))


def answer(cell):
    try:
        number = phonenumbers.parse(cell, "RU")
    except phonenumbers.NumberParseException:
        return "-", "", ""
    if not phonenumbers.is_valid_number(number):
        return "-", "", ""
    extension = number.extension or ""
    number.extension = None
    return (
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
        extension,
    )


FORMS = [
    "8 ({0}) {1}-{2}-{3}", "+7 {0} {1}-{2}-{3}", "{0}{1}{2}{3}", "8{0}{1}{2}{3}", "+7{0}{1}{2}{3}",
    "+7 ({0}) {1}-{2}-{3}", "8-{0}-{1}-{2}-{3}", "7{0}{1}{2}{3}", "({0}) {1} {2} {3}",
    "8 {0} {1} {2}{3}", "+7({0}){1}\u00a0{2}\u00a0{3}", "8({0}){1}\u2013{2}\u2013{3}",
    "8.{0}.{1}.{2}.{3}", "+7 8{0}{1}{2}{3}", "\uff0b7 {0} {1} {2} {3}",
]


def russian(national, form):
    return form.format(national[:3], national[3:6], national[6:8], national[8:])


def russian_cells():
    for first in "3489" * 150:
        yield russian(first + digits(9), chance.choice(FORMS))
    for code in ("930", "930", "930", "800", "810", "808", "495", "342"):
        for _ in range(20):
            yield russian(code + digits(7), chance.choice(FORMS))
    for _ in range(60):
        yield russian("9300" + digits(6), chance.choice(FORMS))
    for _ in range(150):
        yield russian("7" + chance.choice("0124567") + digits(8), chance.choice(FORMS))
    for _ in range(150):
        yield russian(chance.choice(["71", "72"]) + digits(8), chance.choice(FORMS))
    for _ in range(60):
        yield russian(digits(10), chance.choice(FORMS))
    for count in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17):
        for _ in range(8):
            yield chance.choice(["", "+7", "8", "7"]) + digits(count)
    for _ in range(10):
        yield chance.choice(["+7 ", "8 ", "7"]) + "8108" + digits(10)
    for marker in (" доб. ", " доб.", " ext ", " ext. ", " x", " #", ", доб ", ";ext="):
        for count in (1, 2, 3, 4):
            yield russian("342206" + digits(4), chance.choice(FORMS)) + marker + digits(count)


def foreign_cells():
    """Valid numbers of every region and type, near libphonenumber's examples."""
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        if phonenumbers.country_code_for_region(region) == 7:
            continue
        for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE):
            example = phonenumbers.example_number_for_type(region, kind)
            if example is None:
                continue
            for attempt in range(2):
                text = phonenumbers.format_number(example, PhoneNumberFormat.E164)
                tail = 0 if attempt == 0 else chance.randrange(2, 5)
                text = text[: len(text) - tail] + digits(tail)
                number = phonenumbers.parse(text)
                if not phonenumbers.is_valid_number(number):
                    continue
                form = chance.randrange(3)
                if form == 1:
                    text = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
                elif form == 2 and len(text) > 11:
                    text = "8 10 " + text[1:]
                yield text


def main():
    print(f"# Made by scripts/generate_phone_samples.py with phonenumbers {phonenumbers.__version__}.")
    seen = set()
    for cell in russian_cells():
        if cell not in seen:
            seen.add(cell)
            print("\t".join((cell, *answer(cell))))
    for cell in foreign_cells():
        result = answer(cell)
        if cell not in seen and result[0] != "-":
            seen.add(cell)
            print("\t".join((cell, *result)))


main()
