"""The use case of `govmodel fit`: attendance parameters of a scenario from minutes, with intervals."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

import numpy as np

from govmodel.errors import InputError, Problem
from govmodel.exact.intervals import CLOPPER_PEARSON, clopper_pearson
from govmodel.loading import load
from govmodel.loading.table import load_attendance
from govmodel.model.constitution import Constitution
from govmodel.model.fitted import Attended, Fitted, Parameter
from govmodel.model.rules import Rulebook
from govmodel.reading import read, under
from govmodel.sim.estimates import share
from govmodel.study.naming import CALL, known_reading

LEAST = 8
"""Fewer observations than this give nobody a value of their own."""

BY_MEETING = "Wilson, clustered by meeting"
"""Where a value is that of several places, and meetings vary more than the places alone would."""

By = Literal["seat", "party", "class"]


def fit(
    table: str | os.PathLike[str],
    model: str | os.PathLike[str] | Constitution | Rulebook,
    *,
    by: By = "seat",
    least: int = LEAST,
    confidence: float = 0.95,
    reading: Mapping[str, str] | None = None,
) -> Fitted:
    """How likely members are to come, and stand-ins where they do not, as a table of attendance has it.

    The value is the share that was counted. `by`: for whom a value of their own is looked for; whoever has
    fewer than `least` observations has the value of the body or of all.

    Raises:
        InputError: the table cannot be used with the model.
    """
    if isinstance(model, (str, os.PathLike)):
        model = load(model)
    book = read(model) if isinstance(model, Constitution) else model
    if book.texts:
        raise InputError((Problem(CALL, "landscape", f"{book.id} is a landscape; name one of its models"),))
    rows = load_attendance(table, under(book, known_reading(book, reading or {})))
    held = [row for row in rows if row.came != "vacant"]
    if not held:
        raise InputError((Problem(CALL, "empty", f"every place in {os.fspath(table)} is vacant"),))
    away = [row for row in held if row.came != "came"]
    parameters = [
        *_parameters("attendance", held, lambda row: row.came == "came", by, least, confidence),
        *_parameters("standins", away, lambda row: row.came == "stand-in", by, least, confidence),
    ]
    return Fitted(
        model=book.id, table=os.fspath(table), meetings=len({(row.body, row.day) for row in held}),
        first=min(row.day for row in held), last=max(row.day for row in held), vacant=len(rows) - len(held),
        spread=_spread(held), parameters=tuple(parameters),
    )  # fmt: skip


def _parameters(
    heading: Literal["attendance", "standins"],
    rows: Sequence[Attended],
    happened: Callable[[Attended], bool],
    by: By,
    least: int,
    confidence: float,
) -> Iterable[Parameter]:
    groups: dict[tuple[str, str], list[Attended]] = {("", ""): list(rows)}
    bodies = dict.fromkeys(row.body for row in rows)
    for row in rows:
        if len(bodies) > 1:
            groups.setdefault(("by_body", row.body), []).append(row)
    for row in rows:
        for name in _names(row, by):
            groups.setdefault((f"by_{by}", name), []).append(row)
    for (level, name), group in groups.items():
        if not group:
            continue
        count = sum(map(happened, group))
        low, high = clopper_pearson(count, len(group), confidence)
        method = CLOPPER_PEARSON
        together = _by_meeting(group, happened, confidence)
        if together is not None and together[1] - together[0] > high - low:
            (low, high), method = together, BY_MEETING
        yield Parameter(
            heading=heading, level=level, name=name, happened=count, asked=len(group), low=low, high=high,
            confidence=confidence, method=method, written=not level or len(group) >= least,
        )  # fmt: skip


def _by_meeting(
    rows: Sequence[Attended], happened: Callable[[Attended], bool], confidence: float
) -> tuple[float, float] | None:
    """The interval of a share of places where those of one meeting may go together. None: too few meetings
    to tell, or one place at each."""
    of: dict[tuple[str, date], list[bool]] = {}
    for row in rows:
        of.setdefault((row.body, row.day), []).append(happened(row))
    if len(of) < LEAST or len(of) == len(rows):
        return None
    part, whole = (np.array([count(came) for came in of.values()]) for count in (sum, len))
    found = share("share", part, whole, confidence)
    return None if found.low is None or found.high is None else (found.low, found.high)


def _names(row: Attended, by: By) -> tuple[str, ...]:
    if by == "seat":
        return (f"{row.body}.{row.seat}",)
    if by == "party":
        return (row.party,) if row.party else ()
    return row.classes


def _spread(rows: Sequence[Attended]) -> float | None:
    """Pearson's statistic over meetings by its degrees of freedom, each seat with its own share of
    coming. None: fewer than eight meetings of a body, or nothing that varies."""
    total, freedom = 0.0, 0
    for body in dict.fromkeys(row.body for row in rows):
        own = [row for row in rows if row.body == body]
        by_seat: dict[str, list[bool]] = {}
        by_day: dict[date, list[Attended]] = {}
        for row in own:
            by_seat.setdefault(row.seat, []).append(row.came == "came")
            by_day.setdefault(row.day, []).append(row)
        if len(by_day) < LEAST:
            continue
        own_share = {seat: sum(came) / len(came) for seat, came in by_seat.items()}
        for there in by_day.values():
            expected = sum(own_share[row.seat] for row in there)
            variance = sum(own_share[row.seat] * (1 - own_share[row.seat]) for row in there)
            if variance > 0:
                total += (sum(row.came == "came" for row in there) - expected) ** 2 / variance
        freedom += len(by_day) - 1
    return total / freedom if freedom and total else None
