"""How likely a place is empty at each of several meetings, where holders go and places are filled after a
time.

A renewal chain walked forward: who holds a place may have gone since the meeting before; the place is then
empty for a time, and whoever comes may go in turn. Source: Feller, An Introduction to Probability Theory and
Its Applications, volume I (1968), chapter XIII.
"""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Leaving:
    """A reason to go: how likely at each meeting, and for how many ticks a place is then empty, each number
    from `first` to `last` as likely."""

    chances: Sequence[float]
    first: int
    last: int

    def longer(self, ticks: int) -> float:
        """How likely a place is then empty for more than so many ticks."""
        span = self.last - self.first + 1
        return min(max(self.last - max(ticks, self.first - 1), 0), span) / span


def empty(reasons: Sequence[Leaving], ticks: Sequence[int]) -> tuple[float, ...]:
    """The probability that a place is empty, by meeting, to about twelve digits. `reasons`: looked at in this
    order at each meeting, each for whoever holds the place; `ticks`: when each meeting is, in order."""
    gone: list[list[float]] = [[] for _ in reasons]
    found: list[float] = []
    for number, now in enumerate(ticks):
        away = sum(
            share * reason.longer(now - ticks[k])
            for reason, shares in zip(reasons, gone, strict=True)
            for k, share in enumerate(shares)
        )
        for reason, shares in zip(reasons, gone, strict=True):
            shares.append((1 - away) * reason.chances[number])
            away += shares[-1] * reason.longer(0)
        found.append(away)
    return tuple(found)


def left_for_good(
    notice: Sequence[float], runs_out: Sequence[int], ticks: Sequence[int]
) -> tuple[float, ...]:
    """The probability that an organisation has left, by meeting. `notice`: that it gives notice at a meeting,
    if it has not before; `runs_out`: the tick from which it is then gone."""
    found = []
    for now in ticks:
        stays = 1.0
        for chance, gone_from in zip(notice, runs_out, strict=True):
            if gone_from <= now:
                stays *= 1 - chance
        found.append(1 - stays)
    return tuple(found)
