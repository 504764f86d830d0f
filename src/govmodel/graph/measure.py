"""How wide text is at most, in any of the fonts that a reader is likely to have.

Widths are those of DejaVu Sans, the widest of the common sans-serif fonts, in hundredths of an em.
Whatever is not in the table is taken to be as wide as the widest letters of its kind.
"""

from __future__ import annotations

from functools import lru_cache

_WIDTHS: dict[int, str] = {
    29: "IJijl",
    34: " ,./:;\\|",
    42: "-'()[]frt!",
    50: "*_`",
    53: '"s?z',
    63: "abcdeghknopquvxyFLP0123456789$",
    70: "ABCEKRSTXYZ{}",
    80: "DGHNOQUV&",
    88: "w#+<=>^~M",
    100: "mW%@",
}
_REGULAR: dict[str, int] = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER: dict[str, int] = {"·": 34, "’": 34, "‘": 34, "–": 50, "“": 53, "”": 53, "£": 64}
_BOLD = 1.12


def width(text: str, size: float, bold: bool = False) -> float:
    """An upper bound of the width of `text` at `size` pixels."""
    hundredths = sum(_letter(letter) for letter in text)
    return hundredths / 100 * size * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)
def _letter(letter: str) -> int:
    if letter in _REGULAR:
        return _REGULAR[letter]
    if letter in _OTHER:
        return _OTHER[letter]
    code = ord(letter)
    if 0xC0 <= code < 0x250:
        return 105
    return 110 if code < 0x1100 else 200 if code >= 0x1F000 or code == 0xFDFD else 130


def wrap(text: str, room: float, size: float, bold: bool = False, lines: int = 0) -> tuple[str, ...]:
    """`text` in lines no wider than `room`; a word that is too long is broken. At most `lines` lines
    where that is not 0, the last one then ending in an ellipsis."""
    space = width(" ", size, bold)
    made: list[str] = []
    line, used = "", 0.0
    for word in text.split():
        wide = width(word, size, bold)
        if line and used + space + wide <= room:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            made.append(line)
        line, used = "", 0.0
        for letter in word:
            wide = width(letter, size, bold)
            if line and used + wide > room:
                made.append(line)
                line, used = "", 0.0
            line, used = line + letter, used + wide
        if lines and len(made) > lines:
            break
    if line:
        made.append(line)
    if lines and len(made) > lines:
        last = made[lines - 1]
        while last and width(last + "…", size, bold) > room:
            last = last[:-1]
        made = [*made[: lines - 1], last.rstrip() + "…"]
    return tuple(made)


def clean(text: str) -> str:
    """`text` in one line without control characters, or whatever else XML cannot hold."""
    kept = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(kept.split())
