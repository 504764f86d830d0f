"""One meeting: whether it is quorate, and what comes of a vote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

from govmodel.dataclass import dataclass, replace
from govmodel.model.expressions import Condition, Threshold
from govmodel.model.rules import BodyRules, DecisionRule, InquorateRule, InterestRule, QuorumRule, Role, Rules
from govmodel.model.verdict import Gathering
from govmodel.model.vocabulary import ROLES
from govmodel.model.walk import counts_in
from govmodel.semantics.counting import Room, groups_of, heads_of, holds, known_group, places, room
from govmodel.semantics.deciding import rules_for
from govmodel.semantics.presiding import presiding

Outcome: TypeAlias = Literal["carried", "lost", "tied", "no rule", "not allowed"]
"""`tied`: equal votes, one more would carry it, and nobody has cast one. `not allowed`: the votes as
given break a rule (a cap, a bar), so this is no vote at all."""

TIES: frozenset[str] = frozenset({"share", "plurality"})
"""Kinds of threshold under which equal votes decide nothing. Consensus, all or a number of votes is
reached or it is not: an equal number against it is no tie."""


def rounding(rules: Rules, stated: str | None) -> str:
    return stated or rules.reading["rounding"]


# quorum


def not_counted(body: BodyRules, gathering: Gathering) -> set[str]:
    """Who is in the room and yet does not count towards the quorum."""
    out: set[str] = set()
    if any(s.counts_to_quorum is False for s in body.standins if s.kind != "proxy"):
        out |= set(gathering.standing_in)
    if any(i.counts_to_quorum is False for i in body.interests):
        out |= set(gathering.barred)
    return out


def sittings(body: BodyRules) -> tuple[tuple[QuorumRule, ...], ...]:
    """The ways in which a meeting of a body may be valid, each with the quorums that it must then meet:
    as it is called; and, where the text offers that after the first quorum was not reached, a second
    time with another quorum, or with whoever has come (none)."""
    found = [body.quorum]
    for rule in body.inquorate:
        if rule.when == "lost" or not body.quorum:
            continue
        if rule.then == "continue":
            found.append(())
        elif rule.second_quorum is not None:
            found.append((second_quorum(rule, rule.second_quorum),))
    return tuple(found)


def second_quorum(rule: InquorateRule, needs: Condition) -> QuorumRule:
    """The quorum that a second meeting has of its own."""
    return QuorumRule(
        clauses=rule.clauses, mark=rule.mark, gate=rule.gate, body=rule.body, needs=needs, gates="meeting",
        measured=None, rounding=None,
    )  # fmt: skip


def counted_roles(body: BodyRules) -> tuple[Role, ...]:
    """The roles of seats on which a meeting depends: those that vote, and those that a quorum counts."""
    counted = {role for sitting in sittings(body) for quorum in sitting for role in quorum.counts}
    return tuple(role for role in ROLES if role == "voting" or role in counted)


def met(rules: Rules, gathering: Gathering, quorums: Sequence[QuorumRule]) -> bool:
    """Whether all of these quorums are met by those in the room."""
    body = rules.bodies[gathering.body]
    out = not_counted(body, gathering)
    counted = {quorum.counts for quorum in quorums}
    here = {roles: room(body, gathering.present, left_out=out, roles=roles) for roles in counted}
    return all(
        holds(heads_of(rules, quorum), here[quorum.counts], rounding(rules, quorum.rounding))
        for quorum in quorums
    )


def quorate(rules: Rules, gathering: Gathering) -> bool:
    """Whether those in the room can hold a meeting, be it a second one. No quorum rule: yes."""
    return any(met(rules, gathering, quorums) for quorums in sittings(rules.bodies[gathering.body]))


# votes


def governing(rules: Rules, gathering: Gathering) -> DecisionRule | None:
    """The rule by which this meeting carries what is put to it."""
    body = rules.bodies[gathering.body]
    found = rules_for(
        body, gathering.matter, touching=gathering.touching, election_round=gathering.election_round,
        written=gathering.in_writing,
    )  # fmt: skip
    if not found or found[0].when is None:
        return next(iter(found), None)
    here = room(body, gathering.present)
    return next((d for d in found if d.when is None or holds(d.when, here, rounding(rules, None))), None)


def left_out(rules: Rules, gathering: Gathering, name: str | None) -> frozenset[str]:
    """The voting places that a name leaves out of a vote, or of the number that a share is of.

    Raises:
        NotCountable: it is not known which they are.
    """
    if name is None:
        return frozenset()
    body = rules.bodies[gathering.body]
    if name == "subject" and gathering.subject is not None:
        return frozenset({gathering.subject})
    known_group(rules, body, name)
    return frozenset(place for place, seat in places(body).items() if name in groups_of(seat))


def votes_of(body: BodyRules, seats: Iterable[str]) -> int:
    where = places(body)
    return sum(where[place].votes for place in seats)


def within_caps(body: BodyRules, casting: Iterable[str]) -> bool:
    """Whether no cap is exceeded when these places cast their votes."""
    if not body.caps:
        return True
    where = places(body)
    cast = list(casting)
    return all(
        sum(where[p].votes for p in cast if where[p].party in cap.parties) <= cap.at_most for cap in body.caps
    )


def most_votes(body: BodyRules, seats: Sequence[str]) -> int:
    """The most votes that these places can cast together, caps observed."""
    where = places(body)
    if not body.caps:
        return sum([where[place].votes for place in seats if place in where])
    votes: dict[str | None, int] = {}
    for seat in (where[place] for place in seats if place in where):
        votes[seat.party] = votes.get(seat.party, 0) + seat.votes
    groups: dict[tuple[bool, ...], int] = {}
    for party, own in votes.items():
        key = tuple([party in cap.parties for cap in body.caps])
        groups[key] = groups.get(key, 0) + own
    return most_in(list(groups.items()), [cap.at_most for cap in body.caps])


def most_in(groups: Sequence[tuple[tuple[bool, ...], int]], caps: Sequence[int]) -> int:
    """The most votes of groups of seats: each (in which caps it is, how many votes it has)."""
    return _pack(tuple(g for g in groups if g[1]), tuple(caps))


@lru_cache(maxsize=10_000)
def _pack(groups: tuple[tuple[tuple[bool, ...], int], ...], left: tuple[int, ...]) -> int:
    """The most that fits: each group in some caps, each cap with so much left."""
    if not groups:
        return 0
    (key, size), rest = groups[0], groups[1:]
    room_here = min([size, *(cap for cap, inside in zip(left, key, strict=True) if inside)])
    free = not any(any(a and b for a, b in zip(key, other, strict=True)) for other, _ in rest)
    tries = [room_here] if free else range(room_here, -1, -1)
    return max(
        taken
        + _pack(rest, tuple(cap - taken if inside else cap for cap, inside in zip(left, key, strict=True)))
        for taken in tries
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes counted, the presider's second vote included where it was cast."""

    in_favour: int
    against: int
    casting_used: bool
    outcome: Outcome


def interest_rules(body: BodyRules) -> tuple[InterestRule, ...]:
    """The rules on interests that keep a member from voting."""
    return tuple(i for i in body.interests if i.votes is False)


def may_send_proxies(body: BodyRules, matter: str) -> frozenset[str]:
    """The voting places whose holders may vote by proxy on a matter when nobody is there for them: as the
    rules on that matter say, else those on any, else a rule on proxies."""
    plain = [d for d in body.decisions if d.proxies and not d.touching and d.when is None and d.round == 1]
    stating = [d for d in plain if matter in d.matters] or [d for d in plain if "any" in d.matters]
    if stating:
        return frozenset(places(body)) if stating[-1].proxies != "no" else frozenset()
    proxies = [s for s in body.standins if s.kind == "proxy" and s.votes is not False]
    proxies = [s for s in proxies if s.matter is None or s.matter == matter]
    return frozenset(
        place
        for place, seat in places(body).items()
        if any(s.seats is None or s.seats in groups_of(seat) for s in proxies)
    )


def tally(rules: Rules, gathering: Gathering) -> Tally:
    """What becomes of the proposal. The presider's second vote goes the way of the first. Votes that were
    cast count though no rule says who presides: the text does not make them void (decision 28).

    Raises:
        NotCountable: somebody has no vote, or is left out of a number, and the gathering does not say who.
    """
    body = rules.bodies[gathering.body]
    decision = governing(rules, gathering)
    cast = (*gathering.in_favour, *gathering.against)
    here = set(gathering.present)
    mute = left_out(rules, gathering, decision.without if decision else None)
    if mute:  # who has no vote does not abstain either
        gathering = replace(gathering, abstaining=tuple(p for p in gathering.abstaining if p not in mute))
    proxies = set(gathering.by_proxy)
    legal = (
        set(cast) | set(gathering.abstaining) <= here | proxies
        and not proxies & here
        and (not proxies or proxies <= may_send_proxies(body, gathering.matter))
        and set(cast) <= set(places(body)) - mute
        and len({*cast, *gathering.abstaining}) == len(cast) + len(gathering.abstaining)
        and not set(cast) & set(gathering.barred)
        and within_caps(body, cast)
    )
    if not legal:
        return Tally(0, 0, False, "not allowed")
    carried = decision.carried if decision else None
    out = left_out(rules, gathering, carried.without if carried else None)
    favour = votes_of(body, (p for p in gathering.in_favour if p not in out))
    against = votes_of(body, (p for p in gathering.against if p not in out))
    if decision is None or decision.carried is None:
        return Tally(favour, against, False, "no rule")
    rule = presiding(body, gathering.chair, gathering.deputy)
    extra = rule.extra_vote if rule and gathering.presider in here else None
    side = 0
    if gathering.presider not in out:
        side = (gathering.presider in gathering.in_favour) - (gathering.presider in gathering.against)
    if extra == "additional" and side:
        favour, against = favour + (side > 0), against + (side < 0)
    bases = room(
        body, gathering.present, in_favour=gathering.in_favour, against=gathering.against,
        abstaining=gathering.abstaining, barred=gathering.barred,
    )  # fmt: skip

    def carries(votes_for: int, votes_against: int) -> bool:
        return reached(rules, decision.carried, votes_for, votes_against, gathering, bases, out)

    if carries(favour, against):
        return Tally(favour, against, False, "carried")
    equal = favour == against and favour > 0 and decision.carried.kind in TIES
    if equal and carries(favour + 1, against):
        if extra == "casting" and side:
            outcome: Outcome = "carried" if side > 0 else "lost"
            return Tally(favour + (side > 0), against + (side < 0), True, outcome)
        if decision.equal_votes in ("not-carried", "carried"):
            return Tally(
                favour, against, False, "lost" if decision.equal_votes == "not-carried" else "carried"
            )
        return Tally(favour, against, False, "tied")
    return Tally(favour, against, False, "lost")


def reached(
    rules: Rules,
    threshold: Threshold | None,
    favour: int,
    against: int,
    gathering: Gathering,
    bases: Room,
    out: frozenset[str],
) -> bool:
    """Whether so many votes for and against reach a threshold. Bases are counted in votes, without those
    of the places that are left `out`."""
    if threshold is None:
        return False
    if threshold.kind == "consensus":
        return favour > 0 and against == 0
    if threshold.kind == "plurality":
        return favour > against
    if threshold.kind == "formula":
        if threshold.formula is None:
            raise ValueError("a formula without a condition passed the loader")
        if favour <= 0:  # nothing is carried without a vote for it (decision 14)
            return False
        for count in counts_in(threshold.formula):
            known_group(rules, rules.bodies[gathering.body], count.without)
        return holds(threshold.formula, bases, "up")
    if threshold.kind == "count":
        return favour >= threshold.number
    base = threshold.base or rules.reading["base-of-a-majority"]
    body = rules.bodies[gathering.body]
    return reaches(threshold, favour, base_in_votes(body, base, favour, against, gathering, out))


def reaches(threshold: Threshold, favour: int, of: int) -> bool:
    """Whether a share or all of a base of `of` votes is reached. Without a vote for it nothing is."""
    if favour <= 0:
        return False
    if threshold.kind == "all":
        return favour >= of - threshold.number
    share = threshold.share
    own, needed = share.denominator * favour, share.numerator * of
    return own > needed if threshold.strict else own >= needed


def base_in_votes(
    body: BodyRules,
    base: str,
    favour: int,
    against: int,
    gathering: Gathering,
    out: frozenset[str] = frozenset(),
) -> int:
    """The size of a base, in votes: what its members could cast at most, caps observed."""
    everyone = tuple(p for p in places(body) if p not in out)
    if base in ("seats", "members"):
        return most_votes(body, everyone)
    if base == "entitled":
        return most_votes(body, tuple(p for p in everyone if p not in gathering.barred))
    if base == "present":
        return most_votes(body, tuple(p for p in gathering.present if p not in out))
    if base == "taking-part":
        # A cap holds for those who abstain too; a second vote comes on top.
        cast = tuple(p for p in (*gathering.in_favour, *gathering.against) if p not in out)
        silent = tuple(p for p in gathering.abstaining if p not in out)
        second = favour + against - votes_of(body, cast)
        return most_votes(body, (*cast, *silent)) + second
    return favour + against
