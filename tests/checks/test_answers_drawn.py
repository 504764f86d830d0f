"""Answers that a body owes in time (GM112, GM113), on texts drawn from seeds, against plain trying of its
calendars: one meeting in each period, on any day."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from govmodel.checks import entry
from govmodel.checks.context import Context
from govmodel.loading import load_text
from govmodel.model.expressions import Length
from govmodel.reading import read
from govmodel.semantics.cases import offset_after

SEEDS = 150
EVERY = {"every month": 1, "every 2 months": 2, "every quarter": 3, "every 6 months": 6}
WITHIN = {"days": 1, "weeks": 7, "working days": 1}
SLACK = 3
"""Days (or weeks, or working days) by which a limit may be off without another answer, or the text is left
out: at the turn of a year the real calendar counts otherwise than the periods."""
FIRST = date(2021, 1, 1)
State = Literal["never", "unsure", "sure"]

TEXT = """
govmodel: "1"
document: {{title: A Board, date: 2021, nation: ENG}}
bodies:
  board:
    name: Board
    meetings: {{kind: ordinary, {often}: {every}, clause: "1"}}
    clause: "1"
situations:
  request:
    name: a request
    attributes:
      received: {{type: time, says: the request comes in, given: yes}}
      answered: {{type: time, says: the answer, choice_of: board}}
    clause: "2"
norms:
  - {{about: request, who: board, must: answered within {number} {unit} after received, clause: "2"}}
clauses:
  "1": it meets so often
  "2": it answers in time
"""


def due(day: int, number: int, unit: str) -> int:
    counting: Literal["calendar", "working"] = "working" if unit == "working days" else "calendar"
    length = Length(number, "week" if unit == "weeks" else "day", counting)
    at = FIRST + timedelta(days=day)
    return day + offset_after(at, length, "ENG", {"day-count": "plain"})


def cuts(months: int) -> list[int]:
    """Where the periods of three years begin, in days, and the end of the last."""
    starts = [date(2021 + n // 12, n % 12 + 1, 1) for n in range(0, 37, months)]
    return [(day - FIRST).days for day in starts]


def tried(months: int, number: int, unit: str, *, exactly: bool) -> State:
    starts = cuts(months)
    gaps = (
        due(first + 1, number, unit) < last - 1
        for (first, _), (_, last) in zip(pairwise(starts), pairwise(starts[1:]), strict=False)
    )
    unsure = any(gaps)
    if not unsure:
        return "sure"
    if not exactly:
        return "unsure"
    again = (date(2023, 1, 1) - FIRST).days
    for start in range(starts[0], starts[1]):  # a calendar of two years, which is repeated
        latest: int | None = start
        for first, last in pairwise(starts[1 : starts.index(again) + 2]):
            latest = min(last - 1, due(latest + 1, number, unit)) if latest is not None else None
            latest = latest if latest is not None and latest >= first else None
        if latest is not None and latest >= start + again:
            return "unsure"
    return "never"


def test_whether_answers_can_be_given_in_time() -> None:
    never, unsure = (entry(name) for name in ("GM112", "GM113"))
    assert never is not None
    assert unsure is not None
    met: Counter[str] = Counter()
    for seed in range(SEEDS):
        dice = random.Random(seed)
        every, unit = dice.choice(list(EVERY)), dice.choice(list(WITHIN))
        exactly = dice.random() < 0.7
        span = 30 * EVERY[every] / (WITHIN[unit] * (1.4 if unit == "working days" else 1))
        number = max(1, round(span * dice.uniform(0.3, 2.6)))
        around = {
            tried(EVERY[every], max(1, n), unit, exactly=exactly)
            for n in range(number - SLACK, number + SLACK + 1)
        }
        if len(around) > 1:
            met["left out"] += 1
            continue
        often = "how_often" if exactly else "at_least"
        text = TEXT.format(often=often, every=every, number=number, unit=unit)
        context = Context(read(load_text(text, f"{seed}.yaml")), 2_000_000)
        results = [check.load().run(context) for check in (never, unsure)]
        assert not any(result.undecided for result in results), (seed, text)
        found = "never" if results[0].findings else "unsure" if results[1].findings else "sure"
        assert found == around.pop(), (seed, text)
        met[found] += 1
    assert min(met[state] for state in ("never", "unsure", "sure")) >= 10, met
