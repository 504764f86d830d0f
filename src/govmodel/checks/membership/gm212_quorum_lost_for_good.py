"""GM212: once a member has left, as the text allows, no meeting can ever be quorate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from govmodel.checks.asking import ask
from govmodel.checks.bodies import meeting_bodies
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, lowered, result
from govmodel.checks.spaces import of_kind, seen_by_heads, takes_shares
from govmodel.checks.stories import seat_title
from govmodel.exact.coalitions import fewest_quorate
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import (
    BodyRules,
    InquorateRule,
    MembershipRule,
    QuorumRule,
    Reading,
    Rules,
    SeatRule,
)
from govmodel.model.verdict import Verdict
from govmodel.semantics.cells import electorate
from govmodel.semantics.counting import groups_of, places
from govmodel.semantics.replay import inquorate_without
from govmodel.smt.questions.meetings import reachable
from govmodel.words import numbers, text
from govmodel.words.text import listed

ID, NAME = "GM212", "quorum lost for good"

ALL = frozenset({"member", "members", "anyone", "parties", "party"})
"""Words for every member."""


class Lost(NamedTuple):
    """By which rule members may leave, and those any one of whom takes the quorum along."""

    rule: MembershipRule
    who: tuple[str, ...]


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    number = 0
    for body in meeting_bodies(context):
        rules_of_body = context.of_body(body.name)
        if not any(isinstance(rule, MembershipRule) and rule.leaves for rule in rules_of_body):
            continue
        about = of_kind(SeatRule, QuorumRule, InquorateRule, MembershipRule)
        leans = ("rounding",) if takes_shares(context, body.name) else ()
        space = context.space(about, *leans, body=body.name, seen=seen_by_heads)
        asked = ask(context, ID, body.name, space, partial(_lost, context))
        number += asked.number
        undecided += asked.undecided
        if not asked.found:
            continue
        reading, readings, base = asked.where(context)
        found = asked.found[0][1]
        made = _finding(context, body.name, found, reading, readings, base)
        if isinstance(made, Finding):
            findings.append(made)
        elif made is not None:
            undecided.append(made)
    return result(ID, findings, undecided, number)


def _lost(context: Context, rules: Rules, body: BodyRules) -> Lost | str | None:
    """Those who may leave and without any one of whom no attendance is quorate, with every seat filled that
    may be. Nobody where others may let new members in."""
    leaving = [rule for rule in body.membership if rule.leaves]
    others = [m for m in body.membership if m.joins and m.agreed_by not in (body.name, "members", "body")]
    if not body.quorum or not leaving or others:
        return None
    whole = _filled(body)
    within = _reached(context, rules, whole)
    if within is not True:
        return within or None  # GM201
    for rule in leaving:
        who = []
        for name, own in _members(rules, whole, rule).items():
            left = replace(whole, seats=tuple(s for s in whole.seats if s not in own))
            if not left.voting:
                continue
            reached = _reached(context, rules, left)
            if isinstance(reached, str):
                return reached
            if not reached:
                who.append(name)
        if who:
            return Lost(rule, tuple(who))
    return None


def _filled(body: BodyRules) -> BodyRules:
    """The body with its optional voting seats filled."""
    seats = tuple(
        replace(s, optional=False, low=max(s.low, s.high or 1)) if s.role == "voting" else s
        for s in body.seats
    )
    return replace(body, seats=seats)


def _members(rules: Rules, body: BodyRules, rule: MembershipRule) -> dict[str, tuple[SeatRule, ...]]:
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


def _reached(context: Context, rules: Rules, body: BodyRules) -> bool | str:
    """Whether some attendance is quorate, by solver and closed form; a text: undecided."""
    seats = electorate(rules, body)

    def make() -> bool | str:
        closed = fewest_quorate(rules, seats)
        answer = reachable(rules, seats, effort=context.effort, beside=context.numbers, fewest=False)
        if answer.verdict is Verdict.UNKNOWN or closed is None:
            return answer.why or "too many seats for the closed form"
        if (answer.verdict is Verdict.HOLDS) != (closed != ()):
            return "the solver and the closed form disagree"
        return answer.verdict is Verdict.HOLDS

    return context.once("ever quorate", rules, seats, make)


def _confirmed(rules: Rules, body: BodyRules, name: str) -> bool:
    """Whether the judge finds no quorum without this member, whose seats are no seats any more."""
    whole = _filled(body)
    own = [s for s in whole.seats if name in (s.party, s.name)]
    left = replace(whole, seats=tuple(s for s in whole.seats if s not in own))
    return inquorate_without(rules, left, ())


def _finding(
    context: Context,
    name: str,
    found: Lost,
    told_in: Reading,
    readings: tuple[Reading, ...],
    base: bool,
) -> Finding | Undecided | None:
    level = lowered("warning", base)
    if level is None:
        return None
    rules = context.rules(told_in)
    body = rules.bodies[name]
    if not all(_confirmed(rules, body, who) for who in found.who):
        why = "the judge does not confirm that there is no quorum afterwards"
        return Undecided(check=ID, subject=name, why=why)
    titles = _titles(rules, body, found.who)
    quorum, leave = text.clause(clauses_of(*body.quorum), "is", "are"), text.clause(found.rule.clauses)
    notice = (
        f" after a notice of {numbers.length(found.rule.notice)}" if found.rule.notice is not None else ""
    )
    size = len(places(body))
    one = titles[0] if len(titles) == 1 else f"any one of {listed(titles[:4], 'or')}"
    if len(titles) > 4:
        one = "any one of its members" if len(titles) >= size else f"any one of {len(titles)} members"
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=clauses_of(found.rule, *body.quorum),
        subject=name,
        message=f"the {body.title} can never be quorate again once {one} has left",
        mark=found.rule.mark,
        story=(
            f"{titles[0]} leaves the {body.title} by {leave}{notice}, as it may.",
            f"All others come to every meeting. {text.capital(quorum)} not met, however many of them come.",
            "Without a quorum the body can neither take in another member nor change its quorum.",
        ),
        told_in=told_in,
        help="Say who else then counts, or that the quorum is a share of the members who are left.",
        readings=readings,
        in_base=base,
        evidence={"who": list(found.who)},
    )


def _titles(rules: Rules, body: BodyRules, names: Sequence[str]) -> list[str]:
    return [rules.parties[n].title if n in rules.parties else seat_title(rules, body, n) for n in names]


CHECK = Check(ID, NAME, run)
