"""GM202: one party can keep every meeting from being quorate by staying away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from govmodel.checks.bodies import meeting_bodies, quorum_rules, regardless_of_chairs
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.membership.quorums import enough, fewest
from govmodel.checks.spaces import quorum_space
from govmodel.exact.coalitions import quorate
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, Rules, SeatRule
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
                filling = partial(_all_filled, own)
                own = replace(own, seats=context.shared(("all filled", id(own.seats)), filling))
                seats = regardless_of_chairs(context, rules, own)
                if not own.quorum or not enough(context, rules, seats):
                    continue
                asked += 1
                least = fewest(context, rules, seats)
                if least and sum(least) == sum(seats.full):
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
            filled = replace(own, seats=_all_filled(own))
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
        found, full = [], seats.full
        for party in dict.fromkeys(s.party for s in seats.body.voting if s.party):
            rest = tuple(n - gone for n, gone in zip(full, own[party], strict=True))
            if not any(rest):
                continue  # nobody else could be kept from meeting: the body is the party's own
            if not quorate(rules, seats, rest, ranges):
                found.append(party)
        return tuple(found)

    return context.shared(("holding", id(seats), rules.reading["rounding"]), make)


def _all_filled(body: BodyRules) -> tuple[SeatRule, ...]:
    """The seats of a body, the optional ones filled: all others attend."""
    return tuple(
        replace(s, optional=False, low=max(s.low, s.high or 1)) if s.role == "voting" else s
        for s in body.seats
    )


CHECK = Check(ID, NAME, run)
