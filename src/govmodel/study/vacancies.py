"""How many places nobody holds, and how often a meeting has no quorum, where people go: without sampling."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod

from govmodel.exact.chances import Coming, QuorumChance
from govmodel.exact.vacancies import Leaving, empty, left_for_good
from govmodel.model.record import Beside
from govmodel.sim import Plan, Tallies
from govmodel.sim.plan import BodyPlan, Going
from govmodel.sim.randomness import ONE
from govmodel.study.beside import chance_of

MOST_PLACES = 60
"""Each meeting has chances of its own here: the quorum of a larger body is not asked about."""

MOST_SENDERS = 4
"""Organisations that may leave and have several places are gone through in every combination."""

FINE = 1 << 40


def beside_vacancies(whole: Plan, tallies: Tallies, body: BodyPlan, too_unlikely: float) -> Iterator[Beside]:
    """The expected share or number, held against the simulated one. Meetings are not independent here: one
    place is empty at several. Nothing where people also join, or go for what they did."""
    going = body.going
    if going is None or body.joining is not None or (body.absences is not None and body.absences.ends):
        return
    ticks = body.ticks.tolist()
    own = [_empty(going, place, ticks) for place in range(len(body.places))]
    left = _left(going, ticks)
    wanted = {
        "empty places": sum(
            1 - (1 - own[place][n]) * (1 - (left[sender][n] if sender >= 0 else 0))
            for place, sender in enumerate(going.sent_by.tolist())
            for n in range(len(ticks))
        )
    }
    fails = _inquorate(whole, body, going, own, left)
    if fails is not None:
        wanted["inquorate meetings"] = fails
    for figure, number in wanted.items():
        counted = tallies.of(body.number, "empty" if figure == "empty places" else "inquorate")
        chance = chance_of(counted, number, 1)
        yield Beside(
            figure, number / len(ticks), 1.0 if chance is None else chance,
            chance is None or chance >= too_unlikely,
        )  # fmt: skip


def _empty(going: Going, place: int, ticks: list[int]) -> tuple[float, ...]:
    """How likely nobody holds a place at each meeting, whoever sends its holder being there."""
    leaves = [int(limit) / ONE for limit in going.leaves]
    ends = [(1 - going.renewed / ONE) * bool(over) for over in going.term_ends[place]]
    reasons = [Leaving(leaves, going.first, going.last)]
    if any(ends):
        reasons.append(Leaving(ends, going.term_first, going.term_last))
    return empty(reasons, ticks)


def _left(going: Going, ticks: list[int]) -> list[tuple[float, ...]]:
    """How likely each organisation that may leave has left, at each meeting."""
    notice = [int(limit) / ONE for limit in going.notice]
    gone = left_for_good(notice, going.runs_out.tolist(), ticks)
    return [gone for _ in going.organisations]


def _inquorate(
    whole: Plan, body: BodyPlan, going: Going, own: list[tuple[float, ...]], left: list[tuple[float, ...]]
) -> float | None:
    """How many meetings are expected to have no quorum. None: not computed."""
    senders = going.sent_by.tolist()
    several = sorted({s for s in senders if s >= 0 and senders.count(s) > 1})
    if body.members is not None or body.late or len(several) > MOST_SENDERS or len(senders) > MOST_PLACES:
        return None
    if not body.quorum:
        return 0.0
    quorum = QuorumChance(whole.rules, body.rules)
    total = 0.0
    for n, level in enumerate(body.level.tolist()):
        for gone in product((False, True), repeat=len(several)):
            there = dict(zip(several, gone, strict=True))
            share = prod(left[s][n] if out else 1 - left[s][n] for s, out in there.items())
            if not share:
                continue
            held = [
                (1 - own[place][n]) * (1 - (there.get(s, left[s][n]) if s >= 0 else 0))
                for place, s in enumerate(senders)
            ]
            for bad, came in ((False, body.came[level]), (True, body.came_bad[level])):
                weight = float(body.bad) if bad else 1 - float(body.bad)
                if not weight:
                    continue
                coming = {
                    place: _coming(held[i], came[i], body.standin[level][i])
                    for i, place in enumerate(body.places)
                }
                quorate = quorum.of(coming)
                if quorate is None:
                    return None
                total += share * weight * (1 - float(quorate))
    return total


def _coming(held: float, comes: Fraction, standin: Fraction) -> Coming:
    """Who comes for a place that somebody holds so often: in person, or else a stand-in."""
    holds = Fraction(round(held * FINE), FINE)
    there = holds * comes
    instead = holds * (1 - comes) * standin
    return Coming(there, instead / (1 - there) if there < 1 else Fraction(0))
