"""Why a file is no YAML, in words for somebody who does not know YAML."""

from __future__ import annotations

import re
from typing import Any

from govmodel.errors import Mark, Problem
from govmodel.loading.source import Source

CODE = "not-yaml"
LONGEST = 5_000
"""So much of a line is looked at."""


def explain(source: Source, error: Any) -> Problem:
    """A problem for a YAMLError, by what stands in the text at its place rather than by its words."""
    words = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    at = _mark(source, getattr(error, "problem_mark", None))
    opened = _mark(source, getattr(error, "context_mark", None))
    line = source.line(at.line) if 0 < at.line <= len(source.starts) else ""
    line = line[:LONGEST]
    lead = line[: len(line) - len(line.lstrip())]
    here = line[at.column - 1 :]
    if "\t" in lead or here.startswith("\t"):
        tab = Mark(at.file, at.line, line.index("\t") + 1)
        return Problem(tab, CODE, "a tab stands here", "Indent with spaces; tabs cannot be used.")
    if "quoted scalar" in context and "end of stream" in words:
        return Problem(
            opened,
            CODE,
            "the quotes that open here are never closed",
            "Close them. A quote within single quotes is written twice.",
        )
    if "escape" in words or "quoted scalar" in context:
        return Problem(
            at,
            CODE,
            "something in these double quotes begins with a backslash and is not known",
            "Use single quotes, or write the backslash twice.",
        )
    if "flow mapping" in context or "flow sequence" in context or "flow node" in context:
        return _in_brackets(source, at, opened, here, context)
    if (
        here[:1]
        and here[0] in "@`%&*!|>?-[]{}"
        and ("token" in words or "not allowed" in words or "alphabetic" in words)
    ):
        return Problem(
            at, CODE, f'a text cannot begin with "{here[0]}"', "Put the sentence in double quotes."
        )
    if "mapping values are not allowed" in words:
        return _colon(at, line)
    if "expected ':'" in words:
        place = opened if opened.line else at
        return Problem(
            place,
            CODE,
            "this line has no colon after its key",
            "Write key: value, or indent the line under its sentence.",
        )
    if here.startswith(("}", "]")):
        return Problem(at, CODE, f'"{here[0]}" closes nothing', "Delete it, or open it before.")
    if (
        "expected key" in words
        or "block end" in words
        or "document start" in words
        or "'-' indicator" in words
    ):
        if re.match(r"\s*(\"[^\"]*\"|'[^']*')\s*\S", line) or re.search(
            r":\s+(\"[^\"]*\"|'[^']*')\s+\S", line
        ):
            return Problem(
                at,
                CODE,
                "text stands after the closing quotes",
                "Put the whole sentence into one pair of quotes.",
            )
        return Problem(
            at,
            CODE,
            "this line does not fit the lines above it",
            "Lines of one block begin in the same column; a list item begins with a hyphen.",
        )
    return Problem(
        at,
        CODE,
        "this cannot be read as YAML",
        "Is a quote, a bracket or a colon missing, or a line indented wrongly?",
    )


def _mark(source: Source, mark: Any) -> Mark:
    return Mark(source.file, mark.line + 1, mark.column + 1) if mark is not None else Mark(source.file)


def _colon(at: Mark, line: str) -> Problem:
    before = line[: at.column - 1]
    first = re.search(r":(\s|$)", before)
    if first is None:
        return Problem(
            at,
            CODE,
            "a key stands here, but the line above has begun a sentence",
            "Begin this line in the same column as the keys above, and put a space after every colon.",
        )
    column = first.end() + 1
    return Problem(
        Mark(at.file, at.line, column),
        CODE,
        'this sentence contains ": ", which YAML takes for a new key',
        "Put it in double quotes.",
    )


def _in_brackets(source: Source, at: Mark, opened: Mark, here: str, context: str) -> Problem:
    if here.startswith(":") and at.line == opened.line:
        line = source.line(at.line)
        before = line[: at.column - 1]
        inner = max(before.rfind(": "), before.rfind("{"), before.rfind(", "), before.rfind("["))
        column = inner + 2 + (line[inner + 1 : inner + 2] == " ")
        return Problem(
            Mark(at.file, at.line, column),
            CODE,
            'this sentence contains ": ", which YAML takes for a new key',
            "Put it in double quotes.",
        )
    if here.startswith("?"):
        return Problem(
            at, CODE, "inside {…} a question mark can stand for a key", "Put the sentence in double quotes."
        )
    if here.startswith((",", "}", "]")) and "node" in context:
        return Problem(at, CODE, "a value is missing here", "Write it, or delete the comma before.")
    line = source.line(at.line) if 0 < at.line <= len(source.starts) else ""
    if at.line == opened.line and re.search(r"[\"']\s*$", line[: at.column - 1]):
        return Problem(
            at,
            CODE,
            "text stands after the closing quotes",
            "Put the whole sentence into one pair of quotes.",
        )
    sign, close = ("[", "]") if "sequence" in context else ("{", "}")
    return Problem(
        opened if opened.line else at,
        CODE,
        f'the bracket "{sign}" that opens here is not closed '
        f"before line {at.line}, where the next thing begins"
        if at.line != opened.line
        else f'what follows this "{sign}" is not understood',
        f'Close it with "{close}", put commas between the parts, and quote every sentence in it.',
    )
