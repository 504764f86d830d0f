"""Exact figures beside the simulated ones: what is expected of a body's items, without sampling.

Every item is alike until it is heard, meetings are independent of one another, and what happens to one
item does not change what happens to another: so the expected counts are sums over meetings and matters, and
an item's fate is a chain (`exact.chains`) of what may become of it at a meeting (`exact.ballots`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from math import erfc, prod, sqrt

import numpy as np
import numpy.typing as npt

from govmodel.dataclass import dataclass
from govmodel.exact.chains import Answering, Chance, Consent, Fate, Hearing, fate, slowest
from govmodel.model.record import Beside
from govmodel.sim import Plan, Tallies
from govmodel.sim.plan import BodyPlan, MatterPlan, Step, ticks_of
from govmodel.sim.randomness import ONE
from govmodel.study.heard import NotCovered as NotCovered
from govmodel.study.heard import OneMeeting

ENOUGH, MANY = 50, 1000
"""With fewer lumps than this, expected in a whole run, a figure is held against nothing; with fewer than
that, what was seen does not say how much it varies."""


FIGURE_OF = {
    "items raised": "raised", "carried": "carried", "lost": "lost", "ties": "ties", "deferrals": "deferrals",
    "passed on": "escalated", "settled elsewhere": "settled", "settled by nobody": "stuck",
    "still open at the end": "pending", "time to decision": "days", "consent refused": "refused",
    "opted out": "opted_out",
}  # fmt: skip
"""What is counted for each figure of the report."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected of all items of a body in one replication. `counts`: by the figure of the report."""

    raised: float
    done: float
    counts: Mapping[str, float]


def beside(whole: Plan, tallies: Tallies, body: BodyPlan, too_unlikely: float) -> tuple[Beside, ...]:
    """Each figure that can be computed, held against the simulated one.

    Raises:
        NotCovered: the rules or the scenario are of a kind that is not computed.
    """
    made = expected(whole, body)
    found = []
    for figure, wanted in made.counts.items():
        if figure == "decisions":
            simulated = tallies.of(body.number, "carried") + tallies.of(body.number, "lost")
        else:
            simulated = tallies.of(body.number, FIGURE_OF[figure])
        per = {"still open at the end": made.raised, "time to decision": made.done}.get(figure, whole.years)
        if not per:
            continue
        chance = chance_of(simulated, wanted, _lump(body, figure))
        found.append(
            Beside(
                figure,
                wanted / per,
                1.0 if chance is None else chance,
                chance is None or chance >= too_unlikely,
            )
        )
    return tuple(found)


def expected(whole: Plan, body: BodyPlan) -> Expected:
    """The expected counts of a body's items over a whole run.

    Raises:
        NotCovered: the rules or the scenario are of a kind that is not computed.
    """
    return _Body(whole, body).expected()


def carried_at(whole: Plan, body: BodyPlan, matter: int) -> list[float]:
    """How likely a matter is carried at each meeting of a body. Raises NotCovered."""
    made = _Body(whole, body)
    return [made.results(matter, int(level))["carried"] for level in body.level]


def chance_of(simulated: npt.NDArray[np.int64], wanted: float, lump: float) -> float | None:
    """How likely, about, a sound simulation is as far from what is expected, by the normal distribution of
    a mean over replications. `lump`: the most that one meeting adds to a count, nearly always; where there
    are few lumps, the count is taken to vary as if all were so large. None: too few to say."""
    number = len(simulated)
    lumps = wanted * number / lump
    if number < 2 or lumps < ENOUGH:
        return None
    variance = float(simulated.var(ddof=1))
    if lumps < MANY or number < 100:
        variance = max(variance, wanted * lump)
    away = abs(float(simulated.mean()) - wanted)
    if not variance:
        return 1.0 if away < 1e-9 * wanted else 0.0
    return erfc(away / sqrt(2 * variance / number))


def _lump(body: BodyPlan, figure: str) -> float:
    """The most that one meeting adds to a count, but once in some millions of meetings."""
    mean = float(body.agenda.per_meeting)
    items = mean if body.agenda.spread == "fixed" else mean + 5 * sqrt(mean) + 1
    if figure == "opted out":
        return max(items, 1.0) * len(body.places)
    if figure != "time to decision":
        return max(items, 1.0)
    gap = int(np.diff(body.ticks).max()) if len(body.ticks) > 1 else 1
    ladder = max((sum(step.last for step in steps) for m in body.matters for _, steps in m.chains), default=0)
    return max(items, 1.0) * max(gap, ladder, 1)


class _Body(OneMeeting):
    def __init__(self, whole: Plan, body: BodyPlan) -> None:
        super().__init__(whole, body)
        self.again = self._going_on()

    def _going_on(self) -> _Body | None:
        """The body as it meets when an inquorate meeting goes on."""
        if self.body.late:
            raise NotCovered("meetings wait for a quorum")
        if not self.body.resumed:
            return None
        resumed = self.body.resumed[0]
        if len(self.body.resumed) > 1 or not resumed.never or (self.rechecks and not resumed.lost):
            raise NotCovered("some inquorate meetings go on, and others do not")
        if not self.body.gates:
            raise NotCovered("a meeting goes on both without a quorum and on another day")
        return _Body(self.whole, resumed.body)

    def expected(self) -> Expected:
        body, agenda = self.body, self.body.agenda
        total: dict[str, float] = {}
        days = 0.0
        raised = float(agenda.per_meeting) * len(body.dates)
        for number, matter in enumerate(body.matters):
            share = float(agenda.matters.get(matter.name, Fraction(0)))
            if not share:
                continue
            ways = [
                (one, float(agenda.per_meeting) * share * float(taken))
                for taken, steps in matter.chains
                for one in self._fates(number, matter, steps)
            ]
            for one, weight in ways:
                days += weight * one.days
                counts = {
                    **one.ends,
                    "deferrals": one.deferrals,
                    "ties": one.ties,
                    "passed on": one.passed_on,
                    "refused": one.refused,
                    "out": one.out,
                }
                for name, chance in counts.items():
                    total[name] = total.get(name, 0.0) + weight * chance
        decided = total.get("decided", 0.0)
        decisions = total.get("carried", 0.0) + total.get("lost", 0.0) + decided
        done = decisions + total.get("settled", 0.0)
        known = {
            "items raised": raised, "decisions": decisions, "ties": total.get("ties", 0.0),
            "deferrals": total.get("deferrals", 0.0), "passed on": total.get("passed on", 0.0),
            "settled elsewhere": total.get("settled", 0.0), "settled by nobody": total.get("stuck", 0.0),
            "still open at the end": total.get("pending", 0.0), "time to decision": float(days),
        }  # fmt: skip
        if any(matter.givers for matter in body.matters):
            known["consent refused"] = total.get("refused", 0.0)
        if not decided and self._all_may_opt_out():
            known["opted out"] = total.get("out", 0.0)
        if not decided:
            known |= {"carried": total.get("carried", 0.0), "lost": total.get("lost", 0.0)}
        return Expected(raised, done, known)

    def _consent(self, matter: MatterPlan, ends: Mapping[str, Chance]) -> Consent | None:
        consents = self.whole.scenario.uses.consents
        if consents is None or not matter.givers:
            return None
        if matter.settle or "decided" in ends:
            raise NotCovered("what is refused consent waits, or a casting vote decides what is asked for it")
        span = ticks_of(self.whole, consents.first), ticks_of(self.whole, consents.last)
        given = prod(giver.gives / ONE for giver in matter.givers)
        return Consent(given, tuple(map(float, slowest([span] * len(matter.givers)))))

    def _all_may_opt_out(self) -> bool:
        """Whether every place is held, has one vote, and may opt out of what anybody may."""
        able = [matter for matter in self.body.matters if matter.opts_out]
        ruled = all(all(m.opts_out) and m.rule is not None and m.rule.carried is not None for m in able)
        return bool(able and ruled and self.body.sits.all() and (self.body.weights == 1).all())

    def _hearing(self, number: int, matter: MatterPlan, meeting: int) -> tuple[Hearing, Chance]:
        """What becomes of an item at a meeting, and how likely it is heard there."""
        ends = dict(self.results(number, int(self.body.level[meeting])))
        tied, heard, out = ends.pop("tied"), ends.pop("heard"), ends.pop("out")
        shares: dict[str, Chance] = {name: share for name, share in ends.items() if share}
        return Hearing(
            int(self.body.ticks[meeting]), shares, tied, self._consent(matter, shares), out=out
        ), heard

    def _fates(self, number: int, matter: MatterPlan, steps: tuple[Step, ...]) -> Iterator[Fate]:
        """The fate of an item of a matter that goes along these receivers, by the meeting at which it is
        raised."""
        body, until = self.body, self.whole.end
        receivers = tuple(Answering(step.settles / ONE, step.first, step.last) for step in steps)
        ticks = [int(tick) for tick in body.ticks]
        if matter.referred:
            for tick in ticks:
                found = fate([Hearing(tick, {})], 1, receivers, until)
                found.deferrals = 0.0
                yield found
            return
        after = (
            self.whole.scenario.escalation.after if any(any(steps) for _, steps in matter.chains) else None
        )
        hearings: list[Hearing] = []
        for meeting in range(len(ticks)):
            hearing, heard = self._hearing(number, matter, meeting)
            if self.again is not None and self.again.body.ticks[meeting] >= 0:
                then, _ = self.again._hearing(number, matter, meeting)
                hearing = replace(hearing, unheard=1 - heard, then=then)
            hearings.append(hearing)
        for first in range(len(hearings)):
            ahead = hearings[first : first + after] if after else hearings[first : first + FAR]
            yield fate(ahead, after, receivers, until)


FAR = 400
"""An item that is heard so often and nowhere else goes is taken as open: what is left of it is nothing."""
