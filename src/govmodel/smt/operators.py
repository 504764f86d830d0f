"""What SMT-LIB builds terms with, and how it writes numbers."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def every(terms: Iterable[str]) -> str:
    """All of these are so."""
    return _of_all("and", "true", terms)


def some(terms: Iterable[str]) -> str:
    """At least one of these is so."""
    return _of_all("or", "false", terms)


def total(numbers: Iterable[str]) -> str:
    """The sum of whole numbers."""
    return _of_all("+", "0", numbers)


def _of_all(operator: str, none: str, terms: Iterable[str]) -> str:
    own = tuple(terms)
    if len(own) > 1:
        return f"({operator} {' '.join(own)})"
    return own[0] if own else none


def times(number: int, of: str) -> str:
    return of if number == 1 else f"(* {number} {of})"


def integer(number: int) -> str:
    return str(number) if number >= 0 else f"(- {-number})"


def real(number: Fraction) -> str:
    """A number as a real one, exactly."""
    text = f"(/ {abs(number.numerator)}.0 {number.denominator}.0)"
    return f"(- {text})" if number < 0 else text


def boolean(flag: bool) -> str:
    return "true" if flag else "false"
