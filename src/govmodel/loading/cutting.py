"""A text to the units that its layout shows: numbered clauses, items in lists, footnotes, titled parts.

Line by line: every line is claimed by a pattern, goes on with what stands before it, or is unknown.
Which units are clauses of their own is the index's business, and is decided in `sharing`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from govmodel.loading.patterns import (
    FOOTNOTES,
    Pattern,
    bulleted,
    pattern,
    plain,
    roman,
    titled,
    values,
)
from govmodel.loading.prose import normal, numberless, without_tags
from govmodel.loading.source import Source
from govmodel.loading.units import NESTED, Lists, OpenList, Paragraph, Unit
from govmodel.model.constitution import Layout
from govmodel.model.cut import Line, Why

HEADINGS = ("1. Title", "Title")
NUMBERS = ("1.1", "1.1.1", "1.")
ITEMS = ("-", "(a)", "(i)", "(1)", "a)", "i)", "1)", "a.", "i.", "1.")
FOOTNOTE_MARKS = ("¹", "[1]")
"""The layout of a model that has none, or that leaves a key of it out."""

MOST_TITLES = 8
"""So many titles in a row at most, such as a name and an address; more is a text without full stops."""

_HASHES = re.compile(r"#{1,6}\s+")
_EMPHASIS = re.compile(r"(\*{1,2})(?=\S)([^*]*[^*\s])\1")


@dataclass
class Units:
    """What was found: units without a parent, in order, and the lines that are in none."""

    top: list[Unit]
    left_out: list[Line]
    unknown: list[Line]
    not_found: list[str]
    """Parts and titles whose lines the text does not have."""


@dataclass(frozen=True)
class _Patterns:
    headings: tuple[Pattern, ...]
    numbers: tuple[Pattern, ...]
    items: tuple[Pattern, ...]
    footnotes: tuple[Pattern, ...]
    free_titles: bool
    footnote_marks: re.Pattern[str]
    titles: dict[str, deque[str]]
    parts: dict[str, deque[str]]
    furniture: frozenset[str]


def _patterns(layout: Layout | None) -> _Patterns:
    headings = tuple(pattern(p, "headings") for p in (layout and layout.headings) or HEADINGS)
    marks = (layout and layout.footnotes) or FOOTNOTE_MARKS
    glued = "|".join(FOOTNOTES[" ".join(m.split())] for m in marks)
    return _Patterns(
        headings=tuple(h for h in headings if h.regex is not None),
        numbers=tuple(pattern(p, "numbers") for p in (layout and layout.numbers) or NUMBERS),
        items=tuple(pattern(p, "items") for p in (layout and layout.items) or ITEMS),
        footnotes=tuple(pattern(m, "footnotes") for m in marks),
        free_titles=any(h.regex is None for h in headings),
        footnote_marks=re.compile(rf"(?<=[^\s*])(?:{glued})(?![\w*])"),
        titles=_queues(layout.titles if layout else {}),
        parts=_queues(layout.parts if layout else {}),
        furniture=frozenset(numberless(text) for text in (layout.left_out if layout else ())),
    )


def _queues(printed: Mapping[str, object]) -> dict[str, deque[str]]:
    """What lines begin, by their words: the first such line the first reference, and so on."""
    found: dict[str, deque[str]] = {}
    for ref, line in printed.items():
        found.setdefault(normal(str(getattr(line, "value", line))), deque()).append(ref)
    return found


def units(source: Source, layout: Layout | None) -> Units:
    """The units of a text."""
    cutter = _Cutter(_patterns(layout), list(_lines(source)))
    cutter.run()
    lines = (*cutter.patterns.parts.values(), *cutter.patterns.titles.values())
    not_found = [ref for waiting in lines for ref in waiting]
    return Units(cutter.top, cutter.left_out, cutter.unknown, not_found)


@dataclass(frozen=True)
class _Line:
    number: int
    raw: str
    text: str
    """Without tags, outer blanks and the signs of bold type."""
    indent: int
    gap: bool
    """Nothing, or the end of a page, stands between this line and the one before."""


def _lines(source: Source) -> Iterator[_Line]:
    """Every line with anything in it."""
    gap = True
    for number in range(1, len(source.starts) + 1):
        raw = source.line(number)
        if not raw.strip():
            gap = True
            continue
        gap = gap or raw.lstrip(" \t").startswith("\f")
        bare = without_tags(raw).expandtabs(4).replace("\f", "")
        text = plain(bare)
        yield _Line(number, raw, text, len(bare) - len(bare.lstrip()), gap)
        gap = False


class _Cutter:
    def __init__(self, patterns: _Patterns, lines: list[_Line]) -> None:
        self.patterns = patterns
        self.lines = lines
        self.top: list[Unit] = []
        self.left_out: list[Line] = []
        self.unknown: list[Line] = []
        self.prefix = ""
        self.part: Unit | None = None
        """The part itself, for what stands in it under no number."""
        self.clause: Unit | None = None
        self.made_by: Pattern | None = None
        """By which pattern the clause was found."""
        self.lists: Lists | None = None
        self.open: tuple[Unit, Paragraph] | None = None
        """What the next line goes on with, if it goes on."""
        self.text: tuple[Unit, Paragraph] | None = None
        """What a paragraph goes on with that begins with a small letter: never a footnote."""
        self.fresh = True
        """A new paragraph begins here: there was a gap, or a heading."""
        self.bearers: dict[str, list[Unit]] = {}
        """Units by the mark of a footnote in their text to which none has been found yet."""
        self.listing = False
        """A list of short lines without marks is open."""
        self.header = ""
        self.order = 0

    def run(self) -> None:
        for at, line in enumerate(self.lines):
            self.fresh = self.fresh or line.gap
            if not any(c.isalnum() for c in line.text):
                self.leave_out(line, "no words")
            elif numberless(line.text) in self.patterns.furniture:
                self.leave_out(line, "furniture")
            elif self.begins(line) or self.heads(at, line) or self.notes(line):
                pass
            elif line.text.startswith("|"):
                self.row(at, line)
            elif not (self.numbered(line) or self.listed(line)):
                self.goes_on(line)

    # lines that are in no clause

    def leave_out(self, line: _Line, why: Why) -> None:
        self.left_out.append(Line(line.number, line.raw.strip(), why))

    def lose(self, line: _Line) -> None:
        self.unknown.append(Line(line.number, line.raw.strip(), None))
        self.open, self.text, self.fresh = None, None, False

    def head(self, line: _Line, clause: Unit | None) -> bool:
        """A heading: what follows it belongs to this clause, or to none."""
        self.leave_out(line, "heading")
        self.clause, self.made_by = clause, None
        self.lists = Lists(clause) if clause is not None else None
        self.open, self.text, self.fresh, self.listing = None, None, True, False
        return True

    def begins(self, line: _Line) -> bool:
        """A line that the layout names: one that begins a part, or a clause with a title for its number."""
        words = normal(line.text)
        parts, titles = self.patterns.parts.get(words), self.patterns.titles.get(words)
        if not self.fresh or not (parts or titles):
            return False
        clause = None
        if parts:
            self.prefix = parts.popleft()
            clause = self.part = self.unit(self.prefix.rstrip("/ "))
            number = self.heading(line.text)
            clause = self.unit(self.prefix + number) if number else clause
        if titles:
            clause = self.unit(titles.popleft())
        return self.head(line, clause)

    def heads(self, at: int, line: _Line) -> bool:
        hashes = _HASHES.match(line.text)
        if hashes:
            number = self.heading(line.text[hashes.end() :])
            return self.head(line, self.unit(self.prefix + number) if number else self.part)
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if after is not None and _small(after.text) and not self.marked(after):
            return False  # the line or the page ends in the middle of a sentence
        number = self.heading(line.text)
        if number and not self.in_list(line):
            return self.head(line, self.unit(self.prefix + number))
        free = self.patterns.free_titles and self.fresh and not self.leads_in()
        return free and self.stands_alone(at) and self.head(line, self.part)

    def heading(self, text: str) -> str:
        """The number of a heading; empty for anything else."""
        text = bulleted(text) or text
        for each in self.patterns.headings:
            found = each.match(text)
            if found and titled(found[2]):
                return found[0]
        return ""

    def leads_in(self) -> bool:
        """Whether the text leads in to a list of short lines, or is in one, so that these are no titles."""
        return self.listing or (self.text is not None and self.text[1].ends_in_lead_in())

    def in_list(self, line: _Line) -> bool:
        """Whether a line is the next item of a list, or the first after a lead-in, whatever else it may be.

        Where this is wrong, a heading shows as an item that nobody has read. The other way round, an item
        would be passed over as a heading.
        """
        if self.lists is None:
            return False
        each, value, _ = self.mark(line)
        if each is None:
            return False
        counts = values([p.kind for p in self.patterns.items if p.style == each.style], value)
        if self.lists.next(each.style, counts, bulleted(line.text) is not None, line.gap):
            return True
        return 1 in counts.values() and self.leads_in()

    def mark(self, line: _Line) -> tuple[Pattern | None, str, str]:
        """The pattern of an item, the value of its mark, and the rest; without a mark None."""
        text = bulleted(line.text) or line.text
        for each in self.patterns.items:
            found = each.match(text)
            if found:
                return each, found[1], found[2]
        return None, "", text

    def stands_alone(self, at: int) -> bool:
        """Whether nothing but titles stands from here to the next gap."""
        for line in self.lines[at : at + MOST_TITLES + 1]:
            if line.number != self.lines[at].number and line.gap:
                return True
            if self.marked(line) or not titled(line.text):
                return line.number != self.lines[at].number and self.marked(line)
        return at + MOST_TITLES >= len(self.lines)

    def marked(self, line: _Line) -> bool:
        patterns = (*self.patterns.numbers, *self.patterns.items, *self.patterns.footnotes)
        bullet_or_row = line.text.startswith("|") or bulleted(line.text) is not None
        return bullet_or_row or any(p.match(line.text) for p in patterns)

    # clauses

    def unit(self, label: str) -> Unit:
        made = Unit(label)
        self.top.append(made)
        return made

    def numbered(self, line: _Line) -> bool:
        body = bulleted(line.text)
        if self.in_list(line):
            return False
        for each in self.patterns.numbers:
            found = each.match(line.text if body is None else body)
            if not found:
                continue
            within = self.clause is not None and self.made_by is not each
            aside = body is not None or line.indent >= NESTED
            if within and aside and any(each.written == item.written for item in self.patterns.items):
                continue
            self.clause, self.made_by = self.unit(self.prefix + found[0]), each
            self.lists = Lists(self.clause)
            self.paragraph(self.clause, line, found[2])
            return True
        return False

    def paragraph(self, unit: Unit, line: _Line, text: str) -> None:
        """A new paragraph of a unit, which begins with this line."""
        self.order += 1
        self.listing = self.leads_in() and unit is self.clause and line.text == text and titled(text)
        made = Paragraph(self.order, [])
        unit.paragraphs.append(made)
        self.add(unit, made, line, text)

    def add(self, unit: Unit, paragraph: Paragraph, line: _Line, text: str) -> None:
        marks = self.patterns.footnote_marks
        if not unit.footnote:
            found = marks.findall(_EMPHASIS.sub(r"\2", text))
            for each in found:
                self.bearers.setdefault(each, []).append(unit)
            text = marks.sub("", text) if found else text
            self.text = (unit, paragraph)
        paragraph.lines.append((line.number, text))
        self.open, self.fresh = (unit, paragraph), False

    def goes_on(self, line: _Line) -> None:
        """A line without a mark: it goes on with a paragraph, begins another, or is unknown."""
        if not self.fresh:
            if self.open is None:
                self.lose(line)
            else:
                self.add(*self.open, line, line.text)
        elif self.text is not None and _small(line.text):
            self.add(*self.text, line, line.text)
        elif self.lists is None:
            self.lose(line)
        else:
            inner = self.lists.inner
            within = inner is not None and line.indent >= inner.indent + NESTED
            if inner is not None and inner.item is not None and within:
                self.paragraph(inner.item, line, line.text)
            else:
                self.lists.open = []
                self.paragraph(self.lists.clause, line, line.text)

    def notes(self, line: _Line) -> bool:
        """A footnote belongs to the nearest clause before it that bears its mark."""
        for each in self.patterns.footnotes:
            found = each.regex.match(line.text) if each.regex is not None else None
            if found is None:
                continue
            bearers = self.bearers.get(found["last"])
            if bearers:
                made = Unit("fn", footnote=True)
                bearers.pop().footnotes.append(made)
                self.paragraph(made, line, line.text[found.end() :])
                return True
        return False

    # lists

    def listed(self, line: _Line) -> bool:
        with_bullet = bulleted(line.text) is not None
        each, value, rest = self.mark(line)
        if each is None and not with_bullet:
            return False
        if self.lists is None or not (each or any(p.regex is None for p in self.patterns.items)):
            self.lose(line)
        elif each is None:
            self.item(self.lists.bulleted(line.indent), "", line, rest)
        else:
            kinds = [p.kind for p in self.patterns.items if p.style == each.style]
            place = self.lists.marked(each.style, values(kinds, value), line.indent)
            self.item(place, f"({value})", line, rest)
        return True

    def item(self, place: OpenList, label: str, line: _Line, text: str) -> None:
        """An item, which goes by its place in the list where it has no mark."""
        place.bulleted, place.gapped = bulleted(line.text) is not None, line.gap
        place.item = Unit(label or f"({roman(len(place.parent.items) + 1)})")
        place.parent.items.append(place.item)
        place.indent = line.indent
        self.paragraph(place.item, line, text)

    def row(self, at: int, line: _Line) -> None:
        """A row of a table is an item; its heading is left out, also where a page repeats it."""
        after = self.lines[at + 1].text if at + 1 < len(self.lines) else ""
        text = " ".join(cell.strip() for cell in line.text.split("|")).strip()
        over_a_rule = after.startswith("|") and not any(c.isalnum() for c in after)
        going_on = self.lists is not None and bool(self.lists.open) and self.lists.open[0].style == "|"
        if self.lists is None:
            self.lose(line)
            return
        if over_a_rule and (not going_on or normal(text) == self.header):
            self.header = normal(text)
            self.leave_out(line, "heading")
            return
        self.item(self.lists.rows(line.indent), "", line, text)


def _small(text: str) -> bool:
    return next((c for c in text if c.isalnum()), "").islower()
