"""GM202: one party can keep every meeting from being quorate by staying away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from govmodel.checks.context import (
    Check,
    Context,
    clauses_of,
    holding,
    in_base,
    lowered,
    meeting_bodies,
    quorum_space,
    result,
)
from govmodel.exact.coalitions import fewest_quorate, quorate
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, Rules
from govmodel.semantics.cells import Electorate, electorate
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.meeting import chain
from govmodel.semantics.replay import inquorate_without

ID, NAME = "GM202", "hostage quorum"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name)
        by_party: dict[str, list[dict[str, str]]] = {}
        try:
            for reading in space.all:
                rules = context.rules(reading)
                own = rules.bodies.get(body.name)
                if own is None:
                    continue
                key = ("all filled", id(own), id(rules.offices.get(chain(own)[0] or "")))
                made = context.shared(key, partial(_filled, rules, own))
                assert isinstance(made, tuple)
                own, seats = made
                shape = (context.shape(seats), rules.reading["rounding"])
                if not own.quorum or not context.shared(
                    ("full", *shape), partial(quorate, rules, seats, seats.full)
                ):
                    continue
                asked += 1
                if context.shared(("fewest", *shape), partial(fewest_quorate, rules, seats)) == seats.full:
                    continue  # everybody must come: GM203
                for party in dict.fromkeys(s.party for s in own.voting if s.party):
                    if rules.parties[party].sector:
                        continue  # a sector is no party that could stay away as one
                    gone = {s.name for s in own.voting if s.party == party}
                    rest = tuple(
                        sum(p.partition("#")[0] not in gone for p in cell.places) for cell in seats.cells
                    )
                    if not context.shared(("rest", *shape, rest), partial(quorate, rules, seats, rest)):
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
            clauses = clauses_of(*own.quorum)
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
                        f"Clause {' and '.join(clauses)} is not met: by staying away {title} alone "
                        "keeps every meeting from being held.",
                    ),
                    help="Let the others meet without it after a second notice, or count another party too.",
                    readings=holding(space, failing),
                    in_base=base,
                    evidence={"party": party},
                )
            )
    return result(ID, findings, undecided, asked)


def _filled(rules: Rules, body: BodyRules) -> tuple[BodyRules, Electorate]:
    body = _all_filled(body)
    return body, electorate(rules, body)


def _all_filled(body: BodyRules) -> BodyRules:
    """The body with its optional seats filled: all others attend."""
    seats = tuple(
        replace(s, optional=False, low=max(s.low, s.high or 1)) if s.role == "voting" else s
        for s in body.seats
    )
    return replace(body, seats=seats)


CHECK = Check(ID, NAME, run)
