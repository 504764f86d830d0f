"""Norms over one kind of case that is small enough to try everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

from govmodel.model.expressions import (
    All,
    AnyOf,
    Attribute,
    Compare,
    Comparison,
    Condition,
    Flag,
    Is,
    Length,
    Not,
    Number,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.rules import AmbiguityRule, Force, NormRule, Rulebook
from govmodel.model.vocabulary import SITUATIONS, AttributeType, SituationType
from govmodel.model.walk import conditions
from govmodel.semantics.cases import binding, conditions_of
from govmodel.smt.days import moves
from strategies.books import HEAD, ambiguities, book, gate
from strategies.dice import Dice, number, one_in, some
from strategies.meetings import BODY, board

EVENT = "event"
CLAUSES = ("c1", "c2", "c3", "c4", "c5")
MOST_COUNTED = 3
"""Amounts are compared with numbers up to this."""
LENGTHS = (
    Length(24, "hour"),
    Length(48, "hour"),
    Length(1, "day"),
    Length(2, "day"),
    Length(1, "day", "working"),
    Length(1, "day", "clear"),
)


@dataclass(frozen=True, slots=True)
class World:
    """A rulebook whose norms speak of one kind of case, how far its events may lie from the day, and how many
    start days there are."""

    rulebook: Rulebook
    situation: str
    body: str | None
    window: int
    starts: int = 365

    @property
    def norms(self) -> tuple[NormRule, ...]:
        return tuple(r for r in self.rulebook.rules if isinstance(r, NormRule))

    @property
    def grants(self) -> tuple[NormRule, ...]:
        """The permissions that bind in such a case."""
        found = binding(self.norms, self.rulebook.situations, self.situation, self.body)
        return tuple(n for n in found if n.force == "may")


def attribute(kind: Any, by: str | None = None, values: Sequence[str] = ()) -> AttributeType:
    return AttributeType(kind, by, kind, tuple(values))


def situations(attributes: Mapping[str, AttributeType]) -> dict[str, SituationType]:
    """The built-in situations and an `event` of a meeting with these attributes."""
    return {**SITUATIONS, EVENT: SituationType("an event", "meeting", attributes)}


def norm(name: str, force: Force, content: Condition, clauses: Sequence[str] = (), **more: Any) -> NormRule:
    given: dict[str, Any] = {
        **HEAD, "clauses": tuple(clauses) or (name,), "situation": EVENT, "body": None, "who": None,
        "when": None, "unless": None, "by": None, "agreed_by": None, "waived_by": None, "over": (),
        "limit": False, "only": False, "always": False, "overrides": (), **more,
    }  # fmt: skip
    return NormRule(name=name, force=force, content=content, **given)


def world(
    norms: Sequence[NormRule],
    attributes: Mapping[str, AttributeType],
    known: Mapping[str, AmbiguityRule] | None = None,
    *,
    window: int = 2,
    body: str | None = None,
) -> World:
    return World(book((board(), *norms), known, situations(attributes)), EVENT, body, window)


# drawn


class _Draw:
    def __init__(self, dice: Dice, *, timed: bool) -> None:
        self.dice = dice
        self.timed = timed
        flags = ("g0", "g1") if not timed else ("g0",)
        choices = ("d0", "d1", "d2")[: 2 + one_in(dice, 3)] if not timed else ("d0",)
        self.own: dict[str, AttributeType] = {n: attribute("yes-no") for n in flags}
        self.own |= {n: attribute("yes-no", "body") for n in choices}
        self.given = [f"{EVENT}.{n}" for n in flags]
        self.chosen = [f"{EVENT}.{n}" for n in choices]
        self.sort: str | None = None
        self.amount: str | None = None
        self.times: tuple[str, ...] = ()
        if not timed and one_in(dice, 3):
            values = dice.pick((("x", "y"), ("x",), ("x", "other")))
            self.own["sort"] = attribute("one-of", dice.pick((None, "body")), values)
            self.sort = f"{EVENT}.sort"
        elif not timed and one_in(dice, 3):
            self.own["size"] = attribute("amount", dice.pick((None, "body")))
            self.amount = f"{EVENT}.size"
        if timed:
            self.own["t"] = attribute("time", dice.pick((None, "body", "body")))
            self.times = dice.pick(
                (
                    (f"{EVENT}.t",),
                    (f"{EVENT}.t", "meeting.notice"),
                    ("meeting.notice", "meeting.papers"),
                    ("meeting.requested", "meeting.notice"),
                    ("meeting.minutes", f"{EVENT}.t"),
                )
            )

    def literal(self, *, act: bool) -> Condition:
        """One plain condition; an act is about what somebody chooses."""
        kinds = ["flag", "flag", "not"]
        if self.sort:
            kinds.append("sort")
        if self.amount:
            kinds += ["amount", "amount"]
        if self.times:
            kinds += ["timed", "timed", "timed", "timed", "ordered"]
            if one_in(self.dice, 6):
                kinds.append("dated")
        kind = self.dice.pick(kinds)
        name = self.dice.pick(self.chosen if act else [*self.given, *self.chosen])
        if kind == "sort" and self.sort:
            values = (*self.own["sort"].values, "other")
            return Is(self.sort, some(self.dice, tuple(dict.fromkeys(values)), low=1, high=2))
        if kind == "amount" and self.amount:
            op: Compare = self.dice.pick((">=", "<=", ">", "<", "="))
            return Comparison(
                Attribute(self.amount), op, Number(Fraction(number(self.dice, 0, MOST_COUNTED)))
            )
        if kind == "timed":
            anchor = self.dice.pick(("meeting", "meeting", "meeting", *self.times))
            how: Compare = self.dice.pick((">=", ">=", "<=", "=", ">", "<"))
            event = self.dice.pick(self.times)
            if anchor != "meeting" and one_in(self.dice, 3):
                event = "meeting"
            return Timed(event, how, self.dice.pick(LENGTHS),
                         self.dice.pick(("before", "before", "after")), anchor)  # fmt: skip
        if kind == "dated":
            month, day = self.dice.pick(((5, None), (5, 31), (12, 25), (1, 1)))
            whole: Literal["in", "by"] = "in" if day is None else "by"
            return OnDate(self.dice.pick(self.times), whole, month, day)
        if kind == "ordered":
            return Ordered(self.dice.pick(self.times), self.dice.pick(("before", "after")),
                           self.dice.pick(("meeting", *self.times)))  # fmt: skip
        return Not(Flag(name)) if kind == "not" else Flag(name)

    def condition(self, *, act: bool = False) -> Condition:
        kind = self.dice.pick(("one", "one", "one", "all", "any"))
        if kind == "one":
            return self.literal(act=act)
        both = self.literal(act=act), self.literal(act=act)
        return All(both) if kind == "all" else AnyOf(both)

    def norm(
        self, i: int, known: Mapping[str, AmbiguityRule], earlier: Sequence[str], later: Sequence[str]
    ) -> list[NormRule]:
        """A norm. Those before it wait for it, it waits for those after it: so there is no circle."""
        dice = self.dice
        force: Force = dice.pick(
            (
                "must",
                "must",
                "must",
                "must",
                "must-not",
                "must-not",
                "must-not",
                "may",
                "may",
                "may",
                "should",
            )
        )
        grant = force == "may"
        clauses = [dice.pick(CLAUSES)] if one_in(dice, 3) else [CLAUSES[i % len(CLAUSES)]]
        if one_in(dice, 8):
            clauses.append(dice.pick([c for c in CLAUSES if c not in clauses]))
        made = norm(
            f"n{i}", force, self.condition(act=True), clauses,
            situation=dice.pick((EVENT, EVENT, EVENT, "meeting")) if self.timed else EVENT,
            body=dice.pick((None, None, BODY, "elsewhere")) if one_in(dice, 4) else None,
            when=self.condition() if one_in(dice, 2) else None,
            unless=self.condition() if one_in(dice, 6 if not grant else 12) else None,
            agreed_by="body" if grant and one_in(dice, 4) else None,
            over=(dice.pick([*self.given, *self.chosen, "d0"]),) if grant and one_in(dice, 5) else (),
            limit=grant and one_in(dice, 3),
            always=one_in(dice, 5),
            overrides=(dice.pick(list(earlier)),) if earlier and one_in(dice, 5) else (),
            changes=(dice.pick(list(earlier)),) if grant and earlier and one_in(dice, 4) else (),
            subject_to=(dice.pick(list(later)),) if later and one_in(dice, 8) else (),
            breach_of=some(dice, list(later), low=1, high=2) if later and one_in(dice, 7) else (),
            waived_by="body" if not grant and one_in(dice, 10) else None,
            gate=gate(dice, known),
        )  # fmt: skip
        if len(made.gate) == 1 and len(made.gate[0][1]) == 1 and one_in(dice, 3):
            # the same norm in other words under the other options, as `by_reading` makes it
            name, (option,) = made.gate[0]
            others = tuple(o for o, _ in known[name].options if o != option)
            return [made, replace(made, content=self.condition(act=True), gate=((name, others),))]
        return [made]


def drawn_world(dice: Dice, *, timed: bool = False) -> World:
    """Two to five norms about an event; `timed`: some of them about days."""
    draw = _Draw(dice, timed=timed)
    known = ambiguities(dice, 2)
    norms: list[NormRule] = []
    many = number(dice, 3, 6)
    for i in range(many):
        later = [f"n{j}" for j in range(i + 1, many)]
        norms += draw.norm(i, known, list(dict.fromkeys(n.name for n in norms)), later)
    body = dice.pick((None, None, BODY))
    drawn = world(norms, draw.own, known, body=body, window=1 if timed else 2)
    # Where lengths run from events that move, nearly every day is a kind of its own: fewer of them then.
    parts = (p for n in norms for c in conditions_of(n) for p in conditions(c))
    moving = any(isinstance(p, OnDate) or (isinstance(p, Timed) and moves(p)) for p in parts)
    return replace(drawn, starts=6) if moving else drawn
