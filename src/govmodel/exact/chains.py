"""What comes of waiting, without sampling: runs of failed meetings, waiting times, and what becomes of an
item that is deferred and passed on. Exact fractions where the inputs are.

Each is an absorbing Markov chain walked forward. Source: Kemeny and Snell, Finite Markov Chains (1960),
chapter III; for runs, Fu and Koutras (1994), who embed them in such a chain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

ZERO, ONE = Fraction(0), Fraction(1)

Chance: TypeAlias = Fraction | float
"""A probability or an expectation: exact, or in floating point where what it comes from is."""


def run_of(fails: Sequence[Fraction], length: int) -> Fraction:
    """The probability that somewhere `length` meetings in a row fail."""
    return ONE - _no_run(fails, length)


def _no_run(fails: Sequence[Fraction], length: int) -> Fraction:
    if length < 1:
        return ZERO
    # How many have just failed in a row, as long as there was no run.
    now = [ONE, *([ZERO] * (length - 1))]
    for fail in fails:
        now = [sum(now, ZERO) * (1 - fail), *(share * fail for share in now[:-1])]
    return sum(now, ZERO)


def waits(fails: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """For something that waits for the first meeting that does not fail: the probabilities that it is
    the first, the second, …; what is missing to 1 is that all fail."""
    found, left = [], ONE
    for fail in fails:
        found.append(left * (1 - fail))
        left *= fail
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Consent:
    """What is carried needs the consent of others: how likely all give it, and how likely the last of them
    answers after 0, 1, … days. Refused, it is lost."""

    given: Chance
    after: tuple[Chance, ...]


def slowest(spans: Sequence[tuple[int, int]]) -> tuple[Fraction, ...]:
    """How likely the last of several answers comes after 0, 1, … days, each evenly from a first to a last
    day, on its own."""

    def by(day: int) -> Fraction:
        found = ONE
        for first, last in spans:
            found *= Fraction(min(max(day - first + 1, 0), last - first + 1), last - first + 1)
        return found

    ends = [by(day) for day in range(max((last for _, last in spans), default=0) + 1)]
    return tuple(b - a for a, b in zip([ZERO, *ends[:-1]], ends, strict=True))


@dataclass(frozen=True, slots=True)
class Hearing:
    """What becomes of one item at one meeting: `day` in days from any day, and the probabilities of each
    end (`carried`, `lost`, …). What is missing to 1 is that it is deferred. `tied`: that votes are equal,
    whatever follows. `consent`: what is carried needs it. `unheard`: that there was no quorum for it, where
    the meeting `then` goes on. `out`: how many opt out of it."""

    day: int
    ends: Mapping[str, Chance]
    tied: Chance = ZERO
    consent: Consent | None = None
    unheard: Chance = ZERO
    then: Hearing | None = None
    out: Chance = ZERO

    @property
    def deferred(self) -> Chance:
        """How likely it is to wait for the next meeting, where this one does not go on."""
        return 1 - sum(self.ends.values())


@dataclass(frozen=True, slots=True)
class Answering:
    """A receiver of items outside: how often it settles one, after any of `first` to `last` days."""

    settles: Chance
    first: int
    last: int


@dataclass(slots=True)
class Fate:
    """What is expected of one item, by the end of the run. `ends`: how it ends (`settled`: by a receiver;
    `stuck`: by nobody; `pending`: not by then). `days` from its raising to its end, over the items that are
    decided or settled, each with its probability. `deferrals`, `ties`: how many. `passed_on`: whether;
    `refused`: whether carried, and refused consent; `out`: how many opted out."""

    ends: dict[str, Chance] = field(default_factory=dict)
    days: Chance = ZERO
    deferrals: Chance = ZERO
    ties: Chance = ZERO
    passed_on: Chance = ZERO
    refused: Chance = ZERO
    out: Chance = ZERO

    def add(self, end: str, chance: Chance) -> None:
        self.ends[end] = self.ends.get(end, ZERO) + chance


NOTHING = 1e-15
"""In floating point, what is left of an item below this is nothing."""


def fate(
    hearings: Sequence[Hearing],
    after: int | None,
    receivers: Sequence[Answering],
    until: int,
) -> Fate:
    """The fate of an item that is first heard at the first of these meetings, raised on its day.

    It is heard at each until it ends, or was deferred for the `after`-th time and goes from receiver to
    receiver (None: it stays). Meetings fail or not on their own, so that nothing but the number of its
    deferrals counts. `until`: the day on which the run ends.
    """
    found = Fate()
    left: Chance = ONE
    for number, hearing in enumerate(hearings, start=1):
        raised = hearings[0].day
        waiting = [(hearing.day, _heard(found, left, hearing, raised, until))]
        if hearing.then is not None:
            goes_on = left * hearing.unheard
            waiting[0] = hearing.day, waiting[0][1] - goes_on
            waiting.append((hearing.then.day, _heard(found, goes_on, hearing.then, raised, until)))
        left = sum((rest for _, rest in waiting), ZERO)
        if isinstance(left, float) and left < NOTHING:
            return found
        found.deferrals += left
        if after is not None and number >= after and left:
            found.passed_on += left
            for day, rest in waiting:
                _answered(found, rest, day, raised, receivers, until)
            return found
    if left:
        found.add("pending", left)
    return found


def _heard(found: Fate, left: Chance, hearing: Hearing, raised: int, until: int) -> Chance:
    """Hear what is left of an item. Gives what is left of it then."""
    waited = hearing.day - raised
    for end, chance in hearing.ends.items():
        if end == "carried" and hearing.consent is not None:
            _consented(found, left * chance, hearing.consent, hearing.day, waited, until)
            continue
        found.add(end, left * chance)
        found.days += left * chance * waited
    found.ties += left * hearing.tied
    found.out += left * hearing.out
    return left * hearing.deferred


def _consented(found: Fate, left: Chance, consent: Consent, day: int, waited: int, until: int) -> None:
    for took, share in enumerate(consent.after):
        if not share:
            continue
        if day + took >= until:
            found.add("pending", left * share)
            continue
        found.add("carried", left * share * consent.given)
        found.add("lost", left * share * (1 - consent.given))
        found.refused += left * share * (1 - consent.given)
        found.days += left * share * (waited + took)


def _answered(
    found: Fate, left: Chance, day: int, raised: int, receivers: Sequence[Answering], until: int
) -> None:
    if day + sum(receiver.last for receiver in receivers) < until:
        # The end is far, and only the mean of what each takes counts.
        waited: Chance = day - raised + ZERO
        for receiver in receivers:
            waited += Fraction(receiver.first + receiver.last, 2)
            if receiver.settles:
                found.add("settled", left * receiver.settles)
                found.days += left * receiver.settles * waited
            left *= 1 - receiver.settles
        if left:
            found.add("stuck", left)
        return
    at: dict[int, Chance] = {day: left}
    for receiver in receivers:
        span = receiver.last - receiver.first + 1
        then: dict[int, Chance] = {}
        for begun, chance in at.items():
            for took in range(receiver.first, receiver.last + 1):
                answered = begun + took
                share = chance / span
                if answered >= until:
                    found.add("pending", share)
                    continue
                if receiver.settles:
                    found.add("settled", share * receiver.settles)
                    found.days += share * receiver.settles * (answered - raised)
                rest = share * (1 - receiver.settles)
                if rest:
                    then[answered] = then.get(answered, ZERO) + rest
        at = then
    left_over: Chance = sum(at.values(), ZERO)
    if left_over:
        found.add("stuck", left_over)
