"""Compiles the regular expressions of telephone metadata to automata over decimal digits.

The expressions describe digit strings of bounded length, so each becomes an acyclic graph. Two
questions are asked of them, and each has an automaton of its own kind:

- `Language`: does the whole string match, or does some prefix of it? A lazily built subset
  construction, which `phone_metadata.py` multiplies out over all expressions of a calling code.
- `PrefixMatcher`: where does a *leftmost-first* match end that begins at the first digit, and what
  do its groups hold? This is the answer of a backtracking matcher, `re.match`, so the threads of
  the simulation are kept in the order in which a backtracking matcher would try them.
"""

from re import _constants as kind
from re import _parser as parser

CHAR, SPLIT, JUMP, SAVE, END, MATCH = range(6)


def compile_program(pattern):
    """A pattern as a list of instructions; repetitions are written out."""
    program = []

    def emit(*instruction):
        program.append(list(instruction))
        return len(program) - 1

    def digits(op, value):
        if op is kind.LITERAL:
            return frozenset((value - 48,))
        if op is kind.RANGE:
            return frozenset(range(value[0] - 48, value[1] - 47))
        if op is kind.CATEGORY and value is kind.CATEGORY_DIGIT:
            return frozenset(range(10))
        raise ValueError(f"{pattern}: {op} {value}")

    def walk(node):
        for op, value in node:
            if op is kind.LITERAL:
                emit(CHAR, digits(op, value))
            elif op is kind.IN:
                emit(CHAR, frozenset().union(*(digits(*item) for item in value)))
            elif op is kind.SUBPATTERN:
                group, _, _, inner = value
                if group is not None:
                    emit(SAVE, 2 * group)
                walk(inner)
                if group is not None:
                    emit(SAVE, 2 * group + 1)
            elif op is kind.BRANCH:
                ends = []
                for number, branch in enumerate(value[1]):
                    last = number == len(value[1]) - 1
                    split = None if last else emit(SPLIT, len(program) + 1, None)
                    walk(branch)
                    if not last:
                        ends.append(emit(JUMP, None))
                        program[split][2] = len(program)
                for end in ends:
                    program[end][1] = len(program)
            elif op is kind.MAX_REPEAT:
                least, most, inner = value
                for _ in range(least):
                    walk(inner)
                # No telephone number is longer than the limit, so `+` and `*` end there.
                splits = []
                for _ in range(min(most, LIMIT + 4) - least):
                    splits.append(emit(SPLIT, len(program) + 1, None))
                    walk(inner)
                for split in splits:
                    program[split][2] = len(program)
            elif op is kind.AT and value is kind.AT_END:
                emit(END)
            else:
                raise ValueError(f"{pattern}: {op}")

    walk(parser.parse(pattern))
    emit(MATCH)
    return program


# The most digits a national number may have when it is parsed.
LIMIT = 17


class Language:
    """Tells step by step whether digits match a pattern, wholly or (`is_prefix`) at their start."""

    START, MATCHED = 0, -1

    def __init__(self, pattern, is_prefix=False):
        self.program = compile_program(pattern)
        self.is_prefix = is_prefix
        self.sets = []
        self.numbers = {}
        self.steps = {}
        self.start = self._number({0})

    def _number(self, pcs):
        seen, stack = set(), list(pcs)
        while stack:
            pc = stack.pop()
            if pc in seen:
                continue
            seen.add(pc)
            op = self.program[pc]
            if op[0] == SPLIT:
                stack += op[1:]
            elif op[0] == JUMP:
                stack.append(op[1])
            elif op[0] == SAVE:
                stack.append(pc + 1)
        kept = frozenset(pc for pc in seen if self.program[pc][0] in (CHAR, MATCH))
        if self.is_prefix and any(self.program[pc][0] == MATCH for pc in kept):
            return Language.MATCHED
        if kept not in self.numbers:
            self.numbers[kept] = len(self.sets)
            self.sets.append(kept)
        return self.numbers[kept]

    def step(self, state, digit):
        """The state behind a digit; `None` if nothing can match any more."""
        if state == Language.MATCHED:
            return state
        key = (state, digit)
        if key not in self.steps:
            pcs = {
                pc + 1 for pc in self.sets[state]
                if self.program[pc][0] == CHAR and digit in self.program[pc][1]
            }
            self.steps[key] = self._number(pcs) if pcs else None
        return self.steps[key]

    def accepts(self, state):
        return state == Language.MATCHED or any(
            self.program[pc][0] == MATCH for pc in self.sets[state])


class PrefixMatcher:
    """Simulates a backtracking matcher digit by digit.

    A state is an ordered list of threads `(pc, saved positions)` and two matches `(end, positions)`
    or `None`: the one that counts only if no digit follows, and the one that always does.
    """

    def __init__(self, pattern):
        self.program = compile_program(pattern)
        self.groups = max(
            [op[1] // 2 for op in self.program if op[0] == SAVE], default=0)
        self.start = self._close([(0, (None,) * (2 * self.groups + 2))], 0)

    def _close(self, threads, position):
        """The threads that wait for a digit, and the matches; one beats all threads behind it."""
        waiting, seen = [], set()
        match = ending = None

        def add(pc, saved):
            nonlocal match, ending
            if match is not None or pc in seen:
                return
            seen.add(pc)
            op = self.program[pc]
            if op[0] == SPLIT:
                add(op[1], saved)
                add(op[2], saved)
            elif op[0] == JUMP:
                add(op[1], saved)
            elif op[0] == SAVE:
                place = op[1]
                add(pc + 1, saved[:place] + (position,) + saved[place + 1:])
            elif op[0] == MATCH:
                match = (position, saved)
            elif op[0] == END:
                # Counts only if no digit follows, so what stands behind it is tried all the same.
                assert self.program[pc + 1][0] in (MATCH, JUMP)
                ending = ending or (position, saved)
            else:
                waiting.append((pc, saved))

        for pc, saved in threads:
            add(pc, saved)
        return tuple(waiting), ending, match

    def step(self, state, digit, position):
        """The state behind a digit at a position, counted from 1 behind the first."""
        threads = [
            (pc + 1, saved) for pc, saved in state[0] if digit in self.program[pc][1]
        ]
        return self._close(threads, position)


class Graph:
    """An acyclic automaton in the making: equal states are one.

    A state is `(label, children)`, ten children of which `None` leads nowhere; the label is what
    an input that ends here is told, `None` for nothing.
    """

    SINK = -1

    def __init__(self):
        self.states = []
        self.numbers = {}

    def add(self, label, children):
        key = (label, tuple(children))
        if key not in self.numbers:
            if label is None and all(child is None for child in children):
                return None
            self.numbers[key] = len(self.states)
            self.states.append(key)
        return self.numbers[key]

    def sink(self, label):
        """A state that all further digits lead back to."""
        return self.add(label, (Graph.SINK,) * 10)

    def lines(self, start, label_names):
        """The states from a start on, children behind parents, as lines of text.

        `label?` and then `digits:distance` for each set of digits that leads to one child, `*` for
        all ten; the distance is counted in lines, 0 to the state itself.
        """
        order, places = [], {}
        # A parent stands before its children: depth-first, in reverse order of finishing.
        finished, visited, stack = [], set(), [(start, False)]
        while stack:
            state, is_done = stack.pop()
            if is_done:
                finished.append(state)
                continue
            if state in visited:
                continue
            visited.add(state)
            stack.append((state, True))
            for child in reversed(self.states[state][1]):
                if child is not None and child != Graph.SINK and child not in visited:
                    stack.append((child, False))
        order = finished[::-1]
        places = {state: place for place, state in enumerate(order)}
        for place, state in enumerate(order):
            label, children = self.states[state]
            groups = {}
            for digit, child in enumerate(children):
                if child is None:
                    continue
                distance = 0 if child == Graph.SINK else places[child] - place
                groups.setdefault(distance, []).append(str(digit))
            parts = [] if label is None else [f"={label_names[label]}"]
            for distance, digits in groups.items():
                text = "*" if len(digits) == 10 else "".join(digits)
                parts.append(f"{text}:{distance}")
            yield " ".join(parts)
