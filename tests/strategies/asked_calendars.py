"""Every question about calendars that is put to the solver, with what trying everything says of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise, product

from govmodel.model.verdict import Verdict
from govmodel.smt.questions import calendars
from strategies.agreement import failing
from strategies.asked import Asked, shows_nothing
from strategies.dice import Rolled, number

DAYS = ("d0", "d1", "d2", "d3")
FAR = 6
"""Numbers that are tried for a day; no difference that is drawn asks for more in all."""


def kept_by_some(seed: int) -> Iterator[Asked]:
    dice = Rolled(seed)
    drawn = [(dice.pick(DAYS), dice.pick(DAYS), number(dice, -2, 2)) for _ in range(number(dice, 2, 5))]
    apart = [(one, two, n) for one, two, n in drawn if one != two]

    def kept(numbers: dict[str, int]) -> bool:
        return all(numbers[two] - numbers[one] >= n for one, two, n in apart)

    def found() -> dict[str, int] | None:
        tries = (dict(zip(DAYS, (0, *rest), strict=True)) for rest in product(range(-FAR, FAR + 1), repeat=3))
        return next((numbers for numbers in tries if kept(numbers)), None)

    yield Asked(
        lambda **more: calendars.kept_by_some(apart, **more),
        lambda: failing(found() is None),
        shows_nothing,
        lambda answer: (answer.verdict is Verdict.HOLDS) is (found() is not None),
    )


def kept_within(seed: int) -> Iterator[Asked]:
    dice = Rolled(seed)
    long, many, gap = number(dice, 2, 5), number(dice, 1, 2), number(dice, 1, 6)
    cut = tuple(range(0, long * number(dice, 1, 3) + 1, long))

    def kept(days: tuple[int, ...]) -> bool:
        return all(later - day <= gap for day, later in pairwise((*days, days[0] + cut[-1])))

    def some() -> bool:
        each = [combinations(range(one, later), many) for one, later in pairwise(cut)]
        return any(kept(tuple(day for part in parts for day in part)) for parts in product(*each))

    yield Asked(
        lambda **more: calendars.kept_within(cut, many, gap, **more),
        lambda: failing(not some()),
        shows_nothing,
        lambda answer: (answer.verdict is Verdict.HOLDS) is some(),
    )
