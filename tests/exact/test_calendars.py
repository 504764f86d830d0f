"""Calendars of meetings: closed form and solver against every calendar of a fortnight."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

import pytest

from govmodel.exact import calendars
from govmodel.exact.calendars import Often, Wait
from govmodel.model.expressions import Frequency
from govmodel.model.verdict import Verdict
from govmodel.semantics.calendars import in_time, keeps
from govmodel.smt.questions.calendars import kept_by_some, kept_within

FIRST = date(2024, 1, 1)
DAYS = 14


@pytest.fixture(autouse=True)
def fortnight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendars, "WEEKS", 2)
    monkeypatch.setattr(calendars, "TRIES", DAYS)


def drawn(seed: int) -> list[Often]:
    dice = random.Random(seed)
    found: list[Often] = []
    for _ in range(dice.choice((1, 1, 2))):
        units = dice.choice((2, 7, 7, 14))
        least = dice.randrange(0, min(units, 4) + 1)
        most = dice.choice((None, least or 1, least + 1))
        found.append(Often(units, "day", least, most, str(len(found))))
    return found


def every(rules: Sequence[Often]) -> Iterator[tuple[date, ...]]:
    """All calendars that keep the rules."""
    cuts = [calendars.periods(rule, FIRST) or () for rule in rules]
    days = [FIRST + timedelta(days=n) for n in range(DAYS)]
    for number in range(DAYS + 1):
        for chosen in combinations(days, number):
            if all(keeps(chosen, c, r.least, r.most) for c, r in zip(cuts, rules, strict=True)):
                yield chosen


def again(meetings: Sequence[date]) -> list[date]:
    return [day + timedelta(days=n * DAYS) for n in range(3) for day in meetings]


def served(meetings: Sequence[date], wait: Wait) -> bool:
    return in_time(again(meetings), FIRST + timedelta(days=wait.ready), FIRST + timedelta(days=wait.due))


@pytest.mark.parametrize("part", range(4))
def test_as_when_every_calendar_is_tried(part: int) -> None:
    seen: dict[str, set[object]] = {"impossible": set(), "meetable": set(), "late": set()}
    for seed in range(part * 15, part * 15 + 15):
        rules, dice = drawn(seed), random.Random(-seed - 1)
        lawful = list(every(rules))
        impossible = calendars.impossible(rules, FIRST)
        assert impossible is (not lawful)
        seen["impossible"].add(impossible)
        text = [(d.earlier, d.later, d.days) for d in calendars.differences(rules, FIRST) or ()]
        assert kept_by_some(text).verdict is (Verdict.FAILS if impossible else Verdict.HOLDS)
        width = dice.choice((0, 1, 2, 3, 5, 8))
        waits = [Wait(n, n + width) for n in range(DAYS)]
        meetable = any(all(served(meetings, w) for w in waits) for meetings in lawful)
        assert calendars.meetable(rules, FIRST, waits) is meetable
        seen["meetable"].add(meetable)
        for wait in (waits[0], waits[dice.randrange(DAYS - width)]):
            tried = any(not in_time(meetings, *dates(wait)) for meetings in lawful)
            seen["late"].add(tried)
            assert calendars.may_be_late(rules, FIRST, [wait]) or not tried
            found = calendars.calendar_without(rules, FIRST, wait, [True] * DAYS)
            assert (found is not None) is tried
            if found is not None:
                meetings = [FIRST + timedelta(days=n) for n in found]
                cuts = [calendars.periods(rule, FIRST) or () for rule in rules]
                assert all(keeps(meetings, c, r.least, r.most) for c, r in zip(cuts, rules, strict=True))
                assert not in_time(meetings, *dates(wait))
    assert all(answers == {True, False} for answers in seen.values()), seen


def dates(wait: Wait) -> tuple[date, date]:
    return FIRST + timedelta(days=wait.ready), FIRST + timedelta(days=wait.due)


@pytest.mark.parametrize(("units", "many"), [(7, 1), (7, 2), (2, 1), (14, 3)])
def test_the_solver_on_gaps(units: int, many: int) -> None:
    rule = Often(units, "day", many, many)
    cut = [(day - FIRST).days for day in calendars.periods(rule, FIRST) or ()]
    said = set()
    for width in range(DAYS):
        waits = [Wait(n, n + width) for n in range(DAYS)]
        closed = calendars.meetable([rule], FIRST, waits)
        asked = kept_within(cut, many, width + 1).verdict
        assert asked is (Verdict.HOLDS if closed else Verdict.FAILS)
        said.add(closed)
    assert said == {True, False}


def test_what_would_do() -> None:
    for seed in range(60):
        dice = random.Random(seed)
        starts = sorted(dice.sample(range(10), 5))
        waits = [Wait(n, n + dice.randrange(0, 5)) for n in starts]
        fewest = next(
            number
            for number in range(DAYS + 1)
            if any(
                all(any(w.ready <= day <= w.due for day in days) for w in waits)
                for days in combinations(range(DAYS), number)
            )
        )
        assert calendars.fewest_meetings(waits) == fewest
        for total in (1, 2):
            best = max(
                sum(any(w.ready <= day <= w.due for day in days) for w in waits)
                for days in combinations(range(DAYS), total)
            )
            assert calendars.most_in_time(total, waits) >= best
    assert calendars.fewest_meetings([Wait(3, 2)]) is None
    assert calendars.longest_gap([Wait(3, 2)]) is None
    assert calendars.longest_gap([Wait(0, 28), Wait(1, 27)]) == 27


def test_minimal_sets_of_clauses() -> None:
    quarter = Often(2, "day", 1, 1, "4")
    six = Often(14, "day", 9, None, "9")
    free = Often(7, "day", 0, 5, "7")
    assert [tuple(r.label for r in c) for c in calendars.clashes([quarter, free, six], FIRST)] == [("4", "9")]
    three = [Often(7, "day", 0, 3, "a"), Often(2, "day", 1, None, "b"), Often(14, "day", 0, 9, "c")]
    found = [tuple(r.label for r in c) for c in calendars.clashes(three, FIRST)]
    assert found == [("a", "b")] or calendars.impossible(three, FIRST) is bool(found)


def test_frequencies_as_calendars() -> None:
    assert calendars.often(Frequency(4, "year"), exactly=True) == Often(1, "year", 4, 4)
    assert calendars.often(Frequency(1, "month", 2), exactly=False) == Often(2, "month", 1, None)
    assert calendars.often(Frequency(0, None), exactly=True) is None
    assert calendars.often(Frequency(1, None), exactly=True) is None
    assert calendars.periods(Often(5, "month"), FIRST) is None
    assert len(calendars.periods(Often(1, "quarter"), FIRST) or ()) == 9


def test_too_little_effort_is_unknown() -> None:
    hard = [(f"d{i}", f"d{j}", (i * 7 + j * 3) % 5 - 2) for i in range(12) for j in range(12) if i != j]
    answers = {kept_by_some(hard, effort=1).verdict, kept_within(range(0, 70, 7), 2, 4, effort=1).verdict}
    assert Verdict.UNKNOWN in answers
