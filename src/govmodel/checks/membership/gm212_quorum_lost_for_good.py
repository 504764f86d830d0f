"""GM212: once a member has gone, as the text allows, no meeting can ever be quorate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple, TypeAlias, assert_never

from govmodel.checks.asking import Held, told_by_key
from govmodel.checks.bodies import fillings, meeting_bodies, regardless_of_chairs
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of
from govmodel.checks.membership.departures import Departure, departures, lets_go
from govmodel.checks.membership.quorums import unmet
from govmodel.checks.spaces import of_kind, seen_by_heads, takes_shares
from govmodel.checks.stories import seat_title
from govmodel.dataclass import replace
from govmodel.exact.quorums import fewest_quorate
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import (
    BodyRules,
    InquorateRule,
    MembershipRule,
    PartyRule,
    QuorumRule,
    RouteRule,
    Rules,
    SeatRule,
)
from govmodel.model.verdict import Verdict
from govmodel.reading import Readings
from govmodel.semantics.counting import places
from govmodel.semantics.replay import inquorate_without
from govmodel.smt.questions.meetings import reachable
from govmodel.words import numbers, text
from govmodel.words.text import listed

ID, NAME = "GM212", "quorum lost for good"


_Key: TypeAlias = tuple[str, tuple[str, ...], str]
"""How somebody goes, by which clauses, and who."""


class Lost(NamedTuple):
    """Those any one of whom takes the quorum along when it goes by one rule."""

    departures: tuple[Departure, ...]

    @property
    def first(self) -> Departure:
        return self.departures[0]


def run(context: Context) -> CheckResult:
    rules = context.rulebook.rules
    among = [rule for rule in rules if isinstance(rule, (RouteRule, PartyRule)) and lets_go(rule)]
    bodies = [
        body
        for body in meeting_bodies(context)
        if among or any(lets_go(rule) for rule in context.of_body(body.name))
    ]

    def space(context: Context, body: str) -> Readings:
        kinds = of_kind(SeatRule, QuorumRule, InquorateRule, MembershipRule, RouteRule, PartyRule)
        leans = ("rounding",) if takes_shares(context, body) else ()
        own = (*context.of_body(body), *among)
        return context.space(kinds, *leans, among=own, seen=seen_by_heads)

    return told_by_key(
        context,
        ID,
        space,
        partial(_lost, context),
        key=lambda lost: (lost.first.how, lost.first.rule.clauses),
        level=lambda _: "warning",
        tell=partial(_finding, context),
        bodies=bodies,
    )


def _lost(context: Context, rules: Rules, body: BodyRules) -> tuple[Lost, ...] | str | None:
    """Those who may go and without any one of whom no attendance is quorate, with every seat filled that may
    be (in whatever number, where there is no limit), by rule. Nobody where others may let new members in."""
    others = [m for m in body.membership if m.joins and m.agreed_by not in (body.name, "members", "body")]
    if not body.quorum or others:
        return None
    found: dict[_Key, Departure] | None = None
    for whole in fillings(context, body):
        lost = _lost_of(context, rules, whole)
        if isinstance(lost, str):
            return lost
        if lost is not None:
            found = lost if found is None else {key: found[key] for key in found if key in lost}
            if not found:
                return None
    by_rule: dict[tuple[str, tuple[str, ...]], list[Departure]] = {}
    for (how, clauses, _), departure in (found or {}).items():
        by_rule.setdefault((how, clauses), []).append(departure)
    return tuple(Lost(tuple(own)) for own in by_rule.values()) or None


def _lost_of(context: Context, rules: Rules, whole: BodyRules) -> dict[_Key, Departure] | str | None:
    """The same of a body whose seats are filled in one way. None: nobody may go, or no attendance is quorate
    as it is, which is GM201."""
    may_go = tuple(departures(rules, whole))
    within = _reached(context, rules, whole) if may_go else None
    if within is not True:
        return within or None
    found: dict[_Key, Departure] = {}
    for departure in may_go:
        reached = [_reached(context, rules, left) for left in departure.left if left.voting]
        why = next((answer for answer in reached if isinstance(answer, str)), None)
        if why is not None:
            return why
        if reached and not any(reached):
            found[departure.how, departure.rule.clauses, departure.who] = departure
    return found


def _reached(context: Context, rules: Rules, body: BodyRules) -> bool | str:
    """Whether some attendance is quorate, by solver and closed form; a text: undecided."""
    seats = regardless_of_chairs(context, rules, body)

    def make() -> bool | str:
        closed = fewest_quorate(rules, seats)
        answer = reachable(rules, seats, effort=context.effort, beside=context.numbers, fewest=False)
        if answer.verdict is Verdict.UNKNOWN or closed is None:
            return answer.why or "too many seats for the closed form"
        if (answer.verdict is Verdict.HOLDS) != (closed != ()):
            return "the solver and the closed form disagree"
        return answer.verdict is Verdict.HOLDS

    return context.once("ever quorate", rules, seats, make)


def _finding(context: Context, name: str, found: Sequence[Lost], held: Held) -> Finding | Undecided:
    rules, lost = context.rules(held.told_in), found[0]
    body, first = rules.bodies[name], lost.first
    every = (left for departure in lost.departures for left in departure.left if left.voting)
    if not all(inquorate_without(rules, left, ()) for left in every):
        why = "the judge does not confirm that there is no quorum afterwards"
        return Undecided(check=ID, subject=name, why=why)
    titles = [_title(rules, body, departure.who) for departure in lost.departures]
    size = len(places(body))
    one = titles[0] if len(titles) == 1 else f"any one of {listed(titles[:4], 'or')}"
    if len(titles) > 4:
        one = "any one of its members" if len(titles) >= size else f"any one of {len(titles)} members"
    left = next(left for left in first.left if left.voting)
    missed = unmet(rules, left)
    if not all(_lost_by(context, rules, missed, whole) for whole in first.left if whole.voting):
        missed = body.quorum
    quorum = text.clause(clauses_of(*missed), "is", "are")
    once, story = _told(rules, body, first, titles[0], one)
    return Finding(
        check=ID,
        name=NAME,
        level=held.level,
        clauses=clauses_of(first.rule, *missed),
        subject=name,
        message=f"the {body.title} can never be quorate again once {once}",
        mark=first.rule.mark,
        story=(
            *story,
            f"All others come to every meeting. {text.capital(quorum)} not met, however many of them come.",
            "Without a quorum the body can neither take in another member nor change its quorum.",
        ),
        told_in=held.told_in,
        help="Say who else then counts, or that the quorum is a share of the members who are left.",
        readings=held.readings,
        in_base=held.in_base,
        evidence={"how": first.how, "who": [departure.who for departure in lost.departures]},
    )


def _lost_by(context: Context, rules: Rules, missed: tuple[QuorumRule, ...], left: BodyRules) -> bool:
    """Whether these quorums alone are lost."""
    return _reached(context, rules, replace(left, quorum=missed)) is False


def _told(
    rules: Rules, body: BodyRules, first: Departure, title: str, one: str
) -> tuple[str, tuple[str, ...]]:
    """What has happened, in a clause, and how it comes to that."""
    by = text.clause(first.rule.clauses)
    match first.how:
        case "leaves":
            notice = first.rule.notice if isinstance(first.rule, MembershipRule) else None
            after = f" after a notice of {numbers.length(notice)}" if notice is not None else ""
            return f"{one} has left", (f"{title} leaves the {body.title} by {by}{after}, as it may.",)
        case "removed":
            return f"{one} has been removed", (f"{title} is removed by {by}, as the text allows.",)
        case "merged":
            into = rules.parties[first.into or ""].title
            return f"{one} has become a part of {into}", (
                f"{title} becomes a part of {into}, which follows it by {by}.",
                "Its seats go with it, or they pass on: it makes no difference here.",
            )
        case _:
            assert_never(first.how)


def _title(rules: Rules, body: BodyRules, name: str) -> str:
    return rules.parties[name].title if name in rules.parties else seat_title(rules, body, name)


CHECK = Check(ID, NAME, run)
