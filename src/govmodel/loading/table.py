"""Tables of attendance, from minutes: CSV with a place for every field. Every problem at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date

from govmodel.dataclass import dataclass
from govmodel.errors import InputError, Mark, Problem
from govmodel.loading.messages import Problems, canonical, did_you_mean, listed, q
from govmodel.loading.nodes import decode, read_bytes
from govmodel.loading.source import Source
from govmodel.model.fitted import Attended, Came
from govmodel.model.rules import Rules, SeatRule

COLUMNS = ("date", "seat", "came")
WORDS: Mapping[str, Came] = {
    "yes": "came", "present": "came", "attended": "came",
    "stand-in": "stand-in", "standin": "stand-in", "deputy": "stand-in", "substitute": "stand-in",
    "no": "away", "absent": "away", "apologies": "away",
    "vacant": "vacant",
}  # fmt: skip
SAID = "yes, stand-in, no or vacant"


@dataclass(frozen=True, slots=True)
class Field:
    text: str
    mark: Mark


def load_attendance(path: str | os.PathLike[str], rules: Rules) -> tuple[Attended, ...]:
    """Who came to what, in the order of the file: a line for each place at each meeting (`seat`, `came`),
    or a line for each meeting with a column for each place. `body` may be missing where one body of the
    model has voting seats; a seat is named by its name, or by its party where that has one seat there.

    Raises:
        InputError: with every problem of the file.
    """
    file = os.fspath(path)
    source = decode(read_bytes(path, text=True), file)
    problems = Problems()
    rows = [row for row in _rows(source, problems) if any(f.text.strip() for f in row)]
    if not rows:
        raise InputError([*problems.found, Problem(Mark(file), "empty", "there is nothing in this table")])
    names = [canonical(field.text.lower()) for field in rows[0]]
    reader = _Reader(rules, problems)
    if "date" in names and not {"seat", "came"} & {*names}:
        places = reader.places(rows[0])
        found = [attended for row in rows[1:] for attended in reader.meeting(row, places)]
    else:
        columns = _columns(rows[0], problems)
        if problems.errors:
            raise InputError(problems.found)
        made = [reader.row(row, columns) for row in rows[1:]]
        found = [attended for attended in made if attended is not None]
    if not found and not problems.found:
        problems.add(rows[0][0].mark, "empty", "there is no meeting under the headings of this table")
    if problems.errors:
        raise InputError(problems.found)
    return tuple(found)


def _columns(row: list[Field], problems: Problems) -> dict[str, int]:
    known = (*COLUMNS, "body")
    columns: dict[str, int] = {}
    for place, field in enumerate(row):
        name = canonical(field.text.lower())
        if name in columns:
            problems.add(
                field.mark, "column-twice", f"the column {q(field.text)} stands here for the second time"
            )
        elif name in known:
            columns[name] = place
        elif name:
            near = problems.near(name, known)
            problems.add(
                field.mark, "unknown-column",
                f"a table of attendance has no column {q(field.text)}{did_you_mean(near)}",
                "Its columns are date, body, seat and came.",
            )  # fmt: skip
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        problems.add(
            row[0].mark, "missing-column", f"the table has no column {listed(missing, 'and')}",
            "The first line names the columns: date, body, seat, came; or date, body, and each seat.",
        )  # fmt: skip
    return columns


class _Reader:
    def __init__(self, rules: Rules, problems: Problems) -> None:
        self.problems = problems
        own = {name: body for name, body in rules.bodies.items() if not body.external}
        self.seats = {name: {s.name: s for s in body.seats} for name, body in own.items()}
        self.bodies = [
            name for name, body in own.items() if any(seat.role == "voting" for seat in body.seats)
        ]
        self.times: dict[tuple[date, str, str], int] = {}

    # a line for each place

    def row(self, row: list[Field], columns: Mapping[str, int]) -> Attended | None:
        if self._short(row, max(columns.values())):
            return None
        field = {name: row[place] for name, place in columns.items()}
        day, body, came = (
            self._day(field["date"]),
            self._body(field.get("body"), field["seat"]),
            self._came(field["came"]),
        )
        seat = self._seat(field["seat"], body) if body is not None else None
        if day is None or body is None or came is None or seat is None:
            return None
        return self._attended(day, body, seat, came, field["seat"])

    def _short(self, row: list[Field], last: int) -> bool:
        if len(row) > last:
            return False
        self.problems.add(row[-1].mark, "too-few-fields", f"this line has {len(row)} of {last + 1} fields")
        return True

    def _attended(self, day: date, body: str, seat: SeatRule, came: Came, field: Field) -> Attended | None:
        if seat.role != "voting":
            return None
        key = (day, body, seat.name)
        self.times[key] = self.times.get(key, 0) + 1
        if seat.high is not None and self.times[key] > seat.high:
            self.problems.add(
                field.mark, "seat-twice",
                f"{body}.{seat.name} has at most {seat.high} places; this is number {self.times[key]} on "
                f"{day.isoformat()}",
            )  # fmt: skip
            return None
        return Attended(day=day, body=body, seat=seat.name, party=seat.party, classes=seat.classes, came=came)

    # a line for each meeting

    def places(self, head: list[Field]) -> list[Field]:
        """The headings, each of which is the date, the body, or names a seat of some body."""
        seen: set[str] = set()
        known = {name for body in self.bodies for name in self._names(body)}
        known |= {f"{body}.{name}" for body in self.bodies for name in self.seats[body]}
        for field in head:
            name = canonical(field.text)
            if name.lower() in ("date", "body"):
                if name.lower() in seen:
                    self.problems.add(
                        field.mark, "column-twice",
                        f"the column {q(field.text)} stands here for the second time",
                    )  # fmt: skip
                seen.add(name.lower())
            elif name not in known:
                near = self.problems.near(name, [*sorted(known), "date", "body"])
                self.problems.add(
                    field.mark, "unknown-column",
                    f"the model has no seat or party {q(field.text)}{did_you_mean(near)}",
                    "The columns are date, body, and a seat each; or date, body, seat and came.",
                )  # fmt: skip
        if len(head) == len(seen):
            self.problems.add(
                head[0].mark, "missing-column", "the table has no column for a seat",
                "The first line names the columns: date, body, and a seat each; or date, body, seat, came.",
            )  # fmt: skip
        if self.problems.errors:
            raise InputError(self.problems.found)
        return head

    def _names(self, body: str) -> set[str]:
        seats = self.seats[body].values()
        return {seat.name for seat in seats} | {seat.party for seat in seats if seat.party}

    def meeting(self, row: list[Field], head: list[Field]) -> Iterator[Attended]:
        """The places of one meeting. A field without a word says nothing, and only of who is of another body:
        whether somebody stayed away or nobody held the place must be said."""
        if self._short(row, len(head) - 1):
            return
        own = {canonical(column.text.lower()): field for column, field in zip(head, row, strict=False)}
        day, body = self._day(own["date"]), self._body(own.get("body"), row[0])
        if day is None or body is None:
            return
        for column, field in zip(head, row, strict=False):
            name = canonical(column.text)
            if name.lower() in ("date", "body"):
                continue
            of, dot, _ = name.partition(".")
            here = name in self._names(body) or (dot and of == body)
            if not field.text and not here:
                continue
            seat = self._seat(Field(name, field.mark), body)
            came = self._came(field)
            if seat is not None and came is not None:
                attended = self._attended(day, body, seat, came, field)
                if attended is not None:
                    yield attended

    # fields

    def _day(self, field: Field) -> date | None:
        try:
            return date.fromisoformat(field.text.strip())
        except ValueError:
            self.problems.add(
                field.mark,
                "not-a-day",
                f"a day is expected here; found {q(field.text)}",
                "Write it as 2016-05-12.",
            )
            return None

    def _body(self, field: Field | None, seat: Field) -> str | None:
        if field is None:
            if len(self.bodies) == 1:
                return self.bodies[0]
            if not any(p.code == "which-body" for p in self.problems.found):
                self.problems.add(
                    seat.mark, "which-body",
                    "the model has several bodies, and the table does not say which meets",
                    f"Add a column body: {listed(self.bodies)}.",
                )  # fmt: skip
            return None
        name = canonical(field.text)
        if name in self.seats:
            return name
        near = self.problems.near(name, self.seats)
        self.problems.add(
            field.mark, "unknown-name", f"the model has no body {q(field.text)}{did_you_mean(near)}"
        )
        return None

    def _seat(self, field: Field, body: str) -> SeatRule | None:
        name = canonical(field.text).removeprefix(f"{body}.")
        seats = self.seats[body]
        if name in seats:
            return seats[name]
        of_party = [seat for seat in seats.values() if seat.party == name]
        if len(of_party) == 1:
            return of_party[0]
        if of_party:
            self.problems.add(
                field.mark, "which-seat", f"{q(field.text)} has several seats on {body}",
                f"Write {listed([seat.name for seat in of_party])}.",
            )  # fmt: skip
            return None
        near = self.problems.near(name, [*seats, *(s.party for s in seats.values() if s.party)])
        self.problems.add(
            field.mark, "unknown-name", f"{body} has no seat or party {q(field.text)}{did_you_mean(near)}"
        )
        return None

    def _came(self, field: Field) -> Came | None:
        word = canonical(field.text.lower())
        if word in WORDS:
            return WORDS[word]
        if not word:
            self.problems.add(
                field.mark, "nothing-said", "this field does not say whether somebody came",
                f"Write {SAID}.",
            )  # fmt: skip
            return None
        near = self.problems.near(word, WORDS)
        self.problems.add(
            field.mark, "not-a-choice", f"came is {SAID}; found {q(field.text)}{did_you_mean(near)}"
        )
        return None


def _rows(source: Source, problems: Problems) -> Iterator[list[Field]]:
    """The fields of each line, as RFC 4180 has them; parted by commas, or by what the first line has."""
    text = source.text
    head = text.partition("\n")[0]
    mark = next((c for c in (",", ";", "\t") if c in head), ",")
    row: list[Field] = []
    at = 0
    while at < len(text):
        start, found = at, ""
        if text[at] == '"':
            at, found = _quoted(text, at, source, problems)
        end = at
        while end < len(text) and text[end] not in (mark, "\n", "\r"):
            end += 1
        found += text[at:end]
        row.append(Field(found.strip(), source.mark(start)))
        at = end
        if at < len(text) and text[at] == mark:
            at += 1
            if at == len(text) or text[at] in "\r\n":
                row.append(Field("", source.mark(min(at, len(text) - 1))))
            else:
                continue
        if text.startswith("\r\n", at):
            at += 1
        at += 1
        yield row
        row = []


def _quoted(text: str, at: int, source: Source, problems: Problems) -> tuple[int, str]:
    """(where a quoted field ends, what is in it); a quote within it is written twice."""
    start, at = at, at + 1
    found: list[str] = []
    while True:
        end = text.find('"', at)
        if end < 0:
            problems.add(source.mark(start), "open-quote", "a quote is opened here and not closed")
            return len(text), "".join(found)
        found.append(text[at:end])
        if text.startswith('""', end):
            found.append('"')
            at = end + 2
            continue
        return end + 1, "".join(found)
