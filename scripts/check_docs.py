#!/usr/bin/env python3
"""Fails for every declaration that is `package` or wider and has no doc comment.

The formatter's own rule looks at `public` only, so this reads the sources: a declaration line that
begins with `package` (after attributes) must follow a `///` line. Initializers that only store what
they are given, and cases and members that satisfy a documented protocol, may say nothing.
"""
import pathlib
import re
import sys

DECLARATION = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*package\s+(?:private\(set\)\s+)?"
    r"(?:static\s+|final\s+|mutating\s+|consuming\s+|nonisolated\s+|indirect\s+)*"
    r"(struct|enum|class|actor|protocol|func|var|let|subscript|typealias)\b\s*([\w]*)"
)
# Satisfy protocols whose documentation says all there is to say.
INHERITED = {"description", "debugDescription", "customMirror", "hash", "next", "unownedExecutor", "action",
             "appendVariables", "encode", "post", "shutDown"}


def undocumented(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    for index, line in enumerate(lines):
        match = DECLARATION.match(line)
        if not match or match.group(2) in INHERITED:
            continue
        above = index - 1
        while above >= 0 and lines[above].strip().startswith("@"):
            above -= 1
        if above < 0 or not lines[above].strip().startswith("///"):
            operator = "==" in line or "<" in line.split("(")[0]
            if not operator:
                yield index + 1, line.strip()


def main():
    failed = False
    for path in sorted(pathlib.Path("Sources").rglob("*.swift")):
        for number, line in undocumented(path):
            print(f"{path}:{number}: error: no doc comment: {line}", file=sys.stderr)
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
