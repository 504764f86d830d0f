"""The words of a clause: their fingerprint, their sentences, and which of them can be kept or broken."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_NOT_WORDS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
_STOP = re.compile(r"[.!?][\"'”’)\]*_]*\s+(?=[\"'“‘(\[*_]*[^\W_a-z])")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\[\"'“‘])(?:[A-Za-z]|e\.g|i\.e|cf|vs|viz|al|Mr|Mrs|Ms|Dr|Prof|Rev|Hon|St|No|Nos|Art|Arts"
    r"|para|paras|Para|sec|Sec|reg|regs|Reg|ch|Ch|cl|Cl|p|pp|vol|Vol|ed|eds)\.$"
)
OPERATIVE = re.compile(
    r"\b(?:must|shall|will|should|may not|may only|can only|cannot|(?:is|are|be) (?:not )?"
    r"(?:required|obliged|expected|responsible|entitled|allowed|permitted|to)|ha(?:s|ve) to|needs? to)\b",
    re.IGNORECASE,
)
"""Words by which a text commands, forbids or allows."""


def without_tags(text: str) -> str:
    """Text without HTML tags and soft hyphens, which are no words of the document."""
    text = text.replace("\u00ad", "").replace("\u200b", "")
    return _TAG.sub(" ", text) if "<" in text else text


def normal(text: str) -> str:
    """NFKC, small letters, and one blank for whatever lies between letters and digits."""
    return _NOT_WORDS.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def numberless(text: str) -> str:
    """The same with any number for any other, so that `Page 3 of 12` is `Page 1 of 1`."""
    return _DIGITS.sub("1", normal(text))


def fingerprint(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the words."""
    return hashlib.sha256(normal(text).encode()).hexdigest()[:16]


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends.

    One ends in `.`, `!` or `?`, with the quotes and brackets behind it, where no small letter comes
    next; `e.g.`, `No.` and single letters end none.
    """
    found, start = [], 0
    for stop in _STOP.finditer(text):
        before = text[max(start, stop.start() - 12) : stop.start() + 1]
        if text[stop.start()] == "." and _ABBREVIATED.search(before):
            continue
        found.append((start, stop.end()))
        start = stop.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return found


def operative(text: str) -> tuple[str, ...]:
    """The operative words of a text, in order, each once."""
    return tuple(dict.fromkeys(match.group().lower() for match in OPERATIVE.finditer(text)))
