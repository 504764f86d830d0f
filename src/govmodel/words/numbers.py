"""Lengths of time, frequencies, numbers of seats, shares and dates in words."""

from __future__ import annotations

from fractions import Fraction

from govmodel.model.expressions import Frequency, Length, Span
from govmodel.model.vocabulary import MONTHS
from govmodel.words.text import some

COUNTING = {"calendar": "", "working": "working ", "clear": "clear ", "clear-working": "clear working "}

_PARTS = {
    3: "third",
    4: "quarter",
    5: "fifth",
    6: "sixth",
    7: "seventh",
    8: "eighth",
    9: "ninth",
    10: "tenth",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def length(value: Length) -> str:
    """`5 working days`, `48 hours`, `1 month`."""
    return some(value.number, COUNTING[value.counting] + value.unit)


def frequency(value: Frequency, of: str = "") -> str:
    """`every quarter`, `4 times a year`, `every 2 months`, `when asked`, `at each meeting of the OSCP`.
    `of`: whose meetings, with the `of`."""
    if value.at is not None:
        return f"at {'each' if value.at == 'each-meeting' else 'the next'} meeting{of}"
    if value.words is not None:
        return value.words.replace("-", " ")
    if value.times == 0:
        return "when asked"
    if value.unit is None:
        return "once"
    if value.times == 1:
        return f"every {value.unit}" if value.units == 1 else f"every {value.units} {value.unit}s"
    often = "twice" if value.times == 2 else f"{value.times} times"
    return (
        f"{often} {'an' if value.unit == 'hour' else 'a'} {value.unit}"
        if value.units == 1
        else (f"{often} in {value.units} {value.unit}s")
    )


def span(value: Span) -> str:
    """`3`, `0 to 5`, `1 or more`."""
    if value.high is None:
        return "any number of" if value.low == 0 else f"{value.low} or more"
    if value.low == 0 and value.high:
        return f"up to {value.high}"
    return str(value.low) if value.low == value.high else f"{value.low} to {value.high}"


def bare_span(value: Span) -> str:
    """The same where no noun follows: `any number`."""
    return span(value).removesuffix(" of")


def one(value: Span) -> bool:
    return value.low == value.high == 1


def share(value: Fraction) -> str:
    """`half`, `two thirds`, `75 %`."""
    if value == Fraction(1, 2):
        return "half"
    if value.denominator in _PARTS and value.numerator < len(_NUMBERS):
        part = _PARTS[value.denominator]
        return f"{_NUMBERS[value.numerator]} {part}{'' if value.numerator == 1 else 's'}"
    percent = value * 100
    if percent.denominator in (1, 2, 4, 5, 10, 20, 25, 50, 100):
        return f"{float(percent):g} %"
    return f"{value.numerator}/{value.denominator}"


def number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else share(value)


def date(text: str) -> str:
    """`2010-05-31` → `31 May 2010`."""
    parts = text.split("-")
    if len(parts) == 1:
        return parts[0]
    month = MONTHS[int(parts[1]) - 1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def day(month: int, day: int | None, year: int | None) -> str:
    said = MONTHS[month - 1] if day is None else f"{day} {MONTHS[month - 1]}"
    return said if year is None else f"{said} {year}"
