"""Small worlds for the tests of the simulation: rules and scenarios made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np

from govmodel.errors import Mark
from govmodel.model import rules as r
from govmodel.model.expressions import Comparison as Compared
from govmodel.model.expressions import Condition, Count, Frequency, Number, Threshold
from govmodel.model.scenario import (
    Agenda,
    BadMeetings,
    Ballot,
    ByMatter,
    Chances,
    Escalation,
    Holders,
    Interests,
    Items,
    Offices,
    Receiver,
    Scenario,
    Votes,
)
from govmodel.model.vocabulary import BUILT_IN_READINGS

HEAD: Mapping[str, Any] = {"clauses": ("1",), "mark": Mark("world.yaml", 1, 1)}
MAJORITY = Threshold(kind="share", share=Fraction(1, 2), strict=True, base="voting")
QUARTERLY = Frequency(1, "quarter")


BOUND = 3.2905
"""The 99.9 % bound of the normal distribution."""


def within(simulated: Sequence[int] | np.ndarray[Any, Any], wanted: float) -> bool:
    """Whether the mean over replications is inside its 99.9 % bounds."""
    found = np.asarray(simulated, dtype=float)
    return bool(abs(found.mean() - wanted) <= BOUND * found.std(ddof=1) / sqrt(len(found)))


def at_least(number: int, *groups: str) -> Condition:
    return Compared(Count("present", groups), ">=", Number(Fraction(number)))


def seat(name: str, classes: Sequence[str] = (), **more: Any) -> r.SeatRule:
    given: dict[str, Any] = {
        "body": "board", "name": name, "party": name, "classes": tuple(classes), "low": 1, "high": 1,
        "role": "voting", "votes": 1, "optional": False, **more,
    }  # fmt: skip
    return r.SeatRule(**HEAD, **given)


def quorum(needs: Condition, body: str = "board", measured: Any = None) -> r.QuorumRule:
    return r.QuorumRule(**HEAD, body=body, needs=needs, gates="meeting", measured=measured, rounding=None)


def decision(
    carried: Threshold | None = MAJORITY, matters: Sequence[str] = ("any",), **more: Any
) -> r.DecisionRule:
    given: dict[str, Any] = {
        "body": "board", "first": None, "how": (), "proxies": None, "consent_of": (), "may_opt_out": None,
        "binding_on": None, "without": None, "equal_votes": None, **more,
    }  # fmt: skip
    return r.DecisionRule(**HEAD, carried=carried, matters=tuple(matters), **given)


def presides(order: int, who: str, extra: Any = None, when: Condition | None = None) -> r.PresidingRule:
    return r.PresidingRule(
        **HEAD, body="board", order=order, who=who, when=when, chosen_by=None, lasts=None, extra_vote=extra,
        powers=None, late_after=None,
    )  # fmt: skip


def meets(every: Frequency = QUARTERLY, body: str = "board") -> r.MeetingRule:
    return r.MeetingRule(
        **HEAD, body=body, kind="ordinary", how_often=every, at_least=None, called_by=None,
        on_request_of=None, cancelled_by=None,
    )  # fmt: skip


def standin(kind: Any = "deputy", **more: Any) -> r.StandInRule:
    given: dict[str, Any] = {
        "body": "board", "named_by": None, "seats": None, "votes": None, "counts_to_quorum": None,
        "matter": None, "force": "must", "notice": None, **more,
    }  # fmt: skip
    return r.StandInRule(**HEAD, kind=kind, **given)


def interest(**more: Any) -> r.InterestRule:
    given: dict[str, Any] = {
        "body": "board", "kind": "prejudicial", "declares": None, "votes": False, "takes_part": None,
        "withdraws": "must", "counts_to_quorum": None, "waived_by": None, **more,
    }  # fmt: skip
    return r.InterestRule(**HEAD, **given)


def route(who: str, whom: str, matters: Sequence[str], effect: Any = None) -> r.RouteRule:
    return r.RouteRule(
        **HEAD, who=(who,), verb="escalates_to", whom=(whom,), any_of=False, matters=tuple(matters),
        about=None, about_receiver=None, via=None, every=None, within=None, effect=effect, consent_of=(),
        force="must",
    )  # fmt: skip


def office(name: str, rotation: Sequence[Sequence[str]] = (), follows: str | None = None) -> r.OfficeRule:
    return r.OfficeRule(
        **HEAD, name=name, title=name, of="board", chosen_by="rotation" if rotation else None,
        chosen_every=Frequency(1, "year") if rotation else None, rotation=tuple(map(tuple, rotation)),
        follows=follows, appointer=None, term=None, acting=None,
    )  # fmt: skip


def matter(name: str, settle: bool = False, interested: Sequence[str] = ()) -> r.MatterRule:
    return r.MatterRule(
        **HEAD, name=name, title=name, kind_of=None, settle=settle, interested=tuple(interested)
    )


def board(seats: Sequence[r.SeatRule], name: str = "board", **more: Any) -> r.BodyRules:
    given: dict[str, Any] = {
        "title": f"the {name}", "external": False, "family": None, "clauses": ("1",),
        "meetings": (meets(body=name),), "decisions": (decision(),), **more,
    }  # fmt: skip
    return r.BodyRules(name=name, seats=tuple(seats), **given)


def constitution(
    *bodies: r.BodyRules,
    reading: Mapping[str, str] | None = None,
    offices: Sequence[r.OfficeRule] = (),
    matters: Sequence[r.MatterRule] = (),
    routes: Sequence[r.RouteRule] = (),
) -> r.Rules:
    base = {name: next(iter(built_in.options)) for name, built_in in BUILT_IN_READINGS.items()}
    parties = {s.party: s for body in bodies for s in body.seats if s.party}
    return r.Rules(
        id="world",
        reading={**base, **(reading or {})},
        first_day=date(2010, 5, 1),
        nation="ENG",
        parties={
            name: r.PartyRule(
                **HEAD, name=name, title=name.upper(), classes=s.classes, part_of=None, sector=False
            )
            for name, s in parties.items()
        },
        bodies={body.name: body for body in bodies},
        offices={o.name: o for o in offices},
        matters={m.name: m for m in matters},
        instruments={},
        norms=(),
        routes=tuple(routes),
        statements=(),
    )


def scenario(
    attendance: Fraction | Chances = Fraction(7, 10),
    standins: Fraction = Fraction(0),
    per_meeting: int = 6,
    spread: Any = "poisson",
    in_favour: Fraction = Fraction(55, 100),
    abstain: Fraction = Fraction(0),
    consensus: Fraction = Fraction(0),
    interests: Fraction = Fraction(0),
    matters: Mapping[str, Fraction] | None = None,
    **more: Any,
) -> Scenario:
    given: dict[str, Any] = {
        "months": {},
        "bad_meetings": None,
        "holders": Holders(optional="empty"),
        "offices": Offices(otherwise="first-seat"),
        "escalation": Escalation(after=3, default=Receiver(settles=Fraction(1), first=30, last=30)),
        **more,
    }
    casting = given.pop("casting", None)
    return Scenario(
        name="test",
        about="made by hand",
        path="world.yaml",
        attendance=attendance if isinstance(attendance, Chances) else Chances(default=attendance),
        standins=Chances(default=standins),
        items=Items(
            default=Agenda(
                per_meeting=Fraction(per_meeting), spread=spread, matters=matters or {"other": Fraction(1)}
            )
        ),
        interests=Interests(
            default=interests, named=interests, leaves_if_should=Fraction(1), leaves_if_may=Fraction(1, 2)
        ),
        consensus=ByMatter(default=consensus),
        votes=Votes(
            default=Ballot(in_favour=in_favour, against=1 - in_favour - abstain, abstain=abstain),
            casting=casting,
        ),
        **given,
    )


BAD = BadMeetings(chance=Fraction(1, 4), attendance=Fraction(1, 2))
