"""GM503: an office that nobody may hold, at a turn of its rotation or ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.model.finding import CheckResult, Finding, Level
from govmodel.model.rules import (
    BodyRule,
    CompositionRule,
    OfficeRule,
    PartyRule,
    Reading,
    Rule,
    Rules,
    SeatRule,
)
from govmodel.semantics.holders import asked_of, certainly_member, fits, from_the_members, so_of
from govmodel.words.text import capital, clause, listed, the

ID, NAME = "GM503", "unfillable office"


class _Nobody(NamedTuple):
    """Nobody may hold an office when it comes to these organisations (none: whoever is chosen). `rules`: by
    which of the rules on its holder."""

    place: tuple[str, ...]
    rules: tuple[CompositionRule, ...]


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    every = context.rulebook.of(OfficeRule)
    asks = context.rulebook.of(CompositionRule)
    members = {r.office for r in asks if certainly_member(r.needs)}
    turns = {r.name for r in every if r.rotation} & {r.office for r in asks}
    asked = 0
    for office in dict.fromkeys(r.name for r in every if r.name in members | turns):
        of = {r.of for r in every if r.name == office}

        def about(rule: Rule, office: str = office, of: set[str | None] = of) -> bool:
            match rule:
                case OfficeRule():
                    return rule.name == office
                case CompositionRule():
                    return rule.office == office
                case SeatRule() | BodyRule():
                    return (rule.body if isinstance(rule, SeatRule) else rule.name) in of
            return isinstance(rule, PartyRule)

        space = context.space(about)
        failing: dict[tuple[str, ...], list[tuple[Reading, _Nobody]]] = {}
        for reading in space.all:
            for found in _nobody(context.rules(reading), office):
                failing.setdefault(found.place, []).append((reading, found))
        asked += 1
        for rows in failing.values():
            holds = [reading for reading, _ in rows]
            base = in_base(context, holds)
            reading, found = next((row for row in rows if in_base(context, [row[0]])), rows[0])
            level = lowered("warning" if found.place else "error", base)
            rules = context.rules(reading)
            cited = clauses_of(rules.offices[office], *found.rules)
            if level is not None and context.ours(cited):
                findings.append(_finding(context, rules, office, found, level, holding(space, holds), base))
    return result(ID, findings, (), asked)


def _nobody(rules: Rules, office: str) -> Iterator[_Nobody]:
    """The turns of the rotation at which nobody may hold the office; without one, whether nobody may ever."""
    own = rules.offices.get(office)
    if own is None or own.chosen_by in ("post", "provision"):
        return
    body = rules.bodies.get(own.of or "")
    seats = body.seats if body is not None else ()
    for place in own.rotation:
        people = [seat for party in place for seat in _of_party(rules, own, seats, party)]
        if people and all(fits(rules, office, seat) is False for seat in people):
            yield _Nobody(place, _against(rules, office, people))
    chosen = not own.rotation and seats and from_the_members(rules, office)
    if chosen and all(fits(rules, office, seat) is False for seat in seats):
        yield _Nobody((), _against(rules, office, list(seats)))


def _of_party(
    rules: Rules, office: OfficeRule, seats: tuple[SeatRule, ...], party: str
) -> Iterator[SeatRule]:
    """The seats from which an organisation may fill the office: its own, those of its parts and of what it
    is a part of, and those that no organisation fills; and as such a seat, its people who have none."""
    known = rules.parties.get(party)
    if known is None:
        return
    kin = {party, known.part_of, *(p.name for p in rules.parties.values() if p.part_of == party)}
    yield from (seat for seat in seats if seat.party is None or seat.party in kin)
    yield SeatRule(
        clauses=known.clauses, mark=known.mark, body=office.of or "", name=party, party=party,
        classes=known.classes, low=1, high=1, role="attending", votes=0, optional=False,
    )  # fmt: skip


def _against(rules: Rules, office: str, people: list[SeatRule]) -> tuple[CompositionRule, ...]:
    """The rules on the holder that keep these people from it."""
    return tuple(
        rule
        for rule in asked_of(rules, office)
        if any(so_of(rule.needs, office, seat) is False for seat in people)
    )


def _finding(
    context: Context,
    rules: Rules,
    office: str,
    found: _Nobody,
    level: Level,
    readings: tuple[Reading, ...],
    base: bool,
) -> Finding:
    own, index = rules.offices[office], context.rulebook.clauses
    cited, title = clauses_of(own, *found.rules), the(own.title)
    kept = clause(clauses_of(*found.rules))
    parties = listed((rules.parties[p].title for p in found.place), "or")
    if found.place:
        message = f"{title} comes to {parties}, from whom nobody may hold it"
        end = f"The turn comes to {parties}. By {kept} nobody who comes from there may be {title}."
        remedy = "Leave them out of the rotation, or say who holds it at their turn."
    else:
        message = f"nobody who may be chosen can be {title}"
        end = f"By {kept} no member may be {title}, and nobody else may."
        remedy = f"Say who may be {title} so that a member may."
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=cited,
        subject=f"{office}/{'+'.join(found.place)}" if found.place else office,
        message=capital(message) if message.startswith("the ") else message,
        mark=found.rules[0].mark,
        story=(*(f"Clause {c}: {index[c].says}." for c in cited if c in index), end),
        help=remedy,
        readings=readings,
        in_base=base,
        evidence={"place": list(found.place)},
    )


CHECK = Check(ID, NAME, run)
