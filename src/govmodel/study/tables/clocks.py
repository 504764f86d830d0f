"""Every deadline, notice, frequency and term of a model, in one table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from govmodel.calendar import days_before, days_within
from govmodel.model.constitution import Norm, Route
from govmodel.model.expressions import (
    Comparison,
    Condition,
    Length,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.rules import Rulebook
from govmodel.model.shown import Table, table
from govmodel.model.walk import conditions
from govmodel.words import numbers
from govmodel.words.provisions import Provision, provisions, sentences
from govmodel.words.speaking import Speaker, View
from govmodel.words.text import spaced

FORCES = ("must", "should", "may", "must_not", "should_not")


class Clock(NamedTuple):
    """`event` is what happens, `bound` when; `length` what can be counted in days, on which side."""

    event: str
    kind: str
    bound: str
    length: Length | None = None
    back: bool = True
    force: str = ""


def clocks(speaker: Speaker, rulebook: Rulebook) -> Table:
    """One row for each length of time, frequency and date, by event. `days`: as a rule, in calendar days,
    over every start day of the document's year; `days_worst`: at worst."""

    @cache
    def days(length: Length, back: bool) -> tuple[int | None, int | None]:
        return _days(rulebook, length, back)

    rows: list[dict[str, Any]] = []
    for provision in provisions(speaker):
        if not speaker.stands(provision.block):
            continue
        said = " ".join(s.said for s in sentences(speaker, provision))
        for clock, only in _clocks(speaker, provision):
            usual, worst = days(clock.length, clock.back) if clock.length is not None else (None, None)
            row = {
                "event": clock.event,
                "kind": clock.kind,
                "bound": clock.bound,
                "days": usual,
                "days_worst": worst,
                "force": clock.force or None,
                "of": provision.at.under[-1] if isinstance(provision.block, Norm) else None,
                "clauses": ", ".join(provision.clauses),
                "only_if": only,
                "sentence": said,
            }
            if row not in rows:
                rows.append(row)
    rows.sort(key=lambda row: (row["event"].lower(), row["days"] is None, row["days"] or 0, row["bound"]))
    shown = ("event", "kind", "bound", "days", "days_worst", "force", "of", "clauses", "only_if")
    heads = {"days": "days", "days_worst": "at worst", "only_if": "only if"}
    below = [
        "Days are calendar days, as a rule and at worst, over every start day of the year from "
        f"{rulebook.first_day.isoformat()}, with the bank holidays of {rulebook.nation}. Where nothing "
        "stands, they are not simply counted."
    ]
    return table("clocks", "Deadlines, notices, frequencies and terms", rows, shown, heads, below)


def _clocks(speaker: Speaker, provision: Provision) -> Iterator[tuple[Clock, str | None]]:
    """The clocks of a block, with the readings under which each holds. Driven by the shapes of its keys, so
    that a new length or frequency is found by itself."""
    block = provision.block
    seen: dict[Clock, list[dict[str, str]]] = {}
    picks = speaker.picks(block)
    for picked in picks:
        view = View(block, picked)
        for spec in fields(block):
            value = view[spec.name]
            if value is not None and spec.metadata:
                for clock in _of(speaker, provision, spec.name, spec.metadata["shape"], value):
                    seen.setdefault(clock, []).append(picked)
    gate = dict(block.gate)
    for clock, under in seen.items():
        if len(under) == len(picks):
            yield clock, speaker.only(gate)
            continue
        needs = {name: tuple(dict.fromkeys(p[name] for p in under)) for name in under[0]}
        yield clock, speaker.only(gate | needs)


def _of(speaker: Speaker, provision: Provision, key: str, shape: str, value: Any) -> Iterator[Clock]:
    event = _event(speaker, provision)
    if shape == "length":
        kind = "term" if key == "term" else "notice" if "notice" in key else spaced(key)
        yield Clock(event, kind, numbers.length(value), value)
    elif shape == "frequency":
        least = "at least " if key == "at_least" else ""
        yield Clock(event, "frequency", least + speaker.say.frequency(value))
    elif shape == "condition":
        yield from _timed(speaker, key, value)


def _timed(speaker: Speaker, key: str, value: Condition) -> Iterator[Clock]:
    """The times in a condition."""
    force = key.replace("_", " ")
    parts = conditions(value)
    for part in parts:
        if isinstance(part, Timed):
            back = part.way == "before"
            kind = "deadline" if key in FORCES else "condition"
            bound = speaker.say.distance(part)
            yield Clock(speaker.events.clause(part.event), kind, bound, part.length, back, force)
        elif isinstance(part, Ordered):
            bound = f"{part.way} {speaker.say.anchor(part.anchor)}"
            yield Clock(speaker.events.clause(part.event), "order", bound, None, True, force)
        elif isinstance(part, OnDate):
            yield Clock(speaker.events.clause(part.event), "date", speaker.say.date(part), None, True, force)
        elif isinstance(part, Comparison) and isinstance(part.right, Length):
            bound = speaker.say.condition(part)
            yield Clock(bound, "length", numbers.length(part.right), part.right, True, force)


def _event(speaker: Speaker, provision: Provision) -> str:
    if isinstance(provision.block, Route):
        # who does what, without the times that follow it
        said = next(iter(sentences(speaker, provision))).said
        return re.split(r"[,;]", said, maxsplit=1)[0].removeprefix("the ")
    return (provision.at.topic or provision.at.under[-1]).removeprefix("the ")


def _days(rulebook: Rulebook, length: Length, back: bool) -> tuple[int | None, int | None]:
    """The usual and the largest number of calendar days that a length comes to."""
    if length.unit in ("year", "quarter", "term", "minute") or (length.unit == "month" and length.number > 3):
        return None, None
    count = days_before if back else days_within
    found = Counter(
        count(rulebook.first_day + timedelta(days=i), length, rulebook.nation) for i in range(365)
    )
    return min(found, key=lambda n: (-found[n], n)), max(found)
