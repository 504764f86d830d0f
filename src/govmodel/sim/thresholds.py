"""What votes carry, for many ballots at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

import numpy as np
import numpy.typing as npt

from govmodel.model.expressions import Threshold
from govmodel.model.rules import DecisionRule, Rules
from govmodel.semantics.counting import groups_of
from govmodel.semantics.meeting import most_votes
from govmodel.sim.arrays import Small, Truths, Whole
from govmodel.sim.heads import holds
from govmodel.sim.items import CARRIED, LOST, TIED
from govmodel.sim.plan import BodyPlan
from govmodel.sim.rooms import Heads, of_membership, total

Some: TypeAlias = "slice | Whole"
"""Which items: all (`slice(None)`) or those at these places."""


Votes: TypeAlias = npt.NDArray[Any]
"""Whole numbers of votes, narrow or wide."""

NARROW = 255
"""Up to so many votes are summed narrow, which is ten times as fast, and kept in two bytes each."""


@dataclass(slots=True)
class Ballots:
    """The votes on some items: rows are places, columns items.

    `may`: who may vote; `cast_against` None: whoever of them is not for an item is against it. `asked`: for
    which of the items `chair`, `deputy`, `presider` are worked out: those for which it matters who
    presides; of all, if a story is told. `casting`: the side of a casting vote that was used; `rule`: by
    which rule each is decided, as numbered by the hearing. `lifted`: whose bar was lifted, None: nobody's.
    `members`: who counts in the membership, None: every place.
    `proxies`: who votes by proxy, None: nobody. `number`: of the
    round of an election, None: all are of the first.
    """

    here: Truths
    may: Truths
    for_: Truths
    cast_against: Truths | None
    abstaining: Truths
    barred: Truths
    favour: Votes
    contra: Votes
    asked: Whole
    chair: Whole
    deputy: Whole
    presider: Whole
    casting: Small
    agreed: Truths
    rule: Whole
    lifted: Truths | None = None
    members: Truths | None = None
    proxies: Truths | None = None
    number: Whole | None = None

    @property
    def against(self) -> Truths:
        return self.may & ~self.for_ if self.cast_against is None else self.cast_against

    def of_members(self, chosen: Some) -> Truths | None:
        """Who counts in the membership, for some of the items."""
        return None if self.members is None else self.members[:, chosen]

    def entitled(self, chosen: Some) -> Truths:
        """Who may vote, were they there, on some of the items."""
        free: Truths = ~self.barred[:, chosen]
        return free if self.members is None else free & self.members[:, chosen]

    def replace(self, at: Whole, later: Ballots, number: int) -> None:
        """Put the ballots of the next round, which has this number, in the place of some of these."""
        if self.cast_against is not None or later.cast_against is not None:
            self.cast_against = self.against.copy()
            self.cast_against[:, at] = later.against
        for name in ("may", "for_", "abstaining"):
            table = getattr(self, name).copy()
            table[:, at] = getattr(later, name)
            setattr(self, name, table)
        for name in ("favour", "contra", "casting", "agreed", "rule"):
            getattr(self, name)[at] = getattr(later, name)
        if len(self.asked) == len(self.favour):  # of all, as a story is told
            for name in ("chair", "deputy", "presider"):
                getattr(self, name)[at] = getattr(later, name)
        if self.number is None:
            self.number = np.full(len(self.favour), number - 1, dtype=np.int64)
        self.number[at] = number if later.number is None else later.number

    def side(self, place: Whole, column: Whole) -> Whole:
        """How somebody votes on each of some items: 1 for, -1 against, 0 not at all."""
        yes = self.for_[place, column]
        cast = self.cast_against
        no = self.may[place, column] & ~yes if cast is None else cast[place, column]
        found: Whole = yes.astype(np.int64) - no
        return found


class Counting:
    """How the votes of one body are counted."""

    def __init__(self, rules: Rules, body: BodyPlan) -> None:
        self.rules, self.body = rules, body
        self.heads = Heads(rules, body.rules)
        self.plain = bool((body.weights == 1).all())
        self.capped = sorted({p for _, group in body.caps for p in group})

    def votes_in(self, rows: Truths) -> Votes:
        """The votes of the places of each column, in the narrowest numbers in which they can be counted."""
        if not self.plain:
            found: Votes = self.body.weights @ rows.astype(np.int64)
            return found
        if len(rows) > NARROW:
            return total(rows)
        counted: Votes = rows.view(np.uint8).sum(axis=0, dtype=np.uint8).astype(np.int16)
        return counted

    def observe_caps(self, for_: Truths, against: Truths) -> None:
        """Of places that share votes, the first in the order of the file cast them."""
        caps = self.body.caps
        used = [np.zeros(for_.shape[1], dtype=np.int64) for _ in caps]
        for place in self.capped:
            weight = int(self.body.weights[place])
            cast = for_[place] | against[place]
            allowed = np.ones_like(cast)
            mine = [i for i, (_, under) in enumerate(caps) if place in under]
            for i in mine:
                allowed &= used[i] + weight <= caps[i][0]
            for_[place] &= allowed
            against[place] &= allowed
            for i in mine:
                used[i] += weight * (cast & allowed)

    def outcome(
        self,
        rule: DecisionRule,
        carried: Threshold,
        ballots: Ballots,
        chosen: Some,
        casting: Small,
    ) -> Small:
        """What becomes of the items under one rule; `casting` is the side of a casting vote, 0 for none."""
        favour, contra, casting = ballots.favour[chosen], ballots.contra[chosen], casting[chosen]
        won = self._reaches(carried, ballots, chosen)(favour, contra)
        if rule.first == "consensus":
            won |= ballots.agreed[chosen] & (favour > 0)
        found: Small = (~won).astype(np.int8)  # CARRIED is 0 and LOST is 1
        if carried.kind in ("share", "plurality"):
            equal = np.flatnonzero(~won & (favour == contra) & (favour > 0))
            if len(equal):
                tied = np.zeros_like(won)
                where = equal if isinstance(chosen, slice) else chosen[equal]
                tied[equal] = self._reaches(carried, ballots, where)(favour[equal] + 1, contra[equal])
                found[tied] = TIED
                ballots.casting[chosen] = np.where(tied, casting, 0)
                found[tied & (casting > 0)] = CARRIED
                found[tied & (casting < 0)] = LOST
        return found

    def _reaches(
        self, carried: Threshold, ballots: Ballots, chosen: Some
    ) -> Callable[[Votes, Votes], Truths]:
        """Whether so many votes for and against reach the threshold."""
        match carried.kind:
            case "consensus":
                return lambda favour, contra: (favour > 0) & (contra == 0)
            case "plurality":
                return lambda favour, contra: favour > contra
            case "count":
                return lambda favour, _: favour >= carried.number
            case "formula":
                if carried.formula is None:
                    raise ValueError("a formula without a condition passed the loader")
                rows = {
                    **of_membership(ballots.of_members(chosen)),
                    "entitled": ballots.entitled(chosen),
                    "present": ballots.here[:, chosen],
                    "for": ballots.for_[:, chosen],
                    "against": ballots.against[:, chosen],
                    "abstaining": ballots.abstaining[:, chosen],
                }
                rows["voting"] = rows["for"] | rows["against"]
                rows["taking-part"] = rows["voting"] | rows["abstaining"]
                met = holds(carried.formula, lambda what: self.heads.count(rows, what), "up")
                return lambda favour, _: met & (favour > 0)
            case "all":
                size, but = self._base(carried, ballots, chosen), np.int64(carried.number)
                return lambda favour, contra: (favour > 0) & (favour >= size(favour, contra) - but)
            case "share":
                size = self._base(carried, ballots, chosen)
                top: Any = carried.share.numerator
                bottom: Any = carried.share.denominator
                if max(top, bottom) * (2 * len(self.body.places) + 2) > np.iinfo(np.int16).max:
                    top, bottom = np.int64(top), np.int64(bottom)  # narrow numbers of votes become wide
                if carried.strict:
                    return lambda favour, contra: favour * bottom > size(favour, contra) * top
                return lambda favour, contra: (favour > 0) & (favour * bottom >= size(favour, contra) * top)
            case _:
                assert_never(carried.kind)

    def _base(self, carried: Threshold, ballots: Ballots, chosen: Some) -> Callable[[Votes, Votes], Votes]:
        """The size of the base of a threshold, in votes."""
        base = carried.base or self.rules.reading["base-of-a-majority"]
        counted = np.array([carried.without not in groups_of(seat) for seat in self.heads.seats], dtype=bool)
        members = ballots.of_members(chosen)
        if base in ("seats", "members") and members is not None:
            of_members = self._most_votes(members & counted[:, None])
            return lambda _favour, _contra: of_members
        if base in ("seats", "members"):
            everyone = [place for place, yes in zip(self.body.places, counted, strict=True) if yes]
            size = most_votes(self.body.rules, everyone)
            return lambda favour, _: np.full_like(favour, size)
        if base in ("entitled", "present"):
            rows = ballots.entitled(chosen) if base == "entitled" else ballots.here[:, chosen]
            most = self._most_votes(rows & counted[:, None])
            return lambda _favour, _contra: most
        if base == "taking-part":
            cast, silent = ballots.for_[:, chosen] | ballots.against[:, chosen], ballots.abstaining[:, chosen]
            # A cap holds for those who abstain too; a second vote comes on top.
            rest = self._most_votes(cast | silent) - self.votes_in(cast)
            return lambda favour, contra: favour + contra + rest
        return lambda favour, contra: favour + contra

    def _most_votes(self, rows: Truths) -> Whole:
        """The most votes that the places of each column can cast together, caps observed."""
        free = rows.copy()
        free[self.capped] = False
        most = self.votes_in(free)
        if self.capped:
            patterns, inverse = np.unique(rows[self.capped], axis=1, return_inverse=True)
            packed = [
                most_votes(
                    self.body.rules,
                    [self.body.places[p] for p, yes in zip(self.capped, column, strict=True) if yes],
                )
                for column in patterns.T
            ]
            most = most + np.array(packed, dtype=np.int64)[inverse.reshape(-1)]
        return most
