"""GM202: one party can keep every meeting from being quorate by staying away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from govmodel.checks.bodies import electorate_of, meeting_bodies, quorum_rules
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.spaces import quorum_space
from govmodel.exact.coalitions import fewest_quorate, quorate
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, Rules
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.replay import inquorate_without
from govmodel.words import text

ID, NAME = "GM202", "hostage quorum"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name)
        by_party: dict[str, list[dict[str, str]]] = {}
        try:
            for reading, rules, own in context.under(space, body.name):
                own = context.shared(("all filled", id(own)), partial(_all_filled, own))
                seats = electorate_of(context, rules, own)
                ranges = context.heads(rules, seats)
                enough = partial(quorate, rules, seats, seats.full, ranges)
                if not own.quorum or not context.once("full", rules, seats, enough):
                    continue
                asked += 1
                least = context.once("fewest", rules, seats, partial(fewest_quorate, rules, seats, ranges))
                if least == seats.full:
                    continue  # everybody must come: GM203
                for party in _holding(context, rules, seats):
                    if not rules.parties[party].sector:  # no party that could stay away as one
                        by_party.setdefault(party, []).append(dict(reading))
        except NotCountable as error:
            undecided.append(Undecided(check=ID, subject=body.name, why=str(error)))
            continue
        for party, failing in by_party.items():
            base = in_base(context, failing)
            level = lowered("warning", base)
            if level is None:
                continue
            rules = context.rules(failing[0])
            own = rules.bodies[body.name]
            filled = _all_filled(own)
            away = [p for p, seat in places(filled).items() if seat.party == party]
            if not inquorate_without(rules, filled, away):
                why = f"the judge does not confirm that {party} can withhold the quorum"
                undecided.append(Undecided(check=ID, subject=body.name, why=why))
                continue
            title = rules.parties[party].title
            clauses = clauses_of(*quorum_rules(own))
            findings.append(
                Finding(
                    check=ID,
                    name=NAME,
                    level=level,
                    clauses=clauses,
                    subject=f"{body.name}/{party}",
                    message=f"the {own.title} cannot be quorate without {title}",
                    mark=own.quorum[0].mark,
                    story=(
                        f"Everybody comes to a meeting of the {own.title} except {title}.",
                        f"{text.capital(text.clause(clauses, 'is', 'are'))} not met: by staying away {title} "
                        "alone keeps every meeting from being held.",
                    ),
                    help="Let the others meet without it after a second notice, or count another party too.",
                    readings=holding(space, failing),
                    in_base=base,
                    evidence={"party": party},
                )
            )
    return result(ID, findings, undecided, asked)


def _holding(context: Context, rules: Rules, seats: Electorate) -> tuple[str, ...]:
    """The parties without whom no attendance is quorate."""

    def make() -> tuple[str, ...]:
        ranges = context.heads(rules, seats)
        own: dict[str, list[int]] = {}
        for i, cell in enumerate(seats.cells):
            for seat in cell.seats:
                if seat.party:
                    own.setdefault(seat.party, [0] * len(seats.cells))[i] += seat.low
        found = []
        for party in dict.fromkeys(s.party for s in seats.body.voting if s.party):
            rest = tuple(n - gone for n, gone in zip(seats.full, own[party], strict=True))
            if not any(rest):
                continue  # nobody else could be kept from meeting: the body is the party's own
            if not context.once("rest", rules, seats, partial(quorate, rules, seats, rest, ranges), rest):
                found.append(party)
        return tuple(found)

    return context.shared(("holding", id(seats), rules.reading["rounding"]), make)


def _all_filled(body: BodyRules) -> BodyRules:
    """The body with its optional seats filled: all others attend."""
    seats = tuple(
        replace(s, optional=False, low=max(s.low, s.high or 1)) if s.role == "voting" else s
        for s in body.seats
    )
    return replace(body, seats=seats)


CHECK = Check(ID, NAME, run)
