"""A model read back, as text, Markdown, JSON and CSV. Computes nothing."""

from __future__ import annotations

import csv
import io
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from govmodel.model.shown import Became, Sentence, Shown, Table
from govmodel.report import forms
from govmodel.report.forms import WIDTH, Paint, no_paint, wrapped
from govmodel.report.markdown import escaped, heads_of, line_of
from govmodel.words.text import capital

SCHEMA = 1
"""The version of the JSON shape."""
RECORDS = frozenset({"bodies", "coalitions", "quorums", "readings"})
"""Tables whose rows are too long for columns: each row is a list of its cells."""


def as_json(shown: Shown) -> str:
    return forms.as_json(SCHEMA, **shown.to_dict())


def as_csv(shown: Shown) -> str:
    """The rows of the main table, or of the sentences, with a head."""
    rows = shown.rows()
    if not rows and shown.tables:
        rows_head = ["model", *shown.tables[0].columns]
    else:
        rows_head = list(rows[0]) if rows else ["model"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows_head)
    for row in rows:
        writer.writerow(
            " ".join(v) if isinstance(v, list) else "" if v is None else _yes(v) for v in row.values()
        )
    return out.getvalue()


# text


def as_text(shown: Shown, paint: Paint = no_paint, width: int = WIDTH) -> str:
    """For people, at a width."""
    return "\n".join(_text(shown, paint, width)) + "\n"


def _text(shown: Shown, paint: Paint, width: int) -> Iterator[str]:
    yield paint("strong", shown.title)
    yield from wrapped(_about(shown), width, "", paint, "quiet")
    if shown.sentences:
        yield from _sentences(shown.sentences, paint, width)
    for became in shown.clauses:
        yield ""
        yield from _clause(became, paint, width)
    for table in shown.tables:
        yield ""
        yield paint("strong", table.title)
        yield from _records(table, paint, width) if table.name in RECORDS else _columns(table, paint, width)
        for remark in table.below:
            yield ""
            yield from wrapped(remark, width, "", paint, "quiet")
    if shown.remarks:
        yield ""
        yield paint("strong", "How to read this")
        for remark in shown.remarks:
            yield from wrapped(remark, width, "  ", paint, "quiet")


def _about(shown: Shown) -> str:
    fixed = "; ".join(f"{name} is read as {option}" for name, option in shown.fixed.items())
    return f"{shown.path}{', where ' + fixed if fixed else ''}"


def _sentences(sentences: Sequence[Sentence], paint: Paint, width: int) -> Iterator[str]:
    last: tuple[str, ...] = ()
    for sentence in sentences:
        if sentence.under != last:
            for depth, heading in enumerate(sentence.under):
                if sentence.under[: depth + 1] != last[: depth + 1]:
                    yield ""
                    yield paint("strong", f"{'  ' * depth}{heading.upper() if depth == 0 else heading}")
            last = sentence.under
        indent = "  " * len(sentence.under)
        yield from _item(_named(sentence), width, indent, paint)


def _named(sentence: Sentence) -> str:
    name = f" ({sentence.name})" if sentence.name and sentence.kind == "Norm" else ""
    return sentence.said + name


def _clause(became: Became, paint: Paint, width: int) -> Iterator[str]:
    yield paint("strong", became.ref)
    yield from wrapped(became.says, width, "  ", paint)
    if not became.resting:
        yield from _item(f"{capital(became.fate)}.", width, "    ", paint)
    for sentence in became.sentences:
        yield from _item(_named(sentence), width, "    ", paint)
    for remark in became.also:
        yield from _item(remark, width, "    ", paint)


def _records(table: Table, paint: Paint, width: int) -> Iterator[str]:
    shown = table.shown or table.columns
    heads = {column: table.heads.get(column, column.replace("_", " ")) for column in shown}
    room = max((len(head) for column, head in heads.items() if column != shown[0]), default=0) + 2
    for row in table.dicts():
        yield ""
        yield f"  {paint('strong', str(row[shown[0]]))}"
        for column in shown[1:]:
            if row[column] is None:
                continue
            lines = textwrap.wrap(_yes(row[column]), width - room - 4, break_long_words=False) or [""]
            for number, line in enumerate(lines):
                yield f"    {paint('quiet', (heads[column] if number == 0 else '').ljust(room))}{line}"


def _columns(table: Table, paint: Paint, width: int) -> Iterator[str]:
    shown = _telling(table)
    heads = [table.heads.get(column, column.replace("_", " ")) for column in shown]
    cells = [[_cell(row[column]) for column in shown] for row in table.dicts()]
    room = _widths([heads, *cells], width - 2 - 2 * (len(shown) - 1))
    if any(head.strip() for head in heads):
        yield from _row(heads, room, paint, "quiet")
    for row in cells:
        yield from _row(row, room, paint)


def _telling(table: Table) -> list[str]:
    """The columns that say something: one that is empty in every row is left out."""
    rows = table.dicts()
    return [
        c for c in table.shown or table.columns if not rows or any(row[c] not in (None, "") for row in rows)
    ]


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """How wide each column is: as wide as its text where there is room, else the widest give way, but
    none below its longest word."""
    natural = [max((len(row[i]) for row in rows), default=0) for i in range(len(rows[0]))]
    words = [
        max((len(word) for row in rows for word in re.split(r"\s|(?<=-)", row[i])), default=1)
        for i in range(len(rows[0]))
    ]
    least = [min(word, 16) for word in words]
    widths = list(natural)
    while sum(widths) > room:
        over = [i for i in range(len(widths)) if widths[i] > least[i]]
        if not over:
            break
        widest = max(over, key=lambda i: widths[i])
        widths[widest] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], paint: Paint, role: str = "") -> Iterator[str]:
    wrapped = [textwrap.wrap(cell, max(room, 1)) or [""] for cell, room in zip(cells, widths, strict=True)]
    for number in range(max(len(lines) for lines in wrapped)):
        parts = [
            (lines[number] if number < len(lines) else "").ljust(room)
            for lines, room in zip(wrapped, widths, strict=True)
        ]
        line = f"  {'  '.join(parts)}".rstrip()
        yield paint(role, line) if role else line


def _cell(value: Any) -> str:
    return "–" if value is None else _yes(value)


def _yes(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _item(text: str, width: int, indent: str, paint: Paint) -> Iterator[str]:
    yield from wrapped(text, width, f"{indent}– ", paint, then=f"{indent}  ")


# Markdown


def as_markdown(shown: Shown) -> str:
    """A page."""
    return "\n".join(_markdown(shown)) + "\n"


def _markdown(shown: Shown) -> Iterator[str]:
    yield f"# {escaped(shown.title)}"
    yield ""
    yield f"{escaped(_about(shown))}"
    last: tuple[str, ...] = ()
    for sentence in shown.sentences:
        if sentence.under != last:
            for depth, heading in enumerate(sentence.under):
                if sentence.under[: depth + 1] != last[: depth + 1]:
                    yield ""
                    yield f"{'#' * (depth + 2)} {escaped(heading)}"
            yield ""
            last = sentence.under
        yield f"- {escaped(_named(sentence))}"
    for became in shown.clauses:
        yield from ("", f"## {escaped(became.ref)}", "", escaped(became.says), "")
        if not became.resting:
            yield f"- {escaped(capital(became.fate))}."
        yield from (f"- {escaped(_named(s))}" for s in became.sentences)
        yield from (f"- {escaped(remark)}" for remark in became.also)
    for table in shown.tables:
        yield from ("", f"## {escaped(table.title)}", "")
        yield from markdown_table(table)
        for remark in table.below:
            yield from ("", escaped(remark))
    if shown.remarks:
        yield from ("", "## How to read this", "")
        yield from (f"- {escaped(remark)}" for remark in shown.remarks)


def markdown_table(table: Table) -> Iterator[str]:
    """A table in Markdown; one whose rows are long is turned, a column for each row."""
    shown = _telling(table)
    heads = [table.heads.get(column, column.replace("_", " ")) for column in shown]
    rows = [[_cell(row[column]) for column in shown] for row in table.dicts()]
    if table.name in RECORDS:
        turned = [heads, *rows]
        heads, rows = (
            [column[0] for column in turned],
            [list(line) for line in zip(*(c[1:] for c in turned), strict=True)],
        )
        heads[0] = ""
    yield from heads_of([escaped(each) for each in heads])
    for cells in rows:
        yield line_of([escaped(cell) for cell in cells])
