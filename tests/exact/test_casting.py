"""Votes in closed form against looking at each attendance."""

from __future__ import annotations

from itertools import product
from math import prod

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govmodel.exact.casting import casting
from govmodel.exact.heads import Cells, Heads, Range
from govmodel.exact.turnouts import enumerated, turnouts
from govmodel.exact.votes import Voices
from govmodel.model.rules import Rulebook
from strategies.agreement import rules_of, unless_refused
from strategies.dice import drawn
from strategies.meetings import rulebook


@settings(max_examples=200)
@given(drawn(rulebook), st.data())
def test_turnouts_are_those_of_every_attendance(drawn_book: Rulebook, data: st.DataObject) -> None:
    rules, seats = rules_of(drawn_book, {})
    limit = tuple(data.draw(st.integers(0, n)) for n in seats.full)
    assume(seats.cells and prod(n + 1 for n in limit) < 3_000)
    mute = frozenset(i for i, _ in enumerate(seats.cells) if data.draw(st.sampled_from((False, False, True))))
    say = Voices(mute, mute)
    found = unless_refused(lambda: turnouts(rules, seats, limit, say))
    if found is None:
        return
    every = enumerated(rules, seats, limit, say)
    assert found[0] is not None
    assert every is not None
    assert dict(found[0].sizes) == dict(every.sizes)
    for kind in every.sizes:
        assert found[0].smallest(kind) == every.smallest(kind)


@st.composite
def nested(draw: st.DrawFn, cells: Cells) -> list[Cells]:
    """Sets of cells that lie within one another or apart."""
    if not cells or draw(st.booleans()):
        return [cells] if cells else []
    cut = draw(st.integers(1, len(cells)))
    parts = [*draw(nested(cells[:cut])), *draw(nested(cells[cut:]))]
    return [*parts, cells] if draw(st.booleans()) else parts


@settings(max_examples=300)
@given(st.data())
def test_heads_and_votes_are_those_of_every_attendance(data: st.DataObject) -> None:
    limit = tuple(data.draw(st.lists(st.integers(0, 4), min_size=1, max_size=5)))
    weights = tuple(data.draw(st.integers(0, 1)) for _ in limit)
    sets = list(dict.fromkeys(data.draw(nested(tuple(range(len(limit)))))))
    ranges: list[Range] = []
    caps: list[tuple[Cells, int]] = []
    for cells in sets:
        whole = sum(limit[i] for i in cells)
        if data.draw(st.booleans()):
            least = data.draw(st.integers(0, whole))
            ranges.append((cells, least, data.draw(st.integers(least, whole))))
        caps += [(cells, most) for most in data.draw(st.lists(st.integers(0, whole), max_size=2))]
    casts = casting(Heads(limit, (tuple(ranges),), ()), caps, weights, limit)
    assert casts is not None
    low = tuple(data.draw(st.integers(0, n)) for n in limit)
    by_votes: dict[tuple[int, int], list[Cells]] = {}
    for present in product(*(range(a, b + 1) for a, b in zip(low, limit, strict=True))):
        if all(a <= sum(present[i] for i in cells) <= b for cells, a, b in ranges):
            by_votes.setdefault((_votes(present, weights, caps), sum(present)), []).append(present)
    fewest: dict[int, int] = {}
    for votes, heads in sorted(by_votes):
        fewest.setdefault(votes, heads)
    assert casts.sizes(low, limit) == fewest
    for (votes, heads), those in by_votes.items():
        assert casts.first(heads, votes, low, limit) == max(those)
    for votes, heads in product(range(5), range(9)):
        if (votes, heads) not in by_votes:
            assert casts.first(heads, votes, low, limit) is None


def _votes(present: Cells, weights: Cells, caps: list[tuple[Cells, int]]) -> int:
    """The most ballots of those present with which no cap is exceeded, by trying them."""
    choices = product(*(range(n * weight + 1) for n, weight in zip(present, weights, strict=True)))
    allowed = (b for b in choices if all(sum(b[i] for i in cells) <= most for cells, most in caps))
    return max(sum(ballot) for ballot in allowed)


def test_sets_that_cross_are_left_to_others() -> None:
    crossing = Heads((1, 1, 1), ((((0, 1), 1, 2),),), ())
    assert casting(crossing, [((1, 2), 1)], (1, 1, 1), (1, 1, 1)) is None
