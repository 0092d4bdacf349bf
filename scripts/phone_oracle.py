#!/usr/bin/env python3
"""Compares ferry's telephone numbers with libphonenumber's, number by number.

Usage: phone_oracle.py --checker BINARY [--numbers N] [--cells N] [--digits N] [--seed N] [--jobs N] [--only KIND]...
       phone_oracle.py --write-table PATH COUNT

The oracle is `phonenumbers` (Apache License 2.0), libphonenumber's Python port, in the one version VERSION
names: every other is refused, because answers change with the metadata. Four kinds of texts are compared:

examples    every example number of every region and type, in all forms, and one invalid number of every region
numbers     made from a seed: numbers out of the metadata's own patterns, example numbers damaged, random digits;
            with calling codes, prefixes for calls abroad, national prefixes and carrier codes that are right or
            wrong; with punctuation, extensions and the digits of other scripts; read from any region
beginnings  every calling code with every beginning of so many digits (3, or --digits), the rest by chance
cells       cells of Russian contact lists as the generator of contacts makes them, read from RU; a cell may hold
            two numbers or none, and the oracle is asked for each of the texts it was put together from, with `доб`
            for `доп`, a marker of extensions that it does not know

The checker reads lines from standard input and answers one line for each:

REGION<TAB>TEXT  the columns of COLUMNS, parted by tabs; the single word `none` for what is no number. REGION is
                 `ZZ` where there is none. Backslash, tab, line feed and return are written \\\\ \\t \\n \\r.
CELLS<TAB>TEXT   the valid numbers of the cell as E.164, each with `;ext=` and its extension if it has one,
                 parted by commas; `-` if there is none. Such lines come by themselves, with `--cells` as argument.

Differences are counted by column, calling code, region of the reader and shape of the text. Those that a cause
in EXPLAINED covers are counted beside it. The status is 1 if any is left, 2 if the checker fails.
"""

import argparse
import collections
import functools
import multiprocessing
import pathlib
import random
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from typing import Callable

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType

VERSION = "9.0.43"
COLUMNS = (
    "status", "e164", "valid", "possible", "type", "region", "extension", "international", "national",
)
POSSIBLE = {
    phonenumbers.ValidationResult.IS_POSSIBLE: "is_possible",
    phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "local-only",
    phonenumbers.ValidationResult.INVALID_COUNTRY_CODE: "invalid-country",
    phonenumbers.ValidationResult.TOO_SHORT: "too-short",
    phonenumbers.ValidationResult.TOO_LONG: "too-long",
    phonenumbers.ValidationResult.INVALID_LENGTH: "invalid-length",
}
TYPES = {kind: PhoneNumberType.to_string(kind) for kind in PhoneNumberType.values()}
NO_REGION = "ZZ"
CELLS = "CELLS"
KINDS = ("examples", "beginnings", "numbers", "cells")
BLOCK = 25_000
ROOT = pathlib.Path(__file__).resolve().parent.parent
GENERATOR = ROOT.parent / "shared" / "bench" / "generate_contacts.py"


# The oracle


def parsed(text, region):
    """The number in a text, or `None` where the oracle sees none."""
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def oracle(region, text):
    """The oracle's answer, in COLUMNS."""
    number = parsed(text, region)
    if number is None:
        return ("none",)
    extension, number.extension = number.extension or "", None
    kind = phonenumbers.number_type(number)
    return (
        "number",
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        # A number is valid in libphonenumber exactly where its type is known.
        "invalid" if kind == PhoneNumberType.UNKNOWN else "valid",
        POSSIBLE[phonenumbers.is_possible_number_with_reason(number)],
        TYPES[kind],
        phonenumbers.region_code_for_number(number) or NO_REGION,
        extension,
        phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
        phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
    )


def oracle_cell(texts):
    """The oracle's answer for a cell that was put together from some texts."""
    found = []
    for text in texts:
        number = parsed(text.replace("доп", "доб"), "RU")
        if number is not None and phonenumbers.is_valid_number(number):
            extension = f";ext={number.extension}" if number.extension else ""
            found.append(phonenumbers.format_number(number, PhoneNumberFormat.E164) + extension)
    return ",".join(found) or "-"


# What is asked


@dataclass(frozen=True)
class Question:
    """A text, and the region it is read from; a cell, if it is known what it was put together from."""

    region: str
    text: str
    texts: tuple = ()

    @property
    def is_cell(self):
        return self.region == CELLS

    def line(self):
        return f"{self.region}\t{escaped(self.text)}\n"

    def answer(self):
        return (oracle_cell(self.texts),) if self.is_cell else oracle(self.region, self.text)


def escaped(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def types_of(region):
    """The kinds of numbers of a region that have an example."""
    for kind in PhoneNumberType.values():
        number = phonenumbers.example_number_for_type(region, kind)
        if number is not None and kind not in (PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.UNKNOWN):
            yield number


def forms_of(number, region):
    """An example number in every form, with the regions it can be read from."""
    form = functools.partial(phonenumbers.format_number, number)
    international, e164 = form(PhoneNumberFormat.INTERNATIONAL), form(PhoneNumberFormat.E164)
    yield Question(NO_REGION, e164)
    yield Question("RU", international)
    yield Question(region, form(PhoneNumberFormat.RFC3966))
    yield Question(region, form(PhoneNumberFormat.NATIONAL))
    yield Question(region, phonenumbers.national_significant_number(number))
    yield Question(region, e164[1:])
    yield Question(NO_REGION, form(PhoneNumberFormat.NATIONAL))


def examples():
    """Every example number; short numbers have metadata of their own and are left out."""
    seen = set()
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        numbers = [*types_of(region), phonenumbers.invalid_example_number(region)]
        seen.update(question for number in numbers if number for question in forms_of(number, region))
    for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS):
        metadata = PhoneMetadata.metadata_for_nongeo_region(code)
        for national in sorted({d.example_number for d in descriptions(metadata) if d.example_number}):
            seen.update(forms_of(phonenumbers.parse(f"+{code}{national}"), "001"))
    return sorted(seen, key=lambda question: (question.region, question.text))


def descriptions(metadata):
    """What the metadata says of each kind of numbers, for the kinds there are."""
    kinds = (
        "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "personal_number", "pager",
        "uan", "voicemail",
    )
    found = (getattr(metadata, kind) for kind in kinds)
    return [each for each in found if each is not None and each.national_number_pattern]


@functools.lru_cache(maxsize=None)
def alternatives(pattern):
    """A metadata pattern as a list of alternatives; each a list of (choice, least, most), where a choice is a
    string of digits to choose from or again a list of alternatives."""
    tokens = re.findall(r"\(\?:|\\d|\[[^]]*\]|\{[\d,]+\}|.", pattern)

    def group(at):
        branches, branch = [], []
        while at < len(tokens) and tokens[at] != ")":
            token = tokens[at]
            at += 1
            if token == "|":
                branches.append(branch)
                branch = []
            elif token == "?":
                branch[-1] = (branch[-1][0], 0, 1)
            elif token[0] == "{":
                least, _, most = token[1:-1].partition(",")
                branch[-1] = (branch[-1][0], int(least), int(most or least))
            elif token in ("(", "(?:"):
                inner, at = group(at)
                branch.append((inner, 1, 1))
                at += 1
            elif token != "$":
                branch.append((choices(token), 1, 1))
        return [*branches, branch], at

    return group(0)[0]


def choices(token):
    """The digits that a token of a pattern stands for."""
    if token == "\\d":
        return "0123456789"
    expanded = re.sub(r"(\d)-(\d)", lambda m: "".join(map(str, range(int(m[1]), int(m[2]) + 1))), token)
    digits = expanded.strip("[]")
    if not digits.isdigit():
        raise SystemExit(f"the metadata has a pattern this script cannot read: {token}")
    return digits


COMMON_MARKS = " ", "-", " ", "-", ".", "\u00a0", " - ", "\u2013", "  "
# Marks that mean nothing to either side, and markers that both know. What else stands around a number is ferry's
# own affair: a comma parts two numbers there, and begins an extension here. The tests of the parser have those.
RARE_MARKS = (
    *"()-. \u00ad\u200b\u2060\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u3000", ") ", " (", "..", "  ", " -", "- ",
)
MARKERS = (
    " ext. ", " x", "x", ";ext=", "#", " #", " доб. ", " доб.", ", доб ", " доб: ", " extension ", " extn", " EXT ",
    " ДОБ. ", " xtn ", " X. ", " # ", " доб - ", "ext", " int ",
)
OTHER_DIGITS = 0xFF10, 0x0660, 0x06F0


class NumberSource:
    """Numbers from a seed."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.regions = sorted(phonenumbers.SUPPORTED_REGIONS)
        self.plans = [PhoneMetadata.metadata_for_region(region) for region in self.regions]
        self.plans += [
            PhoneMetadata.metadata_for_nongeo_region(code)
            for code in sorted(phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS)
        ]
        self.home = PhoneMetadata.metadata_for_region("RU")

    def question(self):
        odd = self.chance.random
        plan = self.home if odd() < 0.08 else self.chance.choice(self.plans)
        national = self.national(plan)
        if odd() < 0.25:
            national = self.damaged(national)
        region = self.region(plan)
        prefix = self.prefix(plan, region)
        while sum(map(str.isdigit, prefix + national)) < 4:
            national += self.digits(1, 4)
        text = self.dressed(prefix, national)
        if odd() < 0.12:
            text += self.extension()
        elif odd() < 0.01:
            text = self.in_other_digits(text)
        return Question(region, text)

    def digits(self, least, most):
        return "".join(self.chance.choices("0123456789", k=self.chance.randint(least, most)))

    def sample(self, pattern):
        """A text that a metadata pattern matches."""
        return self.sample_of(alternatives(pattern))

    def sample_of(self, branches):
        parts = []
        for choice, least, most in self.chance.choice(branches):
            count = least if least == most else self.chance.randint(least, most)
            if isinstance(choice, str):
                parts.extend(self.chance.choices(choice, k=count))
            else:
                parts.extend(self.sample_of(choice) for _ in range(count))
        return "".join(parts)

    def national(self, plan):
        """A national number of a plan, from near to far from a valid one."""
        draw = self.chance.random()
        kinds = descriptions(plan)
        if draw < 0.5:
            return self.sample(self.chance.choice(kinds).national_number_pattern)
        if draw < 0.6:
            return self.sample(plan.general_desc.national_number_pattern)
        if draw < 0.7:
            return self.chance.choice(kinds).example_number or self.digits(6, 10)
        length = self.length(plan)
        beginning = self.beginning(plan) if draw < 0.85 else ""
        return (beginning + self.digits(length, length))[: max(length, 1)]

    def beginning(self, plan):
        """Digits that the metadata says something about."""
        formats = [f.leading_digits_pattern[-1] for f in plan.number_format if f.leading_digits_pattern]
        if plan.leading_digits:
            formats.append(plan.leading_digits)
        return self.sample(self.chance.choice(formats)) if formats else ""

    def length(self, plan):
        """Mostly a length that numbers of the plan have, or one beside it."""
        draw, general = self.chance.random(), plan.general_desc
        if draw < 0.6:
            return self.chance.choice(general.possible_length)
        if draw < 0.75 and general.possible_length_local_only:
            return self.chance.choice(general.possible_length_local_only)
        if draw < 0.9:
            return max(1, self.chance.choice(general.possible_length) + self.chance.choice((-2, -1, 1, 2)))
        return self.chance.randint(1, 19)

    def damaged(self, digits):
        """The digits after a slip of the finger."""
        if not digits:
            return digits
        at = self.chance.randrange(len(digits))
        slip = self.chance.randrange(6)
        if slip == 0:
            return digits[:at] + self.chance.choice("0123456789") + digits[at + 1 :]
        if slip == 1:
            return digits[:at] + digits[at + 1 :]
        if slip == 2:
            return digits[:at] + digits[at] + digits[at:]
        if slip == 3:
            return digits[:at] + digits[at : at + 2][::-1] + digits[at + 2 :]
        if slip == 4:
            return self.digits(1, 3) + digits
        return digits + self.digits(1, 3)

    def region(self, plan):
        """The region a number is read from: mostly one of its calling code."""
        draw = self.chance.random()
        if draw < 0.5:
            own = phonenumbers.region_codes_for_country_code(plan.country_code)
            return plan.id if draw < 0.4 else self.chance.choice(own)
        if draw < 0.6:
            return "RU"
        return NO_REGION if draw < 0.66 else self.chance.choice(self.regions)

    def prefix(self, plan, region):
        """What stands before the national number."""
        draw, code = self.chance.random(), str(plan.country_code)
        reader = PhoneMetadata.metadata_for_region(region) or plan
        if draw < 0.3:
            return self.chance.choice(("+", "+", "+", "+", "+ ", "\uff0b", "++", "(+")) + code
        if draw < 0.36:
            return "+" + code + self.trunk(plan)
        if draw < 0.52:
            return ""
        if draw < 0.68:
            return self.trunk(plan if self.chance.random() < 0.8 else reader)
        if draw < 0.78:
            return code + (self.trunk(plan) if self.chance.random() < 0.2 else "")
        if draw < 0.9 and reader.international_prefix:
            return self.sample(reader.international_prefix) + self.chance.choice(("", " ")) + code
        if draw < 0.94:
            return self.chance.choice(("00", "011", "810", "8 10 ", "+00", "+810", "+0", "000")) + code
        if draw < 0.97:
            return "+" + self.digits(1, 4)
        return self.digits(1, 4)

    def trunk(self, plan):
        """A national prefix, perhaps with a carrier code."""
        if plan.national_prefix_for_parsing and self.chance.random() < 0.6:
            return self.sample(plan.national_prefix_for_parsing)
        return plan.national_prefix or self.chance.choice(("0", "1", "8", "9"))

    def dressed(self, prefix, digits):
        """The number as people write it."""
        draw = self.chance.random()
        if draw < 0.35:
            return prefix + digits
        groups, at = [], 0
        while at < len(digits):
            size = self.chance.randint(1, 4)
            groups.append(digits[at : at + size])
            at += size
        if draw < 0.65:
            mark = self.chance.choice(COMMON_MARKS)
            return mark.join([prefix, *groups] if prefix else groups)
        if draw < 0.85:
            head = f"({groups[0]})" if groups else ""
            gap = self.chance.choice(("", " "))
            return prefix + gap + head + gap + self.chance.choice(COMMON_MARKS).join(groups[1:])
        text = prefix
        for group in groups:
            rare = self.chance.random() < 0.15
            text += (self.chance.choice(RARE_MARKS if rare else COMMON_MARKS) if text else "") + group
        return text

    def extension(self):
        return self.chance.choice(MARKERS) + self.digits(1, 4 if self.chance.random() < 0.8 else 9)

    def in_other_digits(self, text):
        """The text, or its second half, in the digits of another script."""
        zero = self.chance.choice(OTHER_DIGITS)
        part = self.chance.random() < 0.5 and len(text) // 2 or 0
        return text[:part] + "".join(chr(zero + int(c)) if c in "0123456789" else c for c in text[part:])


class CellSource:
    """Cells of contact lists, with the texts that each was put together from."""

    def __init__(self, generator, seed):
        if generator.exists():
            self.one_phone, self.chance = of_generator(generator, seed)
        else:
            self.chance = random.Random(seed)
            self.one_phone = self.own_phone

    def question(self):
        mobile = self.chance.random() < 0.5
        texts, text = [self.one_phone(mobile)], ""
        text = texts[0]
        if self.chance.random() < 0.08:
            texts.append(self.one_phone(mobile))
            text += self.chance.choice((", ", ";", "; ", ",")) + texts[1]
        return Question(CELLS, text, tuple(texts))

    def own_phone(self, mobile):
        """One number, where the generator of contacts is not at hand; of the same shapes."""
        choice, draw = self.chance.choice, self.chance.random()
        if draw < 0.03:
            return choice(("нет", "-", "уточнить", "112", "2505050", "8-800", "8 (342) 25-50", "+7 000 000-00-00"))
        if draw < 0.13:
            plan = choice([PhoneMetadata.metadata_for_region(r) for r in ("DE", "FR", "US", "UA", "BY", "KZ", "CN")])
            national = plan.mobile.example_number[:-4] + str(self.chance.randrange(10_000)).zfill(4)
            return choice(("+{}{}", "+{} {}", "+{}-{}")).format(plan.country_code, national)
        digits = choice(("342", "495", "812", "912", "922", "999", "8202")) + str(self.chance.randrange(10**7)).zfill(7)
        parts = digits[:3], digits[3:6], digits[6:8], digits[8:10]
        form = choice((
            "8 ({}) {}-{}-{}", "+7 {} {}-{}-{}", "{}{}{}{}", "8{}{}{}{}", "+7{}{}{}{}", "+7 ({}) {}-{}-{}",
            "8-{}-{}-{}-{}", "7{}{}{}{}", "({}) {} {} {}", "8 {} {} {}{}", "тел. 8({}){}{}{}", "+7({}){}\u00a0{}\u00a0{}",
        ))
        text = form.format(*parts)
        if not mobile and self.chance.random() < 0.05:
            text += choice((" доб. {}", " доб.{}", " ext {}", " доп. {}", " #{}")).format(self.chance.randrange(1, 9999))
        return text


def of_generator(path, seed):
    """The generator's function for one number, and its source of chance, seeded."""
    source = path.read_text(encoding="utf-8")
    # The generator is a program: all but the call that starts it is wanted here.
    body, call, rest = source.rpartition("\nmain()")
    if not call or rest.strip():
        raise SystemExit(f"{path} does not end with main() any more")
    space, arguments = {"__name__": "generator"}, sys.argv
    sys.argv = [str(path), "0"]
    try:
        exec(compile(body, str(path), "exec"), space)
    finally:
        sys.argv = arguments
    space["R"].seed(seed)
    return space["one_phone"], space["R"]


def beginnings(seed, places, digits):
    """Numbers with every beginning: `places` count through the calling codes and the beginnings of each."""
    chance = random.Random(seed)
    codes = sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)
    for place in places:
        code, beginning = codes[place // 10**digits], str(place % 10**digits).zfill(digits)
        region = phonenumbers.region_code_for_country_code(code)
        plan = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
        length = chance.choice(plan.general_desc.possible_length)
        rest = "".join(chance.choices("0123456789", k=max(length - digits, 0)))
        yield Question(NO_REGION, f"+{code}{(beginning + rest)[:length]}")


def questions(block, options):
    """The questions of a block; the same for the same options."""
    name = f"{options.seed}/{block.kind}/{block.start}"
    if block.kind == "examples":
        return examples()
    if block.kind == "beginnings":
        return list(beginnings(name, range(block.start, block.start + block.count), options.digits))
    source = NumberSource(name) if block.kind == "numbers" else CellSource(options.generator, name)
    return [source.question() for _ in range(block.count)]


# What differs


@dataclass(frozen=True)
class Difference:
    question: Question
    column: str
    expected: tuple
    actual: tuple

    def side(self, answer):
        at = 0 if self.question.is_cell else COLUMNS.index(self.column)
        return answer[at] if at < len(answer) else ""

    def group(self):
        """What kind of difference it is: column, calling code, region of the reader, shape."""
        question = self.question
        if question.is_cell:
            return (self.column, "-", "RU", shape(question.text))
        known = self.expected if len(self.expected) > 1 else self.actual
        code = "-"
        if len(known) > 1:
            longest = re.match(r"\+(\d{1,3})", known[1])
            digits = longest[1] if longest else ""
            fits = (digits[:n] for n in (1, 2, 3))
            code = next((c for c in fits if c and int(c) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE), "?")
        own = code.isdigit() and question.region in phonenumbers.region_codes_for_country_code(int(code))
        region = question.region if own or question.region in ("RU", NO_REGION) else "abroad"
        return (self.column, f"+{code}" if code.isdigit() else code, region, shape(question.text))


def shape(text):
    """What a text looks like, in a few words."""
    words = []
    lead = re.search(r"\d|[+\uff0b]", text)
    if lead and lead.start() > 0 and not text.startswith("("):
        words.append("words before")
    words.append("+" if lead and lead[0] in "+\uff0b" else "digits")
    rest = text[lead.start() :].lstrip("+\uff0b") if lead else text
    if re.search(r";(ext|isub|phone-context)=", text):
        words.append("parameter")
    elif re.search(r"[#,;]|(ext|x|xt|int|anexo|доб|доп|вн)\W*\d{1,20}#?$", rest, re.IGNORECASE):
        words.append("extension")
    elif re.search(r"[^\W\d_]", rest):
        words.append("letters")
    if re.search(r"[ ()./\[\]~-]", rest):
        words.append("marks")
    if re.search(r"[^\x00-\x7fа-яА-ЯёЁ]|[\t\r\n]", text):
        words.append("unusual characters")
    if len(text) > 200:
        words.append("very long")
    return ", ".join(words)


def differences(question, expected, actual):
    if expected == actual:
        return []
    if question.is_cell:
        return [Difference(question, "cell", expected, actual)]
    if expected[0] != actual[0]:
        return [Difference(question, "status", expected, actual)]
    # ferry never writes a number that is not in use, so the groups of such are not compared.
    columns = COLUMNS if expected[2] == "valid" else COLUMNS[:-2]
    pairs = zip(columns, expected, actual)
    return [Difference(question, column, expected, actual) for column, one, two in pairs if one != two]


@dataclass(frozen=True)
class Cause:
    """A difference that is meant."""

    name: str
    covers: Callable[[Difference], bool]
    sentence: str


EXPLAINED = []


@dataclass
class Tally:
    """What a comparison has come to."""

    asked: collections.Counter = field(default_factory=collections.Counter)
    differing: int = 0
    explained: collections.Counter = field(default_factory=collections.Counter)
    groups: dict = field(default_factory=dict)

    def add(self, question, expected, actual, samples):
        self.asked["cells" if question.is_cell else expected[0]] += 1
        unexplained = False
        for difference in differences(question, expected, actual):
            cause = next((cause for cause in EXPLAINED if cause.covers(difference)), None)
            if cause is not None:
                self.explained[cause.name] += 1
                continue
            unexplained = True
            count, kept = self.groups.get(difference.group(), (0, []))
            if len(kept) < samples:
                kept = [*kept, difference]
            self.groups[difference.group()] = (count + 1, kept)
        self.differing += unexplained

    def merge(self, other, samples):
        self.asked.update(other.asked)
        self.differing += other.differing
        self.explained.update(other.explained)
        for group, (count, kept) in other.groups.items():
            before, mine = self.groups.get(group, (0, []))
            self.groups[group] = (before + count, [*mine, *kept][:samples])


# Asking the checker


@dataclass(frozen=True)
class Block:
    """A piece of work: some questions of one kind."""

    kind: str
    start: int
    count: int


class CheckerFailed(Exception):
    pass


def compared(options, block):
    """Asks the checker and the oracle the questions of a block."""
    asked = questions(block, options)
    command = shlex.split(options.checker) + (["--cells"] if block.kind == "cells" else [])
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answered:
        given.write("".join(question.line() for question in asked).encode())
        given.seek(0)
        # The checker works while the oracle does; files cannot fill up as pipes do.
        with subprocess.Popen(command, stdin=given, stdout=answered) as checker:
            expected = [question.answer() for question in asked]
            status = checker.wait()
        answered.seek(0)
        lines = answered.read().decode("utf-8", "replace").split("\n")
    if status != 0:
        raise CheckerFailed(f"the checker ended with {status}")
    if lines.pop() != "" or len(lines) != len(asked):
        raise CheckerFailed(f"{len(asked)} questions, {len(lines)} answers")
    tally = Tally()
    for question, answer, line in zip(asked, expected, lines):
        tally.add(question, answer, answer_of(question, line), options.samples)
    return tally


def answer_of(question, line):
    columns = tuple(line.split("\t"))
    if question.is_cell:
        return columns
    if columns[0] == "none":
        return ("none",)
    if columns[0] != "number" or len(columns) != len(COLUMNS):
        raise CheckerFailed(f"not an answer to {question.line()!r}: {line!r}")
    return columns


def blocks(options):
    """The work to do, and the same work for the same options, however many processes do it."""
    if "examples" in options.only:
        yield Block("examples", 0, 0)
    all_beginnings = len(phonenumbers.COUNTRY_CODE_TO_REGION_CODE) * 10**options.digits
    for kind, total in (("beginnings", all_beginnings), ("numbers", options.numbers), ("cells", options.cells)):
        if kind in options.only:
            for start in range(0, total, BLOCK):
                yield Block(kind, start, min(BLOCK, total - start))


def prepare():
    """Once a process: patterns stay compiled, which makes the oracle several times faster."""
    phonenumbers.enable_pattern_cache()
    PhoneMetadata.load_all()


def run(options):
    work, total = list(blocks(options)), Tally()
    task = functools.partial(compared, options)
    if options.jobs > 1:
        with multiprocessing.Pool(options.jobs, initializer=prepare) as pool:
            for tally in pool.imap_unordered(task, work):
                total.merge(tally, options.samples)
    else:
        for block in work:
            total.merge(task(block), options.samples)
            if sys.stderr.isatty():
                print(f"\r{sum(total.asked.values()):,} asked", end="", file=sys.stderr)
    return total


def report(total, options):
    asked = sum(total.asked.values())
    per = 100_000 / max(asked, 1)
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(total.asked.items()))
    print(f"phonenumbers {VERSION}, seed {options.seed}: {asked:,} texts ({kinds})")
    for cause in EXPLAINED:
        count = total.explained[cause.name]
        if count:
            print(f"explained: {count:,} ({count * per:.1f} in 100,000): {cause.name}: {cause.sentence}")
    if not total.groups:
        print("no unexplained difference")
        return
    print(f"\n{total.differing:,} texts differ unexplained, {total.differing * per:.1f} in 100,000\n")
    columns = collections.Counter()
    for (column, *_), (count, _) in total.groups.items():
        columns[column] += count
    print("| column | differences | in 100,000 |\n| --- | --- | --- |")
    for column, count in columns.most_common():
        print(f"| {column} | {count:,} | {count * per:.1f} |")
    print("\n| column | code | read from | shape | differences | in 100,000 |\n| " + "--- | " * 6)
    ranked = sorted(total.groups.items(), key=lambda item: (-item[1][0], item[0]))
    for group, (count, _) in ranked[: options.top]:
        print("| " + " | ".join(group) + f" | {count:,} | {count * per:.1f} |")
    if len(ranked) > options.top:
        print(f"\n{len(ranked) - options.top} more kinds")
    for group, (count, kept) in ranked[: options.top]:
        print(f"\n{', '.join(group)}: {count:,}")
        for difference in kept:
            expected, actual = difference.side(difference.expected), difference.side(difference.actual)
            print(f"  {difference.question.region} {difference.question.text!r}")
            print(f"    libphonenumber {expected!r}, ferry {actual!r}; E.164 {difference.expected[1:2]}")


# The table


def write_table(path, count, options):
    """Writes numbers and the oracle's answers: all examples, then a selection of the other kinds."""
    rows = dict.fromkeys(examples())
    numbers, cells = NumberSource(f"{options.seed}/table"), CellSource(options.generator, f"{options.seed}/table")
    while len(rows) < count:
        rows[numbers.question()] = None
        if len(rows) % 3 == 0:
            texts = (text.replace("доп", "доб") for text in cells.question().texts)
            rows.update(dict.fromkeys(Question("RU", text) for text in texts))
    with open(path, "w", encoding="utf-8", newline="\n") as table:
        table.write(f"# libphonenumber {VERSION} (Apache License 2.0), by scripts/phone_oracle.py: ")
        table.write("\t".join(("region", "text", *COLUMNS)) + "\n")
        for question in rows:
            table.write(question.line().rstrip("\n") + "\t" + "\t".join(question.answer()) + "\n")
    print(f"{path}: {len(rows):,} numbers, {pathlib.Path(path).stat().st_size:,} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checker", metavar="COMMAND", help="ferry's side; a program, with arguments if need be")
    parser.add_argument("--numbers", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--cells", type=int, default=200_000, metavar="N")
    parser.add_argument("--digits", type=int, default=3, metavar="N", help="of beginnings; 4 are two million numbers")
    parser.add_argument("--seed", type=int, default=20261127)
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--only", action="append", choices=KINDS)
    parser.add_argument("--samples", type=int, default=2, help="of each kind of difference")
    parser.add_argument("--top", type=int, default=60, help="kinds of differences to show")
    parser.add_argument("--generator", type=pathlib.Path, default=GENERATOR, help="of contacts; for cells")
    parser.add_argument("--write-table", nargs=2, metavar=("PATH", "COUNT"))
    options = parser.parse_args()
    options.only = options.only or KINDS
    if phonenumbers.__version__ != VERSION:
        parser.error(f"phonenumbers {VERSION} is needed, this is {phonenumbers.__version__}")
    prepare()
    if options.write_table:
        path, count = options.write_table
        write_table(path, int(count), options)
        return 0
    if not options.checker:
        parser.error("--checker or --write-table")
    try:
        total = run(options)
    except (CheckerFailed, OSError) as failure:
        print(failure, file=sys.stderr)
        return 2
    report(total, options)
    return 1 if total.groups else 0


if __name__ == "__main__":
    sys.exit(main())
