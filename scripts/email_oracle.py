#!/usr/bin/env python3
"""Compares ferry's verdicts on e-mail addresses with those of `email-validator`.

Usage: email_oracle.py --checker PATH [--count 100000] [--seed 1] [--table FILE]

Generates addresses, the same for the same seed, asks the Python package `email-validator` and a
checker about each, and prints the differences by cause. A checker reads an address a line, with
`\\n`, `\\r`, `\\\\` and `\\0` for line breaks, backslashes and NUL, and answers a line each:
`valid<TAB>normalized address` or `invalid<TAB>reason`. Ends with status 1 if a difference has no
cause that is known and meant.

`--table` writes addresses with the oracle's verdicts instead: `verdict<TAB>address`, sorted, each
address escaped as above and with `\\u{…}` for all that is not ASCII.

Needs email-validator 2.4.0, idna 3.20 and unicodedata2 18.0.0. The last one makes the oracle know
the same Unicode as ferry's tables; without it Python's own is used, and characters that are newer
than that are a cause of their own.
"""

import argparse
import random
import shlex
import subprocess
import sys
import unicodedata

import email_validator
import email_validator.syntax
import email_validator.validate_email
import idna
import idna.core

VERSIONS = {"email-validator": (email_validator.__version__, "2.4.0"),
            "idna": (idna.__version__, "3.20")}

try:
    import unicodedata2 as ucd
    for module in (email_validator.syntax, email_validator.validate_email, idna.core):
        module.unicodedata = ucd
except ImportError:
    ucd = unicodedata

# Special-use domains are refused by the oracle; to ferry they are valid, with a note.
SPECIAL_USE = ("arpa", "invalid", "local", "localhost", "onion")
DOTLESS = {"ai", "ax", "cf", "dm", "gp", "gt", "hr", "io", "kh", "km", "lk", "mq", "pa", "tt", "ua",
           "ws", "ye"}
# RFC 2142's mailbox names, which the oracle writes in small letters.
ROLES = set(email_validator.rfc_constants.CASE_INSENSITIVE_MAILBOX_NAMES)


class Oracle:
    """What email-validator says of an address."""

    def __init__(self, address):
        try:
            result = email_validator.validate_email(
                address, check_deliverability=False, test_environment=True)
            self.is_valid, self.normalized, self.reason = True, result.normalized, ""
            self.domain = result.ascii_domain
        except email_validator.EmailNotValidError as error:
            self.is_valid, self.normalized, self.reason = False, None, str(error)
            self.domain = ""


def last_at(address):
    local, _, domain = address.rpartition("@")
    return local, domain


def is_newer(address, oracle):
    """Whether a character is unknown to the oracle's Unicode, in an A-label perhaps."""
    return "Unknown directionality" in oracle.reason or any(
        ucd.category(char) == "Cn" for char in address)


def is_long(address):
    local = last_at(address)[0]
    return len(local.encode()) > 64 or len(unicodedata.normalize("NFC", local).encode()) > 64


# Each: a name, a sentence, and whether an address with both verdicts is a case of it.
INTENDED = [
    ("local part too long",
     "RFC 5321 §4.5.3.1.1 allows 64 octets; the oracle asks for that only in its strict mode.",
     lambda a, o, c: o.is_valid and c == "tooLong" and is_long(a)),
    ("special-use domain",
     "Such a domain is a note here, not a refusal.",
     lambda a, o, c: c is None and "special-use" in o.reason),
    ("dotless domain that takes mail",
     "RFC 7085 lists them and isemail calls them valid.",
     lambda a, o, c: c is None and "should have a period" in o.reason
     and last_at(a)[1].lower() in DOTLESS),
    ("@test",
     "The oracle takes the top-level domain itself for test environments.",
     lambda a, o, c: o.domain == "test" and c == "dotlessDomain"),
    ("replacement character",
     "U+FFFD is the trace of lost text.",
     lambda a, o, c: o.is_valid and c == "localPart" and "\ufffd" in a),
    ("newer Unicode",
     "The oracle's Unicode does not know a character; install unicodedata2 18.0.0.",
     lambda a, o, c: ucd.unidata_version != "18.0.0" and not o.is_valid and is_newer(a, o)),
    ("role in capitals",
     "The oracle writes RFC 2142's names in small letters; only the server knows the case.",
     lambda a, o, c: o.is_valid and c is None and last_at(a)[0].lower() in ROLES),
]


class Generator:
    """Makes addresses of many kinds, valid ones and all but valid ones."""

    ASCII = "abcdefghijklmnopqrstuvwxyz0123456789"
    ATEXT = ASCII + ASCII.upper() + "!#$%&'*+-/=?^_`{|}~"
    ALPHABETS = [
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯЁ", "іїєґўқңөұүһә",
        "αβγδεζηθικλμνξοπρστυφχψωςάέή", "äöüßéèêçñåøæœšžčřėįłőÄÖÜÉÑŠ", "אבגדהוזחטיכלמנסעפצקרשת",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوي٠١٢٣٤۰۱۲۳", "अआइईकखगघचछजझटठडणतथदधनपफबभमयरलवशषसह्ािीु",
        "你好世界用户例子公司网络测试邮箱", "ひらがなカタカナテスト・ー", "한국어메일테스트각간", "กขคงจฉชซญดตถทธนบปผ",
        "აბგდევზთიკლმნო", "աբգդեզէըթժիլխ",
    ]
    MARKS = "\u0300\u0301\u0308\u0327\u0306\u0323\u05b0\u064b\u094d\u3099"
    ODD = (
        "\u00b7\u0375\u05f3\u05f4\u30fb\u200c\u200d\u00ad\u200b\ufeff\u2060\u3002\uff0e\uff61\u2024"
        "\uff41\uff21\uff20\uff0d\u2010\u2013\u2014\u00a0\u3000\u2028\u1680\u037e\u212a\u2126\u1fef"
        "\u2100\u2122\u2488\u00df\u1e9e\u03c2\u0130\u0131\u017f\ufb01\u2460\U0001d5ba\U0001f600\u20ac"
        "\u2116\u00a9\u0660\u06f0\u0966\ufffd\ue000\U000e0041\u0378\u202e\u2066\u0340\u0958\uac00\u1100"
        "\u1161\u11a8\u0344\u2f800\uf900\u1d2c\u02b0\u0640\u06dd\u180e\u3164\uffa0\u0085\u007f\u0001"
        "\u0009")
    TOP = ["com", "ru", "org", "de", "рф", "рус", "москва", "xn--p1ai", "中国", "公司", "co.uk", "com.tr",
           "test", "local", "invalid", "onion", "arpa", "example", "localhost", "io", "museum", "gr",
           "укр", "бел", "ไทย", "한국", "भारत", "مصر", "ישראל", "c", "a1", "1a", "123", "ελ", "ΕΛ", "Com",
           "XN--P1AI", "рф1"]

    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, share):
        return self.random.random() < share

    def word(self, letters, low=1, high=10):
        return "".join(self.random.choice(letters) for _ in range(self.random.randint(low, high)))

    def any_character(self):
        """A character from anywhere in Unicode, or an odd one."""
        kind = self.random.random()
        if kind < 0.45:
            return self.random.choice(self.ODD)
        if kind < 0.6:
            return self.random.choice(self.MARKS)
        if kind < 0.7:
            return chr(self.random.randrange(0x20, 0x80))
        while True:
            top = self.random.choice([0x250, 0x600, 0x1100, 0x3100, 0x10000, 0x1F700, 0x110000])
            code = self.random.randrange(0x80, top)
            if not 0xD800 <= code < 0xE000:
                return chr(code)

    def local(self):
        kind = self.random.random()
        if kind < 0.45:
            return ".".join(self.word(self.ASCII) for _ in range(self.random.choice([1, 1, 1, 2, 3])))
        if kind < 0.6:
            return self.word(self.ATEXT, 1, 20)
        if kind < 0.65:
            return self.word(self.ASCII + ".", 1, 12)
        if kind < 0.68:
            return "a" * self.random.choice([63, 64, 65, 66, 100, 240])
        if kind < 0.72:
            inner = self.word(self.ASCII + ' .@\\"', 0, 8)
            return f'"{inner}"'
        if kind < 0.75:
            return self.random.choice(
                ["info", "Info", "SALES", "Postmaster", "abuse", "WWW", "И", "я" * 32, "я" * 33])
        if kind < 0.95:
            letters = self.random.choice(self.ALPHABETS)
            return self.word(letters + "." * self.chance(0.2), 1, 12)
        letters = self.random.choice(self.ALPHABETS) + self.ASCII + self.MARKS
        return self.word(letters, 1, 10)

    def label(self):
        kind = self.random.random()
        if kind < 0.4:
            return self.word(self.ASCII, 1, 12)
        if kind < 0.5:
            return self.word(self.ASCII + self.ASCII.upper() + "-", 1, 12)
        if kind < 0.54:
            return self.word(self.ASCII + "---", 3, 6)
        if kind < 0.57:
            return "b" * self.random.choice([62, 63, 64])
        if kind < 0.60:
            return self.random.choice(self.ALPHABETS)[0] * self.random.choice([10, 40, 56, 57, 58, 63])
        if kind < 0.85:
            letters = self.random.choice(self.ALPHABETS)
            return self.word(letters + "-1" * self.chance(0.3), 1, 12)
        if kind < 0.95:
            return self.a_label()
        letters = self.random.choice(self.ALPHABETS) + self.ASCII[:8] + self.MARKS
        return self.word(letters, 1, 8)

    def a_label(self):
        kind = self.random.random()
        if kind < 0.5:
            letters = self.random.choice(self.ALPHABETS)
            label = self.word(letters, 1, 10)
            if self.chance(0.5):
                label = unicodedata.normalize("NFC", label).lower()
            text = "xn--" + label.encode("punycode").decode()
        elif kind < 0.8:
            text = "xn--" + self.word(self.ASCII + "-", 0, 10)
        else:
            try:
                text = "xn--" + (self.word(self.ASCII, 0, 4) + self.any_character()).encode(
                    "punycode").decode()
            except UnicodeError:
                text = "xn--a"
        return text.upper() if self.chance(0.1) else text

    def domain(self):
        kind = self.random.random()
        if kind < 0.03:
            return self.random.choice(
                ["io", "ai", "test", "mail", "рф", "[127.0.0.1]", "[IPv6:::1]", "[x]", "com", "UA",
                 "127.0.0.1", "1.2.3", "localhost"])
        if kind < 0.06:
            # Domains about as long as may be.
            size = self.random.randint(240, 258)
            text = ""
            while len(text) < size:
                text += self.word(self.ASCII, 1, 63) + "."
            return text[:size - 4].rstrip(".-") + ".com"
        labels = [self.label() for _ in range(self.random.choice([1, 1, 1, 1, 2, 3]))]
        return ".".join(labels + [self.random.choice(self.TOP) if self.chance(0.9) else self.label()])

    def mutated(self, text):
        for _ in range(self.random.choice([1, 1, 2])):
            place = self.random.randint(0, len(text))
            kind = self.random.random()
            if kind < 0.4:
                text = text[:place] + self.random.choice(".-@ ,\"\\<>()[];:'" + self.ASCII) + text[place:]
            elif kind < 0.7:
                text = text[:place] + self.any_character() + text[place:]
            elif kind < 0.85:
                text = text[:place] + text[place + 1:]
            else:
                text = text[:place] + text[place:place + 1] * 2 + text[place + 1:]
        return text

    def look_alike(self, text):
        pairs = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "y": "у", "x": "х", "i": "і"}
        places = [index for index, char in enumerate(text) if char in pairs]
        if not places:
            return text
        place = self.random.choice(places)
        return text[:place] + pairs[text[place]] + text[place + 1:]

    def address(self):
        text = self.local() + "@" + self.domain()
        kind = self.random.random()
        if kind < 0.2:
            text = self.mutated(text)
        elif kind < 0.25:
            text = self.look_alike(text)
        elif kind < 0.27:
            text = text.upper()
        elif kind < 0.3:
            text = unicodedata.normalize("NFD", text)
        return text


def escaped(text):
    return (text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
            .replace("\0", "\\0"))


def ask(checker, addresses):
    """The checker's answers: the normalized address and nothing, or nothing and the reason."""
    lines = "".join(escaped(address) + "\n" for address in addresses)
    result = subprocess.run(shlex.split(checker), input=lines.encode(), stdout=subprocess.PIPE, check=True)
    answers = result.stdout.decode().split("\n")[:-1]
    if len(answers) != len(addresses):
        sys.exit(f"the checker gave {len(answers)} answers to {len(addresses)} addresses")
    for answer in answers:
        verdict, _, text = answer.partition("\t")
        yield (text, None) if verdict == "valid" else (None, text)


def shown(text):
    return "".join(
        char if 0x20 <= ord(char) < 0x7F else f"\\u{{{ord(char):x}}}" for char in escaped(text))


def cause(address, oracle, normalized, reason):
    """The name of an intended cause of a difference; nothing where there is no difference."""
    if oracle.is_valid == (reason is None) and oracle.normalized == normalized:
        return None
    for name, _, applies in INTENDED:
        if applies(address, oracle, reason):
            return name
    return "unexplained"


def compare(checker, addresses):
    cases = {}
    valid = 0
    for address, (normalized, reason) in zip(addresses, ask(checker, addresses)):
        oracle = Oracle(address)
        valid += oracle.is_valid
        name = cause(address, oracle, normalized, reason)
        if name:
            cases.setdefault(name, []).append(
                f"{shown(address)}\n    oracle: {shown(oracle.normalized or oracle.reason)}"
                f"\n    checker: {shown(normalized or reason)}")
    print(f"{len(addresses)} addresses, {valid} of them valid to the oracle"
          f" (email-validator {email_validator.__version__}, idna {idna.__version__},"
          f" Unicode {ucd.unidata_version})")
    for name, sentence, _ in INTENDED:
        if name in cases:
            print(f"{len(cases[name])} differ as intended: {name}. {sentence}")
    unexplained = cases.get("unexplained", [])
    print(f"{len(unexplained)} differ without a known cause")
    for case in unexplained[:40]:
        print("  " + case)
    return 1 if unexplained else 0


def write_table(path, addresses):
    lines = {f"{'valid' if Oracle(address).is_valid else 'invalid'}\t{shown(address)}"
             for address in addresses}
    with open(path, "w", encoding="ascii") as file:
        file.write(f"# Made up by scripts/email_oracle.py; verdicts of email-validator"
                   f" {email_validator.__version__}, idna {idna.__version__}, Unicode"
                   f" {ucd.unidata_version}.\n")
        file.writelines(line + "\n" for line in sorted(lines))
    return 0


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--checker", help="the program that answers for ferry")
    parser.add_argument("--table", help="write addresses and the oracle's verdicts to this file")
    options = parser.parse_args()
    for name, (found, wanted) in VERSIONS.items():
        if found != wanted:
            sys.exit(f"{name} is {found}, not {wanted}")
    generator = Generator(options.seed)
    addresses = [generator.address() for _ in range(options.count)]
    if options.table:
        return write_table(options.table, addresses)
    if not options.checker:
        parser.error("--checker or --table is needed")
    return compare(options.checker, addresses)


if __name__ == "__main__":
    sys.exit(main())
