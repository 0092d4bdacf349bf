#!/usr/bin/env python3
"""Writes Sources/PhoneNumbers/PhoneMetadata+Generated.swift (`make phone-metadata`).

Usage: phone_metadata.py > Sources/PhoneNumbers/PhoneMetadata+Generated.swift

Needs the release of `phonenumbers` named below (a port of Google's libphonenumber with the same
metadata, Apache License 2.0). All that a parser, a judge and a formatter ask is compiled to
automata over digits, written as ASCII text, a section for each calling code in ascending order:

    +7 RU,KZ              the calling code, its regions; the first one's rules are the code's
    ~abc def-gh-ij        templates, numbered from 1: `a` is the first digit of the number
    #RU MOBILE 1 2        labels, numbered from 1: region, type, template international, national
    …states…              of the national number; the first is the start
    >RU 10,14 7           a region: possible lengths, lengths that are possible locally only
    ^1                    what national prefixes are replaced by, numbered from 1 (`prefix_label`)
    i, v, p, e            begin automata over international prefixes (labels are their lengths), all
                          that looks like a national number, national prefixes, emergency numbers

A state is `=label digits:distance …`; see `phone_automata.Graph.lines`.
"""

import re
import sys

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberType
from phonenumbers.data import _COUNTRY_CODE_TO_REGION_CODE as REGIONS
from phonenumbers.phonenumberutil import _choose_formatting_pattern_for_number

from phone_automata import LIMIT, Graph, Language, PrefixMatcher

VERSION = "9.0.43"

TYPES = {
    getattr(PhoneNumberType, name): name
    for name in (
        "FIXED_LINE", "MOBILE", "FIXED_LINE_OR_MOBILE", "TOLL_FREE", "PREMIUM_RATE", "SHARED_COST",
        "VOIP", "PERSONAL_NUMBER", "PAGER", "UAN", "VOICEMAIL", "UNKNOWN")
}
DESCRIPTIONS = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip",
    "pager", "uan", "voicemail")


def metadata_of(code, region):
    if region == "001":
        return PhoneMetadata.metadata_for_nongeo_region(code)
    return PhoneMetadata.metadata_for_region(region)


def as_number(code, digits):
    zeros = len(digits) - len(digits.lstrip("0"))
    number = PhoneNumber(country_code=code, national_number=int(digits or "0"))
    if zeros > 0:
        number.italian_leading_zero = True
        # Of zeros alone the last is the number itself.
        zeros = min(zeros, len(digits) - 1)
        if zeros != 1:
            number.number_of_leading_zeros = zeros
    return number


# MARK: formats


def template(digits, formats, is_national):
    """How a number is grouped: each digit as a letter by its place, `a` for the first."""
    chosen = _choose_formatting_pattern_for_number(formats, digits)
    letters = "".join(chr(ord("a") + place) for place in range(len(digits)))
    if chosen is None:
        return letters
    rule = chosen.format
    if is_national and chosen.national_prefix_formatting_rule:
        # The rule is about the first group that the format writes.
        first = rule.index("\\")
        prefix = chosen.national_prefix_formatting_rule.replace("\\1", rule[first:first + 2])
        rule = rule[:first] + prefix + rule[first + 2:]
    match = re.fullmatch(chosen.pattern, digits)
    text = ""
    place = 0
    while place < len(rule):
        if rule[place] == "\\":
            start, end = match.span(int(rule[place + 1]))
            text += letters[start:end]
            place += 2
        else:
            text += rule[place]
            place += 1
    return text


# MARK: the national number


class CallingCode:
    """The automaton that tells a national number's region, type and templates."""

    def __init__(self, code):
        self.code = code
        self.regions = REGIONS[code]
        self.main = metadata_of(code, self.regions[0])
        self.graph = Graph()
        self.memo = {}
        self.templates = {}
        self.labels = {}
        self.languages = []
        # Those that a number has to match to be valid; the others only keep states apart.
        self.deciding = 0
        for region in self.regions:
            metadata = metadata_of(code, region)
            if len(self.regions) > 1 and metadata.leading_digits:
                self.languages.append(Language(metadata.leading_digits, is_prefix=True))
            self.languages.append(Language(metadata.general_desc.national_number_pattern))
            for name in DESCRIPTIONS:
                desc = getattr(metadata, name)
                if desc is not None and desc.national_number_pattern:
                    self.languages.append(Language(desc.national_number_pattern))
        self.deciding = len(self.languages)
        for form in list(self.main.number_format) + list(self.main.intl_number_format):
            if form.leading_digits_pattern:
                self.languages.append(Language(form.leading_digits_pattern[-1], is_prefix=True))
            self.languages.append(Language(form.pattern))

    def build(self):
        start = tuple((index, language.start) for index, language in enumerate(self.languages))
        return self.state(start, "")

    def state(self, live, digits):
        """The graph's state for some digits, behind which the languages stand as `live` says."""
        deciding = [entry for entry in live if entry[0] < self.deciding]
        if not deciding:
            return None
        key = (live, len(digits))
        if key in self.memo:
            return self.memo[key]
        label = self.label(digits)
        if all(state == Language.MATCHED for _, state in deciding):
            # Only the region is known, by the number's beginning, whatever follows.
            result = None if label is None else self.graph.sink(label)
        elif len(digits) == LIMIT:
            result = self.graph.add(label, (None,) * 10)
        else:
            children = []
            for digit in range(10):
                further = []
                for index, state in live:
                    after = self.languages[index].step(state, digit)
                    if after is not None:
                        further.append((index, after))
                children.append(self.state(tuple(further), digits + str(digit)))
            result = self.graph.add(label, children)
        self.memo[key] = result
        return result

    def label(self, digits):
        if not digits:
            return None
        number = as_number(self.code, digits)
        region = phonenumbers.region_code_for_number(number)
        if region is None:
            return None
        if not phonenumbers.is_valid_number(number):
            if len(self.regions) == 1:
                return None
            return self.number_of(self.labels, (region, "UNKNOWN", 0, 0))
        national = template(digits, self.main.number_format, is_national=True)
        abroad = template(
            digits, self.main.intl_number_format or self.main.number_format, is_national=False)
        return self.number_of(
            self.labels,
            (region, TYPES[phonenumbers.number_type(number)],
             self.number_of(self.templates, abroad), self.number_of(self.templates, national)))

    @staticmethod
    def number_of(table, entry):
        return table.setdefault(entry, len(table) + 1)

    def lines(self):
        start = self.build()
        yield f"+{self.code} {','.join(self.regions)}"
        # Labels are numbered as they were met, which a small change elsewhere does not disturb.
        for text in self.templates:
            yield f"~{text}"
        for region, kind, abroad, national in self.labels:
            yield f"#{region} {kind} {abroad} {national}"
        yield from self.graph.lines(start, {n: n for n in range(1, len(self.labels) + 1)})


# MARK: what stands before the national number


def prefix_label(metadata, match):
    """What a national prefix is replaced by: so many digits go, behind `=` stands what comes.

    Its letters are digits of the prefix itself, its figures stand as they are.
    """
    end, saved = match
    groups = len(saved) // 2 - 1
    rule = metadata.national_prefix_transform_rule
    if not rule or (groups > 0 and saved[2 * groups] is None):
        return str(end)
    text = ""
    place = 0
    while place < len(rule):
        if rule[place] == "\\":
            group = int(rule[place + 1])
            start, stop = saved[2 * group], saved[2 * group + 1]
            if start is not None:
                text += "".join(chr(ord("a") + digit) for digit in range(start, stop))
            place += 2
        else:
            text += rule[place]
            place += 1
    return f"{end}={text}"


def prefix_graph(pattern, label_of):
    """The automaton of a prefix, and its labels: what `label_of` makes of the matches that end there.

    A label is a text: of the match that counts always, and behind `$` of the one that counts only
    if no digit follows. Walking on from digit to digit, the last label seen is the answer.
    """
    graph, memo, labels = Graph(), {}, {}
    matcher = PrefixMatcher(pattern)

    def label(position, ending, match):
        found = [
            mark + label_of(each) for mark, each in (("", match), ("$", ending))
            if each is not None and each[0] == position > 0
        ]
        return labels.setdefault(" ".join(found), len(labels) + 1) if found else None

    def state(threads, ending, match, position):
        key = (threads, ending, match, position)
        if key not in memo:
            children = []
            for digit in range(10):
                further = matcher.step((threads,), digit, position + 1)
                children.append(state(*further, position + 1) if any(further) else None)
            memo[key] = graph.add(label(position, ending, match), children)
        return memo[key]

    start = state(*matcher.start, 0)
    return graph, start, labels


def full_graph(pattern):
    """The automaton of a pattern that the whole number has to match."""
    graph, memo = Graph(), {}
    language = Language(pattern)

    def state(current, count):
        key = (current, count)
        if key not in memo:
            label = 1 if language.accepts(current) else None
            children = [None] * 10
            if count < LIMIT:
                for digit in range(10):
                    after = language.step(current, digit)
                    if after is not None:
                        children[digit] = state(after, count + 1)
            memo[key] = graph.add(label, children)
        return memo[key]

    return graph, state(language.start, 0)


def short_metadata(region):
    """The pattern of a region's emergency numbers."""
    metadata = PhoneMetadata.short_metadata_for_region(region) if region != "001" else None
    desc = metadata.emergency if metadata else None
    return desc.national_number_pattern if desc else None


def numbers(lengths):
    return ",".join(str(length) for length in lengths) or "-"


def region_lines(code, region):
    metadata = metadata_of(code, region)
    general = metadata.general_desc
    yield (f">{region} {numbers(general.possible_length)} "
           f"{numbers(general.possible_length_local_only)}")
    replacements, sections = [], []
    if metadata.international_prefix:
        graph, start, labels = prefix_graph(
            metadata.international_prefix, lambda match: str(match[0]))
        sections.append(("i", graph, start, labels))
    graph, start = full_graph(general.national_number_pattern)
    sections.append(("v", graph, start, {1: 1}))
    if metadata.national_prefix_for_parsing:
        graph, start, labels = prefix_graph(
            metadata.national_prefix_for_parsing, lambda match: prefix_label(metadata, match))
        if start is not None:
            replacements = list(labels)
            sections.append(("p", graph, start, {n: n for n in range(1, len(labels) + 1)}))
    emergency = short_metadata(region)
    if emergency:
        graph, start = full_graph(emergency)
        sections.append(("e", graph, start, {1: 1}))
    for text in replacements:
        yield f"^{text}"
    for name, graph, start, labels in sections:
        if name == "i":
            names = {number: count for count, number in labels.items()}
        else:
            names = labels
        yield name
        yield from graph.lines(start, names)


def sections():
    for code in sorted(REGIONS):
        yield from CallingCode(code).lines()
        for region in REGIONS[code]:
            yield from region_lines(code, region)


HEAD = """\
// Generated by scripts/phone_metadata.py (`make phone-metadata`); do not edit.
//
// Made from the metadata of libphonenumber {version} (Copyright Google, Apache License 2.0), by way
// of its Python port `phonenumbers` {version}.

extension PhoneMetadata {{
  /// The release of libphonenumber that the tables come from.
  package static let upstreamVersion = "{version}"

  /// A section for every calling code; scripts/phone_metadata.py says what its lines mean.
  static let text: StaticString = \"\"\"
"""


def main():
    if phonenumbers.__version__ != VERSION:
        sys.exit(f"error: phonenumbers {VERSION} is needed, this is {phonenumbers.__version__}")
    sys.setrecursionlimit(10_000)
    print(HEAD.format(version=VERSION), end="")
    for line in sections():
        print(f"    {line}".rstrip())
    print('    """\n}')


if __name__ == "__main__":
    main()
