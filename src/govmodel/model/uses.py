"""How people use what a text lets them do, and how others answer: the part of a scenario that some texts
never ask for. Each may be missing, and then nothing of the kind is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from govmodel.dataclass import dataclass
from govmodel.model.chances import Chances


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents:
    """How often somebody whose consent a decision needs gives it, by their name in the text, else
    `default`; and after how many days they answer, evenly from `first` to `last`."""

    default: Fraction
    first: int
    last: int
    by_giver: Mapping[str, Fraction] = field(default_factory=dict)

    def of(self, giver: str) -> Fraction:
        return self.by_giver.get(giver, self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptingOut:
    """How often a member opts out of what was carried, where the text lets them: of those who voted against
    it, and of all others who did not vote for it, there or not."""

    against: Fraction
    others: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Which share of new items is decided in writing, where the text allows it; how often a member answers;
    and after how many days, from `first` to `last`, the answers are in, where the text does not say."""

    share: Fraction
    answers: Fraction
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """`lifting`: how often the bar of a member with an interest is lifted for an item, where those who may
    lift it can. `waiting`: how often one who is not there comes while a meeting waits for a quorum, where the
    text has it wait. `proxies`: how often one votes by proxy for whom nobody is there, where the text allows
    it. `meets`: how many meetings a year a body has beside those at regular times; also of bodies outside.
    `ahead`: how many days before the meeting of others one is held that the text wants ahead of it.
    `families`: how many bodies there are of a kind of which the text has several."""

    consents: Consents | None = None
    opting_out: OptingOut | None = None
    writing: Writing | None = None
    lifting: Fraction | None = None
    waiting: Chances | None = None
    proxies: Chances | None = None
    meets: Mapping[str, int] = field(default_factory=dict)
    ahead: int | None = None
    families: Mapping[str, int] = field(default_factory=dict)
