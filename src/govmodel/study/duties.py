"""What falls due at regular times, with the exact share that is done in time beside the simulated one."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import prod

from govmodel.checks.practice.quorate import again, inquorate
from govmodel.exact import chances
from govmodel.model.record import Beside, DutyResult
from govmodel.sim import Plan, Tallies, duty_estimates
from govmodel.sim.plan import DutyPlan
from govmodel.sim.randomness import ONE


def duty_results(whole: Plan, tallies: Tallies, too_unlikely: float) -> tuple[DutyResult, ...]:
    """The figures of each duty of a run."""
    found = []
    for number, duty in enumerate(whole.duties):
        beside: tuple[Beside, ...] = ()
        in_time = kept(whole, duty)
        if in_time:
            seen = tallies.of(len(whole.bodies) + number, "kept")
            chance = chances.so_far_off(int(seen.sum()), [(share, len(seen)) for share in in_time])
            exact = float(sum(in_time, Fraction(0)) / len(in_time))
            beside = (Beside("done in time", exact, chance, chance >= too_unlikely),)
        found.append(
            DutyResult(
                name=duty.name, title=duty.title, who=duty.who, clauses=duty.clauses,
                estimates=duty_estimates(whole, tallies, number), beside=beside,
            )
        )  # fmt: skip
    return tuple(found)


def kept(whole: Plan, duty: DutyPlan) -> list[Fraction] | None:
    """How likely a duty is done in time, for each time that it falls due: everybody who comes before is ready
    in time, and each body that must meet for it has a quorum once. None: that is not computed."""
    chain = [duty]
    while chain[-1].after is not None:
        chain.append(whole.duties[chain[-1].after])
    ready = prod((Fraction(one.kept, ONE) for one in chain), start=Fraction(1))
    bodies = {one.body for one in chain if one.body is not None}
    met: dict[int, tuple[Fraction, ...]] = {}
    for number in bodies:
        body = whole.bodies[number]
        fails = inquorate(whole, body) if body.quorum and body.gates else (Fraction(0),) * len(body.dates)
        if fails is None:
            return None
        twice = again(whole, body)
        if twice is not None:
            fails = tuple(then if on else fail for fail, (on, then) in zip(fails, twice, strict=True))
        elif any(resumed.never for resumed in body.resumed):
            return None
        met[number] = fails
    found = []
    for start, end in pairwise((whole.year_starts[0], *duty.ends)):
        share = ready
        for number, fails in met.items():
            ticks = whole.bodies[number].ticks
            own = [fail for tick, fail in zip(ticks, fails, strict=True) if start <= tick < end]
            share *= 1 - prod(own, start=Fraction(1))
        found.append(share)
    return found
