"""The bodies that checks ask about."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from govmodel.checks.context import Context
from govmodel.checks.findings import clauses_of
from govmodel.dataclass import replace
from govmodel.model.rules import (
    BodyNameRule,
    BodyRule,
    BodyRules,
    Role,
    Rule,
    Rules,
    SeatRule,
)
from govmodel.model.vocabulary import STATUSES
from govmodel.model.walk import names_in
from govmodel.semantics.cells import Electorate, asked_by, electorate, presides_as
from govmodel.semantics.holders import asked_of
from govmodel.semantics.meeting import counted_roles
from govmodel.semantics.presiding import presiding


def meeting_bodies(context: Context) -> tuple[BodyRules, ...]:
    """The bodies that this text constitutes and that have voting seats: each as in the base reading, or
    else as in the first reading under which it is there. A reading may leave it out: look before use.
    In a landscape, those on which more than one text has a rule, or the landscape's own."""
    return context.shared("meeting bodies", lambda: _meeting_bodies(context))


def _meeting_bodies(context: Context) -> tuple[BodyRules, ...]:
    names = dict.fromkeys(r.name for r in context.rulebook.of(BodyRule))
    if context.rulebook.texts:
        names = {name: None for name in names if context.ours(_rules_on(context, name))}
    return tuple(body for name in names if (body := _met(context, name)) is not None)


def _rules_on(context: Context, body: str) -> tuple[str, ...]:
    """The clauses that say more of a body than its names."""
    rules = context.of_body(body)
    return clauses_of(*(rule for rule in rules if not isinstance(rule, (BodyRule, BodyNameRule))))


def _met(context: Context, name: str) -> BodyRules | None:
    def constitutes(rule: Rule) -> bool:
        return isinstance(rule, BodyRule) or (isinstance(rule, SeatRule) and rule.role == "voting")

    for reading in context.space(constitutes, body=name).all:
        body = context.rules(reading).bodies.get(name)
        if body is not None and not body.external and any(s.role == "voting" for s in body.seats):
            return body
    return None


def statuses(body: BodyRules) -> tuple[str, ...]:
    """What can be so of the chair or the deputy chair, so far as a rule of the body speaks of it: nobody is
    late where no clause says what follows, nor kept from presiding by an interest that no clause mentions."""
    whens = [rule.when for rule in body.presiding if rule.when is not None]
    words = {name.rpartition(".")[2] for when in whens for name in names_in(when)}
    late = "late" in words or any(rule.late_after is not None for rule in body.presiding)
    interested = bool(body.interests) or bool(words & {"conflicted", "unwilling"})
    stays = interested and not (body.interests and all(i.withdraws == "must" for i in body.interests))
    spoken = {"late": late, "interested-stays": stays, "interested-leaves": interested}
    return tuple(status for status in STATUSES if spoken.get(status, True))


def quorum_rules(body: BodyRules) -> tuple[Rule, ...]:
    """What says who must be there: the quorums, and what is offered where they are not met."""
    return (*body.quorum, *(i for i in body.inquorate if i.second_quorum is not None))


def electorate_of(context: Context, rules: Rules, body: BodyRules) -> Electorate:
    """The cells of a body, made once for readings that leave its seats alike."""
    at = ("electorate of", context.kept(body), id(rules.offices), id(rules.composition))
    return context.shared(at, partial(_electorate_of, context, rules, body))


def _electorate_of(context: Context, rules: Rules, body: BodyRules) -> Electorate:
    chairs = _chairs(context, rules, body)
    own = (body.seats, body.caps, body.quorum, body.inquorate, body.decisions, body.presiding)
    key = ("electorate", *(id(rule) for rule in own), chairs)
    return context.shared(key, lambda: _seated(context, rules, body, chairs))


def _seated(context: Context, rules: Rules, body: BodyRules, chairs: int | None) -> Electorate:
    """The electorate of a body, whose cells are made once for all bodies with the same seats of which the
    same is counted. `chairs`: the number of what says who may preside; None: nobody does."""
    rest = map(context.kept, (body.quorum, body.inquorate, body.decisions))
    groups, by_party = context.shared(("asked by", *rest), partial(asked_by, body))
    asked = counted_roles(body), frozenset(groups), by_party
    alike = ("cells", body.name, context.kept(body.seats), context.kept(body.caps), *asked, chairs)
    if chairs is None:
        whole = context.shared(alike, lambda: electorate(rules, replace(body, presiding=())))
    else:
        whole = context.shared((*alike, presides_as(body)), partial(electorate, rules, body))
    return replace(whole, body=body)


def _chairs(context: Context, rules: Rules, body: BodyRules) -> int:
    """A number for what says who may preside at a body."""

    def make() -> int:
        who = tuple(dict.fromkeys(link.who for link in body.presiding))
        offices = [rules.offices.get(name) for name in who]
        followed = [rules.offices.get(office.follows or "") for office in offices if office is not None]
        asked = [rule for name in who for rule in asked_of(rules, name)]
        return context.number("chairs", who, *(id(rule) for rule in (*offices, *followed, *asked)))

    return context.shared(("chairs", id(body.presiding), id(rules.offices), id(rules.composition)), make)


def regardless_of_chairs(context: Context, rules: Rules, body: BodyRules) -> Electorate:
    """The cells of a body for a question in which it does not matter who may preside, and who does: made
    once for all bodies that differ in that only."""
    own = id(body.seats), id(body.caps), id(body.quorum), id(body.inquorate), id(body.decisions)
    key = ("regardless of chairs", *own)
    return context.shared(key, lambda: _seated(context, rules, body, None))


def as_called(context: Context, rules: Rules, name: str) -> tuple[Rules, BodyRules]:
    """The rules on a meeting as it is called: what an adjourned one needs is for the next time."""
    body = rules.bodies[name]
    if all(rule.second_quorum is None for rule in body.inquorate):
        return rules, body

    def make() -> tuple[Rules, Rules]:
        once = replace(body, inquorate=tuple(r for r in body.inquorate if r.second_quorum is None))
        return rules, replace(rules, bodies={**rules.bodies, name: once})

    _, called = context.shared(("as called", id(rules), name), make)
    return called, called.bodies[name]


MANY = 1_000
"""Places that are filled of a seat without a stated limit."""


def open_sized(body: BodyRules) -> bool:
    """Whether the text leaves open how many seats are filled of those that vote or that a quorum counts."""
    return any(_open(seat, counted_roles(body)) for seat in body.seats)


def _open(seat: SeatRule, roles: Collection[Role]) -> bool:
    return seat.role in roles and (seat.optional or seat.high != seat.low)


def filled(context: Context, body: BodyRules, many: int = MANY) -> BodyRules:
    """The body with as many as the text allows of its seats that vote or that a quorum counts. `many`:
    places of a seat without a stated limit, or so many as there must be."""
    roles = counted_roles(body)

    def held(seat: SeatRule) -> SeatRule:
        low = max(seat.low, many) if seat.high is None else seat.high
        return replace(seat, low=low, optional=False) if _open(seat, roles) else seat

    def seats() -> tuple[SeatRule, ...]:
        return tuple(map(held, body.seats))

    def make() -> tuple[BodyRules, BodyRules]:
        return body, replace(body, seats=context.shared(("filled seats", id(body.seats), many, roles), seats))

    return context.shared(("filled", id(body), many), make)[1]


def fillings(context: Context, body: BodyRules) -> Iterator[BodyRules]:
    """The body with all its seats filled that vote or that a quorum counts: of a seat without a stated
    limit first many places, then one. What holds of both does not rest on how many somebody chose to fill."""
    yield filled(context, body)
    if any(seat.high is None for seat in body.seats if seat.role in counted_roles(body)):
        yield filled(context, body, 1)


def at_its_most(context: Context, rules: Rules, name: str) -> tuple[Rules, BodyRules]:
    """The rules, with as many seats on one body as the text allows."""
    body = filled(context, rules.bodies[name])

    def make() -> tuple[Rules, Rules]:
        return rules, replace(rules, bodies={**rules.bodies, name: body})

    return context.shared(("at its most", id(rules), name), make)[1], body


def same_votes(context: Context, rules: Rules, body: BodyRules) -> tuple[object, ...]:
    """All that a question about votes depends on where the chair and the deputy chair are there: two readings
    in which it is the same have one answer."""

    def extra_vote() -> str | None:
        rule = presiding(body, "present", "present")
        return rule.extra_vote if rule is not None else None

    return (
        body.name,
        context.kept(electorate_of(context, rules, body).cells),
        context.content(body.quorum),
        context.content(body.inquorate),
        id(body.decisions),
        context.shared(("extra vote", id(body.presiding)), extra_vote),
        rules.reading["base-of-a-majority"],
        rules.reading["rounding"],
    )


def of_one_size(context: Context, body: BodyRules) -> bool:
    """Whether the text says how many voting seats there are."""
    make = partial(_of_one_size, body)
    return context.shared(("of one size", id(body.seats)), make)


def _of_one_size(body: BodyRules) -> bool:
    return all(seat.high == seat.low for seat in body.voting)


def deputies_count(body: BodyRules) -> bool:
    """Whether everybody who cannot come may send somebody who counts: then no absence need end the quorum."""
    return any(s.kind != "proxy" and s.counts_to_quorum and s.seats is None for s in body.standins)
