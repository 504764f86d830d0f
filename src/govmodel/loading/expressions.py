"""Sentences of the language of models, such as `present >= 8`, to trees of words.

A table that lark made of `expressions.lark` (see `grammar.py`) is run here, so that a model is read
without importing lark. What the words mean is settled in `conditions.py`.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from govmodel.dataclass import dataclass
from govmodel.loading.messages import listed, q

Start: TypeAlias = Literal["condition", "carried", "length", "frequency", "span"]

LONGEST = 2_000
DEEPEST = 30
_END = "$END"
_BLANK = re.compile(r"[ \t\r\n]+")
_WORD = re.compile(r"[^\W_][\w-]*|[0-9]+|.", re.DOTALL)
_KEYWORD = re.compile(r"[a-z]+")
RESERVED = frozenset(
    [
        "and",
        "or",
        "not",
        "of",
        "is",
        "at",
        "than",
        "before",
        "after",
        "within",
        "in",
        "no",
        "to",
        "if",
        "but",
        "except",
        "plus",
        "minus",
        "greater",
        "lesser",
        "nearest",
    ]
)
"""Words that are never names, even where the grammar would let them be."""


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A rule of the grammar that was recognised between two offsets of the text."""

    kind: str
    items: tuple[Any, ...]
    start: int
    end: int


class Fault(Exception):
    """A sentence that cannot be understood; `offset` says where in its text."""

    def __init__(self, offset: int, code: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.offset, self.code, self.message, self.help = offset, code, message, help


@dataclass(frozen=True)
class Table:
    keywords: dict[str, str]
    symbols: tuple[tuple[str, str], ...]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    rules: tuple[tuple[str, tuple[bool, ...]], ...]
    starts: dict[str, int]
    ends: dict[str, int]
    states: tuple[dict[str, int], ...]
    words: dict[str, str]


@cache
def table() -> Table:
    raw = json.loads(Path(__file__).with_name("expressions.json").read_text(encoding="utf-8"))
    keywords: dict[str, str] = {}
    symbols: list[tuple[str, str]] = []
    patterns: list[tuple[str, re.Pattern[str]]] = []
    for name, pattern, is_pattern, _ in raw["terminals"]:
        if is_pattern:
            patterns.append((name, re.compile(pattern)))
        elif pattern.isalpha():
            keywords[pattern] = name
        else:
            symbols.append((name, pattern.replace("\\", "")))
    symbols.sort(key=lambda s: -len(s[1]))
    words = {name: word for word, name in keywords.items()} | dict(symbols)
    return Table(
        keywords,
        tuple(symbols),
        tuple(patterns),
        tuple((name, tuple(keeps)) for name, keeps in raw["rules"]),
        raw["starts"],
        raw["ends"],
        tuple(raw["states"]),
        words,
    )


def _lex(text: str, at: int, accepts: dict[str, int]) -> Token | None:
    """The token at an offset, among those that the state has a use for. None: there is none."""
    t = table()
    word = _KEYWORD.match(text, at)
    if word and not text[word.end() : word.end() + 1].replace("_", "-").isalnum():
        end = word.end()
        if text[end : end + 1] not in ("-", "_"):
            name = t.keywords.get(word.group())
            if name in accepts:
                return Token(name, word.group(), at, end)
            if word.group() in RESERVED:
                return None
    for name, symbol in t.symbols:
        if name in accepts and text.startswith(symbol, at):
            return Token(name, symbol, at, at + len(symbol))
    for name, pattern in t.patterns:
        if name in accepts:
            match = pattern.match(text, at)
            if match:
                return Token(name, match.group(), at, match.end())
    return None


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


@lru_cache(maxsize=10_000)
def parse(text: str, start: Start) -> Tree:
    """Raises Fault where the text is no sentence of this kind."""
    if len(text) > LONGEST:
        raise Fault(
            0, "expression", f"this is longer than {LONGEST:,} characters", "Split it into several blocks."
        )
    if _depth(text) > DEEPEST:
        raise Fault(
            0, "expression", f"brackets stand more than {DEEPEST} deep", "Split it into several blocks."
        )
    t = table()
    states = [t.starts[start]]
    values: list[Any] = []
    at = _skip(text, 0)
    while True:
        accepts = t.states[states[-1]]
        token: Token | None
        if at >= len(text):
            token = Token(_END, "", len(text), len(text)) if _END in accepts else None
        else:
            token = _lex(text, at, accepts)
        if token is None or not _feed(t, states, values, token, start):
            raise _explain(text, start, at, tuple(states))
        if token.kind == _END:
            tree = values[-1]
            assert isinstance(tree, Tree)
            return tree
        at = _skip(text, token.end)


def _depth(text: str) -> int:
    deepest = depth = 0
    for word in _WORD.findall(text):
        if word in ("(", "not", "times", "greater", "lesser"):
            depth += 1
            deepest = max(deepest, depth)
        elif word == ")":
            depth -= 1
        elif word in ("and", "or"):
            depth = min(depth, text.count("("))
    return deepest


def _feed(t: Table, states: list[int], values: list[Any], token: Token, start: str) -> bool:
    """Take one token: all reductions that it allows, then the shift. False: it does not fit."""
    while True:
        action = t.states[states[-1]].get(token.kind)
        if action is None:
            return False
        if action >= 0:
            states.append(action)
            values.append(token)
            return True
        name, keeps = t.rules[-1 - action]
        size = len(keeps)
        parts = values[len(values) - size :]
        del states[len(states) - size :], values[len(values) - size :]
        items: list[Any] = []
        for part, keep in zip(parts, keeps, strict=True):
            if isinstance(part, Tree) and part.kind.startswith("_"):
                items.extend(part.items)
            elif keep:
                items.append(part)
        values.append(Tree(name, tuple(items), parts[0].start, parts[-1].end))
        states.append(t.states[states[-1]][name])
        if token.kind == _END and states[-1] == t.ends[start]:
            return True


# What follows runs only for sentences that were not understood.

_CLASSES = {
    "NAME": "a name",
    "BASE": "",
    "INT": "a number",
    "WORDNUM": "a number",
    "PERCENT": "a share",
    "FRACTION": "a share",
    "HALF": "a share",
    "UNIT": "a unit of time",
    "QUARTER": "",
    "PART": "third, quarter or fifth",
    "MONTH": "a month",
    "ISODATE": "a date",
    _END: "the end",
}
_ORDER = ["at least", "at most", "within", "before", "after", "is", "in"]


def _viable(states: tuple[int, ...], start: str) -> set[str]:
    t = table()
    found = set()
    for kind in t.states[states[-1]]:
        if kind == _END or (kind.isupper() or kind.startswith("__ANON")):
            trial: list[Any] = [Token("", "", 0, 0)] * (len(states) - 1)
            if _feed(t, list(states), trial, Token(kind, "", 0, 0), start):
                found.add(kind)
    return found


def _expected(viable: set[str], started: bool) -> list[str]:
    t = table()
    words: set[str] = set()
    for kind in viable:
        if kind in _CLASSES:
            words.add(_CLASSES[kind])
        else:
            words.add(t.words.get(kind, ""))
    if {">=", "at"} <= words:
        words -= {">=", "<=", ">", "<", "=", "at", "more", "less", "fewer", "exactly"}
        words |= {"at least", "at most"}
    if "within" in words:
        words.discard("no")
    words.discard("")
    if started and len(words) > 3:
        words -= {"plus", "minus", ".", "(", "and", "or", "the end", "except"}
    if not started and "not" in words:
        words = {"a name", "a number", "a count such as present"}
    if not words and "BASE" in viable:
        words = {"members", "present", "seats", "voting"}
    first = [w for w in _ORDER if w in words]
    return first + sorted((w for w in words if w not in first), key=lambda w: (w == "the end", w))


_ODD = {
    ",": "There are no commas in these sentences; write or between names.",
    "==": 'Write "=" for equal.',
    "=>": 'Write ">=".',
    "=<": 'Write "<=".',
    "!=": 'Write "is not".',
    "≥": 'Write ">=" or "at least".',
    "≤": 'Write "<=" or "at most".',
    "&": 'Write "and".',
    "|": 'Write "or".',
}


def _explain(text: str, start: Start, at: int, states: tuple[int, ...]) -> Fault:
    if not text.strip():
        return Fault(0, "expression", "nothing is said here", "Write a sentence, or leave the key out.")
    viable = _viable(states, start)
    before = text[:at].rstrip()
    match = _WORD.match(text, at)
    found = match.group() if match else ""
    wanted = listed(
        _expected(viable, bool(before)) or (["members, present, seats"] if "BASE" in viable else [])
    )
    after = f"after {q(before.split()[-1])} " if before else ""
    message = f"{after}expected {wanted or 'something else'}; found {q(found) if found else 'the end'}"
    for odd, advice in _ODD.items():
        if text.startswith(odd, at) or text.startswith(odd, at - 1):
            return Fault(at, "expression", message, advice)
    help = _advice(text, start)
    if not help and (better := _repair(text, start, at, found, viable)):
        help = f"Did you mean {q(better)}?"
    if not help and re.match(r"[A-Z]", found):
        help = "Names are written in small letters, with hyphens."
    return Fault(at, "expression", message, help)


_SHARES = "one|two|three|four|[0-9]+"
_PARTS = "thirds?|quarters?|fifths?"
_USUAL: dict[Start, tuple[tuple[str, str], ...]] = {
    "condition": (
        (r"^at least ([\w-]+)(?: members?)?(?: (?:is|are) present| present)?$", r"present at least \1"),
        (r"^(?:all|everybody|everyone)(?: of)?(?: members?)?(?: present)?$", "present >= members"),
        (r"^([\w-]+) members?(?: present)?$", r"present >= \1"),
        (r"^(?:a )?majority(?: of members)?(?: present)?$", "present > half of members"),
        (r"\ball of (members|seats)\b", r"\1"),
        (r"\bhalf$", "half of members"),
        (r"^(.* of (?:members|seats))(?: present)?$", r"present >= \1"),
    ),
    "carried": (
        (r"^(?:by )?(?:a )?(?:simple )?majority\b", "majority"),
        (r"\bof votes(?: cast)?$", "of voting"),
    ),
}
"""What documents say, and how it is written here where that adds nothing."""
_OPEN: dict[Start, tuple[tuple[str, str], ...]] = {
    "carried": (
        (r"^(?:unanimity|unanimous|unanimously|unanimous .*)$", "all"),
        (rf"^(?:a )?((?:{_SHARES}) (?:{_PARTS})) majority$", r"\1"),
    ),
}
"""What documents say without saying of whom."""


def _advice(text: str, start: Start) -> str:
    """How what is said in the words of a document is written here; nothing where nobody can know."""
    said = re.sub(rf"\b({_SHARES})-({_PARTS})\b", r"\1 \2", " ".join(text.lower().split()))
    said = re.sub(r"\b(?:the) (members|seats|votes|majority)\b", r"\1", said)
    said = re.sub(r"\ba (third|quarter|fifth)\b", r"one \1", said)
    usual = [re.sub(pattern, words, said) for pattern, words in _USUAL.get(start, ())]
    for trial in (said, *usual):
        if trial != text and _is_sentence(trial, start):
            return f"Did you mean {q(trial)}?"
    for pattern, words in _OPEN.get(start, ()):
        if re.match(pattern, said):
            share = re.sub(pattern, words, said)
            return f"Say of whom: {share} of voting, {share} of present or {share} of members."
    return ""


def _is_sentence(text: str, start: Start) -> bool:
    try:
        _parse_once(text, start)
    except Fault:
        return False
    return True


def _repair(text: str, start: Start, at: int, found: str, viable: set[str]) -> str | None:
    """The sentence with one word put in or changed, if that makes it one."""
    t = table()
    words = [t.words[kind] for kind in viable if kind in t.words]
    if "AT" in viable:
        words += ["at least", "at most"]
    trials = []
    if found:
        from difflib import get_close_matches

        units = ["days", "weeks", "months", "years", "working days"] if "UNIT" in viable else []
        bases = ["members", "present", "seats", "voting"] if "BASE" in viable else []
        trials = [
            text[:at] + word + text[at + len(found) :]
            for word in get_close_matches(found.lower(), [*words, *units, *bases], n=3)
        ]
        inserted = ("at least", "of") if re.match(r"[0-9]", found) or "AT" not in viable else ("is",)
        trials += [text[:at] + word + " " + text[at:] for word in inserted if word in words]
        if found.lower() != found:
            trials.append(text[:at] + found.lower() + text[at + len(found) :])
    return next((" ".join(trial.split()) for trial in trials if _is_sentence(trial, start)), None)


def _parse_once(text: str, start: Start) -> None:
    """Whether a text is a sentence, without looking for a better one."""
    t = table()
    states, values = [t.starts[start]], list[Any]()
    at = _skip(text, 0)
    while True:
        token = (
            _lex(text, at, t.states[states[-1]])
            if at < len(text)
            else Token(_END, "", at, at)
            if _END in t.states[states[-1]]
            else None
        )
        if token is None or not _feed(t, states, values, token, start):
            raise Fault(at, "expression", "")
        if token.kind == _END:
            return
        at = _skip(text, token.end)
