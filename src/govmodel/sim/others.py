"""What others have to say to the decisions of a body: whose consent they need, who need not be bound by
them, who lifts a bar for an interest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from govmodel.model.rules import BodyRules, DecisionRule, InterestRule, Rules, SeatRule
from govmodel.model.scenario import Scenario
from govmodel.semantics.counting import groups_of
from govmodel.semantics.deciding import at_meetings
from govmodel.semantics.meeting import may_send_proxies
from govmodel.sim.randomness import threshold

EVERYBODY = frozenset({"member", "members", "parties", "anyone"})
"""Words for all who have a seat on a body."""


@dataclass(frozen=True, slots=True)
class Giver:
    """Somebody whose consent a decision needs, and the threshold of giving it."""

    name: str
    title: str
    gives: int


def plainly(rule: DecisionRule, matter: str) -> bool:
    """Whether what a rule says besides how a matter is carried holds in every case, at a meeting."""
    named = matter in rule.matters or "any" in rule.matters
    return named and not rule.touching and rule.round == 1 and rule.when is None and at_meetings(rule)


def givers(
    rules: Rules, scenario: Scenario, body: BodyRules, where: Mapping[str, SeatRule], matter: str
) -> tuple[Giver, ...]:
    """Whose consent a decision on a matter needs. A class, or the members, are asked one by one: each
    organisation that has a seat here."""
    consents = scenario.uses.consents
    if consents is None:
        return ()
    found: dict[str, Giver] = {}
    for rule in body.decisions:
        if not plainly(rule, matter):
            continue
        for name in rule.consent_of:
            for own, title in _those(rules, where, name):
                chance = consents.by_giver.get(own, consents.of(name))
                found.setdefault(own, Giver(own, title, threshold(chance)))
    return tuple(found.values())


def _those(rules: Rules, where: Mapping[str, SeatRule], name: str) -> Iterator[tuple[str, str]]:
    """Who is meant by a name, each as (name, title)."""
    here = [(p, seat) for p, seat in where.items() if name in EVERYBODY or name in groups_of(seat)]
    if name not in rules.parties and here:
        for place, seat in here:
            party = rules.parties.get(seat.party or "")
            yield (party.name, party.title) if party else (place, seat.holder or place.replace("-", " "))
        return
    titled = rules.bodies.get(name) or rules.offices.get(name) or rules.parties.get(name)
    yield name, titled.title if titled else name.replace("-", " ")


def may_opt_out(
    scenario: Scenario, body: BodyRules, where: Mapping[str, SeatRule], matter: str
) -> tuple[bool, ...]:
    """Which places may opt out of a decision on a matter; none: nobody may, or the scenario does not say
    who does."""
    if scenario.uses.opting_out is None:
        return ()
    names = {rule.may_opt_out for rule in body.decisions if rule.may_opt_out and plainly(rule, matter)}
    free = tuple(bool(names & (EVERYBODY | groups_of(seat))) for seat in where.values())
    return free if any(free) else ()


def by_proxy(
    scenario: Scenario, body: BodyRules, where: Mapping[str, SeatRule], matter: str
) -> tuple[bool, ...]:
    """Which places may vote by proxy on a matter; none: nobody may, or the scenario does not say who does."""
    may = may_send_proxies(body, matter) if scenario.uses.proxies is not None else ()
    return tuple(place in may for place in where) if may else ()


def rounds_of(body: BodyRules, matter: str) -> int:
    """How many rounds of an election the text has for a matter that it names."""
    known = {rule.round for rule in body.decisions if matter in rule.matters and rule.carried}
    number = 1
    while number + 1 in known:
        number += 1
    return number


# bars


def _effect(interests: list[InterestRule]) -> tuple[bool, int, bool]:
    """What rules do to a member with an interest: (no vote, how surely they leave, not counted)."""
    order = (None, "no", "may", "should", "must")
    leave = max((order.index(i.withdraws) for i in interests if i.kind != "personal"), default=0)
    return (
        any(i.votes is False for i in interests),
        max(leave, 1),
        any(i.counts_to_quorum is False for i in interests),
    )


def lifters(body: BodyRules) -> tuple[str, ...] | None:
    """Who may lift every bar for an interest here. Empty: nobody, or there is another bar that stays and
    does the same. None: what is left when some are lifted is not run."""
    waived = [i for i in body.interests if i.waived_by is not None]
    rest = [i for i in body.interests if i.waived_by is None]
    if not waived or _effect(rest) == _effect(list(body.interests)):
        return ()
    if _effect(rest) != _effect([]):
        return None
    return tuple(dict.fromkeys(i.waived_by for i in waived if i.waived_by))
