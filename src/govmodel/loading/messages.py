"""Problems and the words in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import lru_cache
from typing import Literal

from govmodel.dataclass import dataclass
from govmodel.errors import InputError, Mark, Problem

MOST_SUGGESTIONS = 100
"""Near names are looked for so often in one call, and no more: a hostile file could ask for millions."""

MOST_PROBLEMS = 1_000


def q(text: str) -> str:
    """Text of the input in quotes, short, and without anything that could steer a terminal."""
    text = printable(text)
    if len(text) > 60:
        text = text[:57] + "…"
    return f'"{text}"'


def printable(text: str) -> str:
    """Text without line breaks, control characters and other things that have no shape of their own."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c in "\n\t" else f"\\u{ord(c):04x}" for c in text)


@lru_cache(maxsize=10_000)
def canonical(name: str) -> str:
    """A name as it is compared: `-` and `_` are the same letter."""
    return name.strip().replace("_", "-")


def with_article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def listed(words: Sequence[str], joint: str = "or") -> str:
    """`a, b or c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def number_word(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


class Near:
    """The known name nearest to a mistyped one, and nothing when they are unlike."""

    def __init__(self) -> None:
        self.left = MOST_SUGGESTIONS

    def __call__(self, name: str, known: Iterable[str]) -> str | None:
        if self.left <= 0 or len(name) > 80:
            return None
        self.left -= 1
        from difflib import get_close_matches

        pool = list(known)[:3000]
        found = get_close_matches(name, pool, n=1, cutoff=0.6)
        if found:
            return found[0]
        lower = {k.lower(): k for k in pool}
        found = get_close_matches(name.lower(), lower, n=1, cutoff=0.6)
        return lower[found[0]] if found else None


@dataclass()
class Problems:
    """What is wrong with a model, gathered while it is read."""

    found: list[Problem] = field(default_factory=list)
    near: Near = field(default_factory=Near)

    def add(
        self, mark: Mark, code: str, message: str, help: str = "", level: Literal["error", "note"] = "error"
    ) -> None:
        self.found.append(Problem(mark, code, printable(message), printable(help), level))
        if len(self.found) >= MOST_PROBLEMS:
            raise InputError(self.found)

    @property
    def errors(self) -> int:
        return sum(problem.level == "error" for problem in self.found)


def did_you_mean(near: str | None, words: str = "") -> str:
    return f'; did you mean {words}"{near}"?' if near else ""
