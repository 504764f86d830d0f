"""How a text lets members go: they leave, they are removed, or one organisation becomes part of another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from govmodel.dataclass import replace
from govmodel.model.rules import BodyRules, MembershipRule, PartyRule, RouteRule, Rule, Rules, SeatRule
from govmodel.semantics.counting import groups_of

ALL = frozenset({"member", "members", "anyone", "parties", "party"})
"""Words for every member."""
EVERY_PARTY = frozenset({"parties", "party"})
"""Words for every organisation."""


class Departure(NamedTuple):
    """By which rule an organisation, or who sits for none, may go, and the body afterwards: in each of the
    ways that the text leaves open. `into`: the organisation of which it becomes a part."""

    how: Literal["leaves", "removed", "merged"]
    rule: Rule
    who: str
    left: tuple[BodyRules, ...]
    into: str | None = None


def lets_go(rule: Rule) -> bool:
    """Whether a rule may have members go."""
    match rule:
        case MembershipRule():
            return bool(rule.leaves)
        case RouteRule():
            return rule.verb == "removes"
        case PartyRule():
            return rule.successor is not None
        case _:
            return False


def departures(rules: Rules, body: BodyRules) -> Iterator[Departure]:
    """Everybody who may go, by rule, of a body all of whose seats are filled."""
    for rule in body.membership:
        if rule.leaves:
            for name, own in _leaving(rules, body, rule).items():
                yield Departure("leaves", rule, name, (without(body, own),))
    organisations = _organisations(rules, body)
    for route in rules.routes:
        if route.verb == "removes":
            for name, own in organisations.items():
                if set(route.whom) & {name, *rules.parties[name].classes, *EVERY_PARTY}:
                    yield Departure("removed", route, name, (without(body, own),))
    for name, own in organisations.items():
        party = rules.parties[name]
        into = rules.parties.get(party.successor or "")
        if into is not None and into is not party:
            ways = (without(body, own), _passed(body, own, into))
            yield Departure("merged", party, name, ways, into.name)


def without(body: BodyRules, gone: tuple[SeatRule, ...]) -> BodyRules:
    """The body when these seats are no seats any more."""
    return replace(body, seats=tuple(seat for seat in body.seats if seat not in gone))


def _passed(body: BodyRules, own: tuple[SeatRule, ...], into: PartyRule) -> BodyRules:
    """The body when these seats are another organisation's."""
    seats = (
        replace(seat, party=into.name, classes=into.classes) if seat in own else seat for seat in body.seats
    )
    return replace(body, seats=tuple(seats))


def _organisations(rules: Rules, body: BodyRules) -> dict[str, tuple[SeatRule, ...]]:
    """The organisations that have voting seats, with these; a sector is none."""
    found: dict[str, list[SeatRule]] = {}
    for seat in body.voting:
        party = rules.parties.get(seat.party or "")
        if party is not None and not party.sector:
            found.setdefault(party.name, []).append(seat)
    return {name: tuple(own) for name, own in found.items()}


def _leaving(rules: Rules, body: BodyRules, rule: MembershipRule) -> dict[str, tuple[SeatRule, ...]]:
    """Who may leave by a rule, with all seats of each: organisations, and seats for one that are nobody's."""
    found: dict[str, list[SeatRule]] = {}
    for seat in body.voting:
        words = groups_of(seat) | {seat.nominated_by}
        if not set(rule.leaves) & (words | ALL | {f"{body.name}.members"}):
            continue
        party = rules.parties.get(seat.party or "")
        if party is not None and not party.sector:
            found.setdefault(party.name, []).append(seat)
        elif party is None and seat.low == 1:
            found.setdefault(seat.name, []).append(seat)
    return {name: tuple(own) for name, own in found.items()}
