"""Figures with their intervals, from what was counted in each replication.

Replications are independent; meetings and items of one replication need not be (an item deferred at
one meeting is on the agenda of the next). So every interval takes the replication as its unit.

Sources: Wilson (1927) for the interval of a share; Garwood (1936) for a count of none; Barker, The
American Statistician 56 (2002) for the score interval of a small count; Cochran, Sampling Techniques
(1977), 6.3 for the variance of a ratio and 9A for the effective number of a clustered sample.
"""

from __future__ import annotations

from functools import cache
from math import atan, cos, log, pi, sin, sqrt
from statistics import NormalDist

import numpy as np

from govmodel.model.record import Estimate
from govmodel.sim.arrays import Whole
from govmodel.sim.items import FIGURES
from govmodel.sim.plan import Plan
from govmodel.sim.workers import Tallies

WILSON = "Wilson, clustered by replication"
STUDENT = "Student, over replications"
RATIO = "Student, ratio over replications"
POISSON = "Poisson, for what was never seen"
RARE = "Poisson score, for what is rare"
NONE = "no interval: fewer than two replications"

FEW = 25
"""With fewer events, counted as if each came alone, a mean is too skew for Student: two events would
reach below zero."""


@cache
def student(confidence: float, freedom: int) -> float:
    """The two-sided quantile of Student's distribution.

    Source: Abramowitz and Stegun 26.7.3 and 26.7.4, inverted by bisection; beyond 400 degrees of
    freedom the expansion 26.7.5, which is then right to ten digits.
    """
    normal = NormalDist().inv_cdf((1 + confidence) / 2)
    if freedom > 400:
        x, n = normal, freedom
        first = (x**3 + x) / 4
        second = (5 * x**5 + 16 * x**3 + 3 * x) / 96
        third = (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384
        return x + first / n + second / n**2 + third / n**3
    low, high = 0.0, 1e4 * (normal + 1)
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < confidence else (low, middle)
    return (low + high) / 2


def _within(t: float, freedom: int) -> float:
    """The probability that Student's t is between -t and t."""
    angle = atan(t / sqrt(freedom))
    cosine = cos(angle)
    if freedom == 1:
        return 2 * angle / pi
    odd = freedom % 2
    term = total = cosine if odd else 1.0
    for k in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine * cosine * (k - 1) / k
        total += term
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


def share(figure: str, part: Whole, whole: Whole, confidence: float = 0.95) -> Estimate:
    """A share of meetings or items: the sum of `part` over the sum of `whole`."""
    number, replications = int(whole.sum()), len(whole)
    if not number:
        return Estimate(figure, None, None, None, WILSON, "share", 0, confidence)
    value = int(part.sum()) / number
    if replications < 2:
        return Estimate(figure, value, None, None, NONE, "share", number, confidence)
    effective = float(number)
    if 0 < value < 1:
        # How much more (or less) the share varies between replications than if all were independent.
        variance = _ratio_variance(part, whole, value)
        if variance > 0:
            effective = value * (1 - value) / variance
    z = student(confidence, replications - 1)
    centre = (value + z * z / (2 * effective)) / (1 + z * z / effective)
    half = z / (1 + z * z / effective) * sqrt(value * (1 - value) / effective + z * z / (4 * effective**2))
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    # Rounding must not push out of the interval what lies at its end.
    return Estimate(figure, value, min(low, value), max(high, value), WILSON, "share", number, confidence)


def mean(figure: str, amounts: Whole, per: float, unit: str, confidence: float = 0.95) -> Estimate:
    """The mean over replications of an amount, divided by `per`."""
    replications = len(amounts)
    value = int(amounts.sum()) / replications / per
    if replications < 2:
        return Estimate(figure, value, None, None, NONE, unit, replications, confidence)
    if not amounts.any():
        # All alike tells Student that nothing varies; that nothing was seen tells less.
        most = -log((1 - confidence) / 2) / replications / per
        return Estimate(figure, 0.0, 0.0, most, POISSON, unit, replications, confidence)
    total, variance = int(amounts.sum()), _variance(amounts)
    # How many events one counts for that brings others with it: the variance beside a Poisson count's.
    together = max(1.0, variance * replications / total)
    seen = total / together
    if variance > 0 and seen < FEW:
        z = student(confidence, replications - 1)
        centre, half = seen + z * z / 2, z * sqrt(seen + z * z / 4)
        low, high = ((centre + side) * together / replications / per for side in (-half, half))
        return Estimate(figure, value, max(0.0, low), high, RARE, unit, replications, confidence)
    spread = float(np.sqrt(variance / replications)) / per
    half = student(confidence, replications - 1) * spread
    return Estimate(figure, value, value - half, value + half, STUDENT, unit, replications, confidence)


def ratio(figure: str, top: Whole, bottom: Whole, unit: str, confidence: float = 0.95) -> Estimate:
    """The sum of one amount over the sum of another, as days for each decision."""
    number, replications = int(bottom.sum()), len(bottom)
    if not number:
        return Estimate(figure, None, None, None, RATIO, unit, 0, confidence)
    value = int(top.sum()) / number
    if replications < 2:
        return Estimate(figure, value, None, None, NONE, unit, number, confidence)
    half = student(confidence, replications - 1) * sqrt(_ratio_variance(top, bottom, value))
    return Estimate(figure, value, max(0.0, value - half), value + half, RATIO, unit, number, confidence)


def _variance(amounts: Whole) -> float:
    """The variance with n - 1, from whole sums: the order of the replications cannot change it."""
    n, total, squares = len(amounts), int(amounts.sum()), int((amounts * amounts).sum())
    return (n * squares - total * total) / (n * (n - 1))


def _ratio_variance(top: Whole, bottom: Whole, value: float) -> float:
    """The variance of a ratio of sums, linearised."""
    n, number = len(bottom), int(bottom.sum())
    squares = (
        int((top * top).sum())
        - 2 * value * int((top * bottom).sum())
        + value**2 * int((bottom * bottom).sum())
    )
    return max(0.0, squares) * n / (n - 1) / number**2


def duty_estimates(plan: Plan, tallies: Tallies, duty: int) -> tuple[Estimate, ...]:
    """The figures of one duty, in the order of the report."""
    row = len(plan.bodies) + duty
    due, kept, late, days = (tallies.of(row, figure) for figure in ("due", "kept", "late", "days"))
    return (
        mean("falls due", due, float(plan.years), "per year"),
        share("done in time", kept, due),
        share("done late", late, due),
        share("not done", due - kept - late, due),
        ratio("how late", days, late, f"{plan.unit}s"),
    )


def estimates(plan: Plan, tallies: Tallies, body: int) -> tuple[Estimate, ...]:
    """The figures of one body that meets, in the order of the report."""
    of = {name: tallies.of(body, name) for name in FIGURES}
    years = float(plan.years)
    decided = of["carried"] + of["lost"]
    done = decided + of["settled"]
    rates = {
        "meetings": of["meetings"], "items raised": of["raised"], "decisions": decided,
        "carried": of["carried"], "lost": of["lost"],
        "ties": of["ties"], "ties unbroken": of["ties_unbroken"],
        "deferrals": of["deferrals"], "quorum lost on the way": of["quorum_lost"],
        "no rule to decide by": of["undecidable"], "passed on": of["escalated"],
        "settled elsewhere": of["settled"], "settled by nobody": of["stuck"],
    }  # fmt: skip
    if plan.bodies[body].papers:
        rates |= {"yearly papers": of["papers"], "yearly papers missed": of["papers"] - of["papers_kept"]}
    if plan.bodies[body].calls is not None:
        rates |= {"called meetings": of["called"], "called and inquorate": of["called_inquorate"]}
    if plan.bodies[body].resumed:
        rates |= {"meetings that go on": of["resumed"], "going on and inquorate": of["resumed_inquorate"]}
    if plan.bodies[body].letters is not None:
        rates |= {"decided in writing": of["written"]}
    if any(matter.givers for matter in plan.bodies[body].matters):
        rates |= {"consent refused": of["refused"]}
    if any(matter.opts_out for matter in plan.bodies[body].matters):
        rates |= {"opted out": of["opted_out"]}
    going, offices = plan.bodies[body].going is not None, plan.bodies[body].offices
    if plan.bodies[body].joining is not None:
        rates |= {"asked to join": of["asked"], "joined": of["joined"]}
    missing = plan.bodies[body].absences
    if missing is not None:
        rates |= {"absent in a row": of["absences"], "absences acted on": of["acted_on"]}
        rates |= {"places lost by absence": of["removed"]} if missing.ends else {}
        going = going or missing.ends
    if offices is not None and offices.officers:
        rates |= {"offices to fill": of["elections"], "offices not filled": of["elections"] - of["elected"]}
    presided = () if offices is None or not plan.bodies[body].rules.presiding else (
        share("office of chair vacant", of["chair_vacant"], of["meetings"]),
        share("chair not there", of["chair_away"], of["meetings"]),
        share("nobody presides", of["unpresided"], of["meetings"] - of["inquorate"]),
    )  # fmt: skip
    return (
        share("inquorate meetings", of["inquorate"], of["meetings"]),
        *(mean(name, counted, years, "per year") for name, counted in rates.items()),
        *presided,
        ratio("time to decision", of["days"], done, f"{plan.unit}s"),
        *([ratio("empty places", of["empty"], of["meetings"], "a meeting")] if going else []),
        share("still open at the end", of["pending"], of["raised"]),
    )
