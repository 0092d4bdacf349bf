#!/usr/bin/env python3
"""Writes Sources/EmailAddresses/UnicodeTables+Generated.swift.

Usage: generate_idna_tables.py > Sources/EmailAddresses/UnicodeTables+Generated.swift

Needs the packages `idna` 3.20 (BSD 3-Clause; its tables are derived from the Unicode Character
Database and the IDNA mapping table of UTS #46) and `unicodedata2` 18.0.0 (Apache License 2.0; the
Unicode Character Database, Unicode License v3), both of the same version of Unicode; other
versions are refused. Three tables come out, each as ASCII text in a StaticString, because a literal
of that size in any other form takes the Swift compiler minutes:

- `properties`: `start:value` for every run of code points that are alike; all numbers are
  hexadecimal, and `UnicodeTables` says what the bits of a value mean;
- `mappings`: `code=codes`, what UTS #46 maps a code point to;
- `decompositions`: `code=codes`, the canonical decompositions, with `!` for `=` where composition
  does not take the pair back.
"""

import argparse

import idna
import unicodedata2 as ucd
from idna import idnadata, uts46data
from idna.intranges import intranges_contain

UNICODE = "18.0.0"
IDNA = "3.20"

BIDI = {
    name: number
    for number, name in enumerate(
        ["L", "R", "AL", "AN", "EN", "ES", "CS", "ET", "ON", "BN", "NSM"], start=1)
}
SCRIPTS = {"Greek": 1, "Hebrew": 2, "Hiragana": 3, "Katakana": 3, "Han": 3}
VALID, MAPPED, IGNORED, DISALLOWED = range(4)


def members(ranges):
    """The code points of a tuple of ranges as `idna` packs them."""
    for packed in ranges:
        yield from range(packed >> 32, packed & 0xFFFF_FFFF)


def composition_seconds():
    """The code points that NFC may join to the one before them."""
    seconds = set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))
    for code in range(0x110000):
        parts = decomposition(code)
        if len(parts) == 2 and ucd.normalize("NFC", chr(code)) == chr(code):
            seconds.add(parts[1])
    return seconds


def decomposition(code):
    """The canonical decomposition, one step of it."""
    text = ucd.decomposition(chr(code))
    return [] if not text or text.startswith("<") else [int(part, 16) for part in text.split()]


def statuses():
    """The status of every code point under UTS #46, and what the mapped ones become."""
    starts = list(uts46data.uts46_starts) + [0x110000]
    result, mappings = [], {}
    for index, start in enumerate(starts[:-1]):
        status = {"V": VALID, "D": VALID, "M": MAPPED, "I": IGNORED}.get(
            chr(uts46data.uts46_statuses[index]), DISALLOWED)
        for code in range(start, starts[index + 1]):
            # What stands for a dot and something else would make labels that nobody typed.
            if "002E" in ucd.decomposition(chr(code)).split() and code != 0xFF0E:
                result.append(DISALLOWED)
                continue
            result.append(status)
            if status == MAPPED:
                mappings[code] = [ord(char) for char in uts46data.uts46_replacements[index]]
    return result, mappings


def category(code):
    """2 for marks, 1 for letters, numbers, punctuation and symbols, 0 for all others."""
    kind = ucd.category(chr(code))[0]
    return 2 if kind == "M" else 1 if kind in "LNPS" else 0


def properties(status):
    """The value of every code point; `UnicodeTables` has the meaning of the bits."""
    pvalid = set(members(idnadata.codepoint_classes["PVALID"]))
    contexto = set(members(idnadata.codepoint_classes["CONTEXTO"]))
    scripts = {}
    for name, number in SCRIPTS.items():
        for code in members(idnadata.scripts[name]):
            scripts[code] = number
    seconds = composition_seconds()
    for code in range(0x110000):
        char = chr(code)
        kind = 1 if code in pvalid else 2 if code in contexto else 0
        combining = ucd.combining(char)
        is_surrogate = 0xD800 <= code < 0xE000
        may_change = not is_surrogate and (
            combining != 0 or code in seconds or ucd.normalize("NFC", char) != char)
        yield (
            kind | status[code] << 2 | category(code) << 4 | scripts.get(code, 0) << 6
            | BIDI.get(ucd.bidirectional(char), 0) << 8 | may_change << 12 | combining << 16)


def runs(values):
    """`start:value` for every run of equal values."""
    previous = None
    for code, value in enumerate(values):
        if value != previous:
            yield f"{code:X}:{value:X}"
            previous = value


def swift_lines(entries, width=94):
    """The entries, parted by blanks, as lines of a multi-line literal."""
    line = "   "
    for entry in entries:
        if len(line) + 1 + len(entry) > width:
            yield line
            line = "   "
        line += " " + entry
    yield line


def hexadecimal(codes):
    return ",".join(f"{code:X}" for code in codes)


def decompositions():
    """`code=codes` or `code!codes` for every canonical decomposition, Hangul left out."""
    for code in range(0x110000):
        parts = decomposition(code)
        if parts:
            composes = len(parts) == 2 and ucd.normalize("NFC", chr(code)) == chr(code)
            yield f"{code:X}{'=' if composes else '!'}{hexadecimal(parts)}"


def table(name, comment, entries):
    print(f"\n  /// {comment}")
    print(f'  static let {name}: StaticString = """')
    for line in swift_lines(entries):
        print(line)
    print('    """')


def main():
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    assert idna.__version__ == IDNA, idna.__version__
    assert idnadata.__version__ == uts46data.__version__ == ucd.unidata_version == UNICODE
    status, mappings = statuses()
    print(f"""\
// Generated by scripts/generate_idna_tables.py; do not edit.
//
// Made from the tables of Unicode {UNICODE} (Copyright Unicode, Inc., Unicode License v3), by way of
// the Python packages `idna` {IDNA} (Copyright Kim Davies and contributors, BSD 3-Clause) and
// `unicodedata2` {UNICODE} (Apache License 2.0).

extension UnicodeTables {{
  /// The version of Unicode that the tables come from.
  static let unicodeVersion = "{UNICODE}\"""")
    table("properties", "`start:value` for every run of code points that are alike.",
          runs(properties(status)))
    table("mappings", "`code=codes`: what UTS #46 maps a code point to.",
          (f"{code:X}={hexadecimal(codes)}" for code, codes in sorted(mappings.items())))
    table("decompositions",
          "`code=codes`: the canonical decompositions; `!` where NFC does not take it back.",
          decompositions())
    print("}")


main()
