"""Votes without sampling: binomials, classes, interests, and trying everything."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb, prod

import numpy as np
import pytest

from govmodel.exact.ballots import Place, Room, place, rooms

F = Fraction
FAIR = (F(1, 2), F(1, 2), F(0))


def carried(room: Room) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray(room.favour > room.against)


@pytest.mark.parametrize("n", [1, 4, 7, 15])
def test_everybody_comes_and_tosses_a_coin(n: int) -> None:
    """The binomial: a tie of an even board has comb(n, n/2) of 2**n ways."""
    found = rooms([place(0, 1, F(1), F(0), ballot=FAIR)] * n, present=False, silent=False, exact=True)
    assert found is not None
    tie = F(comb(n, n // 2), 2**n) if n % 2 == 0 else F(0)
    assert found.chance(lambda room: np.asarray(room.favour == room.against)) == tie
    assert found.chance(carried) == (1 - tie) / 2
    assert found.chance(lambda _: np.asarray(True)) == 1


def test_heads_are_poisson_binomial() -> None:
    chances = [F(1, 3), F(1, 2), F(7, 9)]
    found = rooms(
        [place(0, 1, p, F(0), ballot=FAIR) for p in chances], present=False, silent=False, exact=True
    )
    assert found is not None
    for n in range(4):
        wanted = sum(
            (
                prod([p if yes else 1 - p for p, yes in zip(chances, came, strict=True)])
                for came in product((0, 1), repeat=3)
                if sum(came) == n
            ),
            F(0),
        )
        assert found.chance(lambda room, n=n: np.asarray(room.groups[0] == n)) == wanted  # type: ignore[misc]


def every(places: list[Place]) -> list[tuple[tuple[int, ...], Fraction]]:
    """Every room, by going through what each place can add."""
    made = []
    for adds in product(*(one.adds for one in places)):
        counts = tuple(map(sum, zip(*(c for c, _ in adds), strict=True)))
        chance = F(1)
        for _, share in adds:
            chance *= share
        made.append((counts, chance))
    return made


BOARD = [
    place(
        0,
        2,
        F(3, 4),
        F(1, 2),
        ballot=(F(1, 2), F(1, 4), F(1, 4)),
        interest=F(1, 5),
        leaves=F(1, 2),
        barred=True,
    ),
    place(1, 2, F(2, 3), F(0), ballot=(F(1, 2), F(1, 4), F(1, 4)), votes=2),
    place(
        1, 2, F(4, 5), F(1, 3), ballot=(F(1, 3), F(1, 3), F(1, 3)), standin_votes=False, standin_counts=False
    ),
    place(None, 2, F(1, 2), F(0), ballot=FAIR, mute=True),
]


@pytest.mark.parametrize("exact", [True, False])
def test_the_same_as_trying_everything(exact: bool) -> None:
    found = rooms(BOARD, present=True, silent=True, exact=exact)
    assert found is not None
    tried = every(BOARD)
    assert sum(chance for _, chance in tried) == 1

    def wanted(room: Room) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        enough = (room.groups[0] >= 1) & (room.groups[1] >= 1) & (room.present >= 2)
        return np.asarray(enough & (2 * room.favour > room.favour + room.against + room.silent))

    total = sum(
        (
            p
            for (a, b, here, yes, no, none), p in tried
            if a >= 1 and b >= 1 and here >= 2 and 2 * yes > yes + no + none
        ),
        F(0),
    )
    if exact:
        assert found.chance(wanted) == total
    else:
        assert float(found.chance(wanted)) == pytest.approx(float(total), rel=1e-12)


def test_too_many_rooms_are_not_begun() -> None:
    assert rooms([place(0, 1, F(1, 2), F(0), ballot=FAIR)] * 200, present=True, silent=True) is None
