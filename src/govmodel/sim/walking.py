"""An item put on its way: passed from hand to hand as a path of the text says, in the engine of meetings.

Everybody on the path is put in the place of a body. Whoever has meetings hears the item there; the others
answer as receivers do. Who is able to settle it does, and nobody else does. So a story of where an item goes
is held against what the engine makes of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from govmodel.errors import Mark
from govmodel.model.expressions import Frequency, Threshold
from govmodel.model.record import Record
from govmodel.model.rules import (
    BodyRules,
    DecisionRule,
    MatterRule,
    MeetingRule,
    RouteRule,
    Rules,
    SeatRule,
)
from govmodel.model.scenario import Agenda, Ballot, Escalation, Items, Receiver, Scenario
from govmodel.sim.certain import ALWAYS, NEVER, PASSES, certain
from govmodel.sim.planning import plan
from govmodel.sim.workers import replay

YEARS = 2
"""Of monthly meetings, so that an item goes round a circle several times."""

ITEM = "item"
PLACE: Mapping[str, Any] = {"clauses": ("-",), "mark": Mark("")}


@dataclass(frozen=True, slots=True)
class Walked:
    """What came of the item. `came_to`: with whom it lay, in order, each as often as it did; `settled_by`:
    None for nobody, in all the time. `records`: those of this item."""

    came_to: tuple[str, ...]
    settled_by: str | None
    records: tuple[Record, ...]


def walk(rules: Rules, path: Sequence[str], able: Collection[str], meeting: Collection[str] = ()) -> Walked:
    """What comes of an item that arises with the first on a path, and that each passes on to the next.

    `able`: those who settle it when it lies with them. `meeting`: those who hear it at meetings, as the first
    always does. A path that comes back to where it was goes round from there.
    """
    meet = {path[0], *meeting}
    names = tuple(dict.fromkeys(path))
    staged = replace(
        rules, first_day=date(2001, 1, 1), parties={}, offices={}, instruments={}, norms=(), statements=(),
        bodies={name: _body(name, meets=name in meet, settles=name in able) for name in names},
        matters={ITEM: MatterRule(**PLACE, name=ITEM, title=ITEM, kind_of=None, settle=True, interested=())},
        routes=tuple(_route(one, other) for one, other in dict.fromkeys(pairwise(path)) if one not in able),
        successions=(), steps=(), composition=(), resignations=(), removals=(),
    )  # fmt: skip
    whole = plan(staged, _scenario(path[0], able), years=YEARS, seed=0)
    items = [r for r in replay(whole, 1) if r.what in ("item", "referral")]
    first = min(r.facts["raised"] for r in items)
    own = tuple(r for r in items if r.facts["raised"] == first)
    came: list[str] = []
    settled: str | None = None
    for record in own:
        came.append(record.body)
        if not record.facts["open"]:
            settled = record.body
        for passed in record.facts["passed_on"]:
            if passed["answer"] in ("settled", "not settled"):
                came.append(passed["to"])
            if passed["answer"] == "settled":
                settled = passed["to"]
    return Walked(tuple(came), settled, own)


def _body(name: str, *, meets: bool, settles: bool) -> BodyRules:
    """Somebody as a body of one member, who decides alone, or to whom the text gives nothing to decide by."""
    if not meets:
        return BodyRules(name=name, title=name, external=True, family=None, clauses=("-",))
    seat = SeatRule(
        **PLACE, body=name, name="member", party=None, classes=(), low=1, high=1, role="voting", votes=1,
        optional=False,
    )  # fmt: skip
    monthly = MeetingRule(
        **PLACE, body=name, kind="ordinary", how_often=Frequency(1, "month"), at_least=None, called_by=None,
        on_request_of=None, cancelled_by=None,
    )  # fmt: skip
    majority = DecisionRule(
        **PLACE, body=name, matters=(ITEM,), carried=Threshold(kind="count", number=1), first=None, how=(),
        proxies=None, consent_of=(), may_opt_out=None, binding_on=None, without=None, equal_votes=None,
    )  # fmt: skip
    return BodyRules(
        name=name, title=name, external=False, family=None, clauses=("-",), seats=(seat,),
        meetings=(monthly,), decisions=(majority,) if settles else (),
    )  # fmt: skip


def _route(sender: str, receiver: str) -> RouteRule:
    return RouteRule(
        **PLACE, who=(sender,), verb="escalates_to", whom=(receiver,), any_of=False, matters=(ITEM,),
        about=None, about_receiver=None, via=None, every=None, within=None, effect=None, consent_of=(),
        force="must",
    )  # fmt: skip


def _scenario(start: str, able: Collection[str]) -> Scenario:
    """Everybody comes and votes for it; what is not settled is passed on at once."""
    new = Agenda(per_meeting=ALWAYS, spread="fixed", matters={ITEM: ALWAYS})
    answers = {name: Receiver(settles=ALWAYS, first=0, last=0) for name in able}
    return certain(
        "walked", "one item", Items(default=replace(new, per_meeting=NEVER), by_body={start: new}),
        Ballot(in_favour=ALWAYS, against=NEVER, abstain=NEVER),
        escalation=Escalation(after=1, default=PASSES, by_receiver=answers),
    )  # fmt: skip
