"""A short name for a value that stands for all that is in it, the same on every machine."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from govmodel.errors import Mark


def digest(*values: Any) -> str:
    """32 hexadecimal digits. Equal values have equal ones; where they stand in a file is no part of them.

    Raises:
        TypeError: a value is of a kind that has no fixed spelling.
    """
    found = hashlib.blake2b(digest_size=16, person=b"govmodel")
    for value in values:
        for part in _spelled(value):
            found.update(part.encode() + b"\x1f")
    return found.hexdigest()


def _spelled(value: Any) -> Iterator[str]:
    if value is None or isinstance(value, (bool, int, str, Fraction, date, Enum)):
        yield f"{type(value).__name__} {value}"
    elif isinstance(value, Mark):
        yield "mark"
    elif dataclasses.is_dataclass(value):
        yield f"({type(value).__name__}"
        for field in dataclasses.fields(value):
            yield field.name
            yield from _spelled(getattr(value, field.name))
        yield ")"
    elif isinstance(value, Mapping):
        yield "{"
        for key, inner in value.items():
            yield from _spelled(key)
            yield from _spelled(inner)
        yield "}"
    elif isinstance(value, (tuple, list)):
        yield "["
        for inner in value:
            yield from _spelled(inner)
        yield "]"
    elif isinstance(value, (set, frozenset)):
        yield "<"
        yield from sorted("\x1e".join(_spelled(inner)) for inner in value)
        yield ">"
    else:
        raise TypeError(f"{type(value).__name__} has no fixed spelling")
