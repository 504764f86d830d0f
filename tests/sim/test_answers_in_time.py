"""Answers that come too late put on in the simulator: with the calendar that the check tells, or with the
meetings of a run, whatever meeting gives the answer, the duty is broken on the evening of its last day."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sim_worlds import scenario, seat

from govmodel import load
from govmodel.checks.context import Context
from govmodel.checks.norms import gm112_unmeetable_duty, gm113_duty_not_guaranteed
from govmodel.checks.norms.answering import Found, Owed, found
from govmodel.model.expressions import Is, Timed
from govmodel.model.rules import Rules
from govmodel.model.verdict import Case, Fact
from govmodel.model.walk import conditions
from govmodel.reading import read
from govmodel.semantics.cases import attributes, conditions_of, offset_after
from govmodel.sim import plan
from govmodel.sim.following import fates, follow

ROOT = Path(__file__).parents[2]
LONGEST = 200
"""Days for which an answer has to wait, at most."""
PAGES = [
    Path(str(module.__file__)).with_suffix(".md")
    for module in (gm112_unmeetable_duty, gm113_duty_not_guaranteed)
]


def contexts(folder: Path) -> Iterator[Context]:
    """The real constitutions, and the examples of the two pages."""
    paths = sorted((ROOT / "models").glob("*.yaml"))
    for page in PAGES:
        for number, text in enumerate(re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)):
            paths.append(folder / f"{page.stem}-{number}.yaml")
            paths[-1].write_text(text, "utf-8")
    for path in paths:
        yield Context(read(load(path)), effort=2_000_000)


def answered(rules: Rules, owed: Owed, day: date, meeting: date) -> str:
    """What becomes of a duty when what has to be answered happens on a day and a meeting answers it."""
    norm = owed.norm
    kinds = attributes(rules.situations, norm.situation)
    facts: dict[str, Fact] = {}
    for condition in (part for whole in conditions_of(norm) for part in conditions(whole)):
        if isinstance(condition, Is):
            facts[condition.attribute] = condition.values[0]
    for name, kind in kinds.items():
        facts.setdefault(name, None if kind.kind == "time" else 0 if kind.kind == "amount" else True)
    facts |= {owed.part.anchor: 0, owed.part.event: (meeting - day).days}
    case = Case(norm.situation, norm.body, day, facts)
    return fates(follow(rules, case))[norm.name]


def spans(rules: Rules, owed: Owed, first: date, days: int) -> Iterator[tuple[date, date, date]]:
    """For what happens on each day, from when to when an answer comes in time: not before the duties are
    kept for which it has to wait, at their latest."""

    def after(day: date, part: Timed) -> date:
        return day + timedelta(days=offset_after(day, part.length, rules.nation, rules.reading))

    waits = [
        part
        for norm in owed.before
        for part in conditions(norm.content)
        if isinstance(part, Timed) and part.way == "after"
    ]
    for number in range(days):
        day = first + timedelta(days=number)
        due = after(day, owed.part) - timedelta(days=owed.part.op == "<")
        yield day, max((after(day, part) for part in waits), default=day), due


def late(
    rules: Rules, owed: Owed, day: date, ready: date, due: date, meetings: Sequence[date]
) -> Iterator[str]:
    """What becomes of a duty with the next meeting, after its last day; with one in time it would be kept."""
    at = bisect_left(meetings, ready)
    if at < len(meetings):
        assert meetings[at] > due
        yield answered(rules, owed, day, meetings[at])
    if ready <= due:
        assert answered(rules, owed, day, due) == "kept"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    counted: Counter[str] = Counter()
    for context in contexts(tmp_path_factory.mktemp("pages")):
        for each in found(context, "unsure")[0]:
            unsure(context.rules(each.reading), each, counted)
        for each in found(context, "never")[0]:
            never(context.rules(each.reading), each, counted)
    return counted


def unsure(rules: Rules, each: Found, counted: Counter[str]) -> None:
    """With the calendar that is told, which keeps the rules, the story goes as it is told."""
    owed, told = each.owed, each.answered
    assert told.day is not None
    days = [
        span
        for span in spans(rules, owed, told.day - timedelta(days=LONGEST), LONGEST + 1)
        if span[1:] == (told.day, told.due)
    ]
    assert days
    ends = [end for day, ready, due in days for end in late(rules, owed, day, ready, due, told.meetings)]
    assert set(ends) <= {"broken"}
    counted["not guaranteed"] += bool(ends)


def never(rules: Rules, each: Found, counted: Counter[str]) -> None:
    """The meetings of a run are a calendar that keeps the rules: on some day nothing is answered in time."""
    owed = each.owed
    held = replace(owed.body, seats=(*owed.body.seats, seat("somebody", body=owed.body.name)))
    whole = plan(replace(rules, bodies={**rules.bodies, owed.body.name: held}), scenario(), years=2, seed=1)
    meetings = next(body.dates for body in whole.bodies if body.name == owed.body.name)
    ends: list[str] = []
    for day, ready, due in spans(rules, owed, meetings[0], 365):
        at = bisect_left(meetings, ready)
        if at < len(meetings) and meetings[at] > due:
            ends += late(rules, owed, day, ready, due, meetings)
    assert ends
    assert set(ends) == {"broken"}
    counted["unmeetable"] += 1


def test_an_answer_in_time_that_is_not_sure_comes_late(seen: Counter[str]) -> None:
    assert seen["not guaranteed"] > 2, seen


def test_an_answer_in_time_that_is_impossible_comes_late_in_a_run(seen: Counter[str]) -> None:
    assert seen["unmeetable"] > 2, seen
