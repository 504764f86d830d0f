"""The patterns of a layout, which are examples: `1.1`, `(a)`, `Article 1`, `1. Title`.

An example stands for all like it: `1` for any number, `a` and `A` for a letter, `i` and `I` for a roman
number; everything else stands for itself. There is no other notation, so no text makes one slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, TypeAlias

from govmodel.dataclass import dataclass

Place: TypeAlias = Literal["headings", "numbers", "items", "footnotes"]

PLACES: dict[str, Place] = {
    "headings": "headings", "numbers": "numbers", "items": "items", "footnotes": "footnotes"
}  # fmt: skip
"""Keys of a layout that take patterns."""

BULLETS = "-–—•*·▪◦●‣∙⁃➢\uf0b7\uf0a7"
LEAD_IN = (":", "-", "–", "—")
"""What a line ends in when a list follows that belongs to it."""
MOST_WORDS = 12
"""A title has no more."""
LONGEST = 40

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|\s+|.", re.DOTALL)
_KINDS = {
    "1": ("number", r"[0-9]{1,4}"),
    "a": ("letter", r"(?P<l%d>[a-z])(?P=l%d)?"),
    "A": ("letter", r"(?P<l%d>[A-Z])(?P=l%d)?"),
    "i": ("roman", r"[ivxlc]{1,7}"),
    "I": ("roman", r"[IVXLC]{1,7}"),
}
_BULLET = re.compile(rf"[{re.escape(BULLETS)}]\s+(?=\S)")
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
FOOTNOTES = {"¹": rf"[{_SUPERSCRIPT}]+", "[1]": r"\[[0-9]{1,3}\]", "*": r"\*+", "†": "†+", "‡": "‡+"}
"""Marks of footnotes by example, and what is like them."""


class PatternFault(ValueError):
    """A mark that cannot be used. `help` says what to write."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class Pattern:
    """A mark by its example, ready to be looked for. `regex` None: a bullet, or a title without a mark."""

    written: str
    regex: re.Pattern[str] | None
    title: bool
    style: str
    """What of it is the same in one list, such as `(·)`."""
    kind: str
    """What its last part is: number, letter, roman, or nothing."""

    def match(self, text: str) -> tuple[str, str, str] | None:
        """The mark as printed without its full stop, the value of its last part, and the rest of the text."""
        found = self.regex.match(text) if self.regex is not None else None
        if found is None:
            return None
        printed = found.group().strip().rstrip(".:")
        if printed.endswith(")") and "(" not in printed:
            printed = printed[:-1]
        return printed, found["last"], text[found.end() :].strip()


@lru_cache(maxsize=1000)
def pattern(written: str, place: Place) -> Pattern:
    """A pattern by its example. Raises PatternFault."""
    text = " ".join(written.split())
    if place == "footnotes":
        if text not in FOOTNOTES:
            raise PatternFault("is no mark of footnotes", f"They are {', '.join(FOOTNOTES)}.")
        return Pattern(text, re.compile(rf"(?P<last>{FOOTNOTES[text]})\s*(?=\S)"), False, text, "")
    title = text == "Title" or text.endswith(" Title")
    if title and place != "headings":
        raise PatternFault("is a heading", "Put it under headings.")
    if place == "headings" and not title:
        raise PatternFault("is no heading", f"A heading is a mark and a title: {text[:LONGEST]} Title.")
    text = text.removesuffix("Title").strip()
    if title and not text:
        return Pattern("Title", None, True, "", "")
    if len(text) == 1 and text in BULLETS:
        if place != "items":
            raise PatternFault("is a bullet", "Bullets stand under items.")
        return Pattern("-", None, False, "-", "")
    if len(text) > LONGEST:
        raise PatternFault(
            "is longer than any mark", "Write the mark of one clause as an example, such as 1.1."
        )
    regex, style, kind, parts = _parts(text)
    if not parts:
        raise PatternFault(
            "has nothing in it that counts", 'Write an example, such as "1.1", "(a)" or "Article 1".'
        )
    if style == "·" and kind != "number":
        raise PatternFault("is met in any sentence", 'Write the mark with its signs: "(a)", "a)" or "a.".')
    if parts > 1 and kind == "number" and text.endswith("1"):
        regex += r"\.?"  # 1.1 and 1.1. are the same mark
    written = f"{text} Title" if title else text
    return Pattern(written, re.compile(rf"{regex}(?=\s|$)"), title, style, kind)


def _parts(text: str) -> tuple[str, str, str, int]:
    """A regular expression for what is like an example, its style, the kind of its last part, its parts."""
    tokens = _TOKEN.findall(text)
    last = max((n for n, t in enumerate(tokens) if t in _KINDS), default=-1)
    regex, style, kind, parts = "", "", "", 0
    for number, token in enumerate(tokens):
        if token in _KINDS:
            kind, like = _KINDS[token]
            like = like % (number, number) if "%d" in like else like
            regex += f"(?P<last>{like})" if number == last else f"(?:{like})"
            style += "·"
            parts += 1
        elif token[0].isdigit():
            raise PatternFault(f"has the number {token}", "In a mark 1 stands for any number: write 1.")
        else:
            regex += r"\s+" if token.isspace() else re.escape(token)
            style += token
    return regex, style, kind, parts


def bulleted(text: str) -> str | None:
    """What stands after a bullet; None where there is none."""
    found = _BULLET.match(text)
    return text[found.end() :] if found else None


def plain(text: str) -> str:
    """A line without the signs of bold type."""
    return text.replace("**", "").replace("__", "").strip()


def titled(text: str) -> bool:
    """Whether a line can be a title: short, and without the end of a sentence."""
    words = text.split()
    end = text.rstrip("\"'”’»*_ ")
    first = next((c for c in text if c.isalnum()), "")
    return (
        0 < len(words) <= MOST_WORDS
        and not first.islower()
        and bool(first)
        and not end.endswith((".", ";", ",", "?", "!", *LEAD_IN))
    )


def values(kinds: Iterable[str], text: str) -> dict[str, int]:
    """What a mark counts as, for each kind that it can be: `i` is the ninth letter and the number 1."""
    found = {}
    for kind in kinds:
        if kind == "number" and text.isdigit():
            found[kind] = int(text)
        elif kind == "letter" and text.isalpha() and len(set(text.lower())) == 1:
            found[kind] = ord(text[0].lower()) - ord("a") + 1 + 26 * (len(text) - 1)
        elif kind == "roman" and roman(count := _from_roman(text.lower())) == text.lower():
            found[kind] = count
    return found


_ROMAN = (
    (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """1 to 399 in small roman numerals; beyond that in figures."""
    if not 0 < number < 400:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _from_roman(text: str) -> int:
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    for sign, after in zip(text, [*text[1:], ""], strict=True):
        value = worth.get(sign, 0)
        total += -value if value < worth.get(after, 0) else value
    return total
