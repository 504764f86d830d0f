"""Seats that one person has by one office."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from govmodel.checks.bodies import meeting_bodies
from govmodel.checks.context import Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered
from govmodel.checks.spaces import of_kind
from govmodel.checks.stories import plural
from govmodel.model.finding import Finding
from govmodel.model.rules import (
    BodyRules,
    InquorateRule,
    OfficeRule,
    QuorumRule,
    Reading,
    Rule,
    Rules,
    SeatRule,
)
from govmodel.semantics.actors import resolve
from govmodel.semantics.meeting import counted_roles
from govmodel.words.text import clause, listed, the


class _Twice(NamedTuple):
    office: str
    seats: tuple[SeatRule, ...]

    @property
    def places(self) -> int:
        return sum(seat.low for seat in self.seats)


def seats_of_one(context: Context, check: str, name: str) -> tuple[list[Finding], int]:
    """A finding for each office whose one holder has several seats on a body by it; and of how many bodies
    that was asked."""
    findings: list[Finding] = []
    asked = 0
    for body in meeting_bodies(context):
        own = [r for r in context.of_body(body.name) if isinstance(r, SeatRule) and r.ex_officio is not None]
        brought: Counter[str] = Counter()
        for seat in own:
            brought[_held_by_one(context.rules(), seat) or ""] += seat.low
        if not any(office and number > 1 for office, number in brought.items()):
            continue
        asked += 1
        counting = (SeatRule, QuorumRule, InquorateRule)
        offices = context.rulebook.of(OfficeRule)
        space = context.space(
            of_kind(*counting, OfficeRule), among=[*context.of_body(body.name), *offices], seen=_seen
        )
        failing: dict[tuple[str, tuple[str, ...]], list[tuple[Reading, _Twice]]] = {}
        for reading, rules, there in context.under(space, body.name):
            for each in _twice(rules, there):
                key = each.office, clauses_of(*each.seats)
                failing.setdefault(key, []).append((reading, each))
        for (office, cited), rows in failing.items():
            holds = [reading for reading, _ in rows]
            base = in_base(context, holds)
            reading, each = next((row for row in rows if in_base(context, [row[0]])), rows[0])
            votes = sum(seat.low for seat in each.seats if seat.role == "voting") > 1
            level = lowered("warning" if votes else "note", base)
            if level is None or not context.ours(cited):
                continue
            rules = context.rules(reading)
            title, place = the(rules.offices[office].title), rules.bodies[body.name].title
            index = context.rulebook.clauses
            many = plural(each.places, "seat")
            names = listed(f"‘{seat.name}’" for seat in each.seats)
            findings.append(
                Finding(
                    check=check,
                    name=name,
                    level=level,
                    clauses=cited,
                    subject=f"{body.name}/{office}",
                    message=f"{title} has {many} on the {place} by that office, and is one person",
                    mark=each.seats[-1].mark,
                    story=(
                        *(f"Clause {c}: {index[c].says}." for c in cited if c in index),
                        f"In the list of members {title} stands as {names}.",
                        f"One person comes for {many}, {_open(votes)}: "
                        f"{clause(cited, 'does', 'do')} not say.",
                    ),
                    told_in=reading,
                    help="Say that it is one seat, or who has the other.",
                    readings=holding(space, holds),
                    in_base=base,
                    evidence={"seats": each.places},
                )
            )
    return findings, asked


def _open(votes: bool) -> str:
    voted = "with one vote or with several, and " if votes else ""
    return f"{voted}counted once or several times for the quorum"


def _seen(rule: Rule) -> object:
    if isinstance(rule, OfficeRule):
        return rule.name, rule.of, rule.chosen_by
    if isinstance(rule, SeatRule):
        return rule.name, rule.ex_officio, rule.role, rule.low, rule.optional, rule.clauses
    return rule.counts if isinstance(rule, QuorumRule) else type(rule)


def _twice(rules: Rules, body: BodyRules) -> list[_Twice]:
    """The offices that one person holds and that bring several seats which surely are there, and count."""
    counted = counted_roles(body)
    found: dict[str, list[SeatRule]] = {}
    for seat in body.seats:
        sure = seat.low and not seat.optional and not seat.unless_represented
        if not sure or seat.role not in counted:
            continue
        office = _held_by_one(rules, seat)
        if office is not None:
            found.setdefault(office, []).append(seat)
    every = [_Twice(office, tuple(seats)) for office, seats in found.items()]
    return [each for each in every if each.places > 1]


def _held_by_one(rules: Rules, seat: SeatRule) -> str | None:
    """The office that brings a seat, where the text declares it and one person holds it."""
    if seat.ex_officio is None:
        return None
    office = rules.offices.get(resolve(rules, seat.ex_officio, seat.body).name)
    home = rules.bodies.get(office.of or "") if office is not None else None
    one = home is None or home.family is None
    return office.name if office is not None and office.chosen_by != "provision" and one else None
