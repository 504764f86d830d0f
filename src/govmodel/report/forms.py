"""The forms that outputs share: JSON, CSV, lines of a width, colours. Computes nothing."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

WIDTH = 100
"""Of lines, where no terminal says."""

Paint: TypeAlias = Callable[[str, str], str]
"""Role and text → text: how a terminal colours a role (error, warning, note, quiet, strong)."""


def no_paint(_role: str, text: str) -> str:
    return text


def as_json(schema: int, **parts: Any) -> str:
    """One object for a whole call, with the versions of govmodel and of the object's shape."""
    from importlib.metadata import PackageNotFoundError, version  # which imports how mail is parsed

    try:
        own = version("govmodel")
    except PackageNotFoundError:
        own = "not installed"
    whole = {"govmodel": own, "schema": schema, **parts}
    return json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows of the same columns, with a head. What is None is empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else ["model"], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: "" if value is None else value for key, value in row.items()})
    return out.getvalue()


def wrapped(
    text: str,
    width: int,
    indent: str = "",
    paint: Paint = no_paint,
    role: str = "",
    *,
    then: str | None = None,
) -> Iterable[str]:
    """Lines of at most a width, indented; those after the first as `then` says. A word stays whole."""
    for line in textwrap.wrap(
        text, width=max(width, 20), initial_indent=indent, subsequent_indent=indent if then is None else then,
        break_long_words=False, break_on_hyphens=False,
    ):  # fmt: skip
        yield paint(role, line) if role else line


def many(number: int, one: str) -> str:
    """`1 year`, `1,000 years`."""
    return f"{number:,} {one}" + ("" if number == 1 else "s")
