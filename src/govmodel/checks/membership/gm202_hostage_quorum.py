"""GM202: one party can keep every meeting from being quorate by staying away."""

from __future__ import annotations

from functools import partial

from govmodel.checks.bodies import (
    deputies_count,
    fillings,
    meeting_bodies,
    regardless_of_chairs,
)
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.membership.quorums import cited, enough, fewest, holding_parties, unmet
from govmodel.checks.spaces import quorum_space
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, Rules, StandInRule
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
        space = quorum_space(context, body.name, lambda rule: isinstance(rule, StandInRule))
        by_party: dict[tuple[str, ...], list[dict[str, str]]] = {}
        try:
            for reading, rules, own in context.under(space, body.name):
                hostages = _hostages(context, rules, own) if own.quorum else None
                if hostages is None:
                    continue
                asked += 1
                for names in hostages:
                    by_party.setdefault(names, []).append(dict(reading))
        except NotCountable as error:
            undecided.append(Undecided(check=ID, subject=body.name, why=str(error)))
            continue
        for names, failing in by_party.items():
            base = in_base(context, failing)
            level = lowered("warning", base)
            if level is None:
                continue
            rules = context.rules(failing[0])
            own = rules.bodies[body.name]
            free = [
                name
                for whole in fillings(context, own)
                for name in names
                if not inquorate_without(rules, whole, _sent_by(whole, name))
            ]
            if free:
                why = f"the judge does not confirm that {free[0]} can withhold the quorum"
                undecided.append(Undecided(check=ID, subject=body.name, why=why))
                continue
            party, title = names[0], rules.parties[names[0]].title
            no_deputy = ", which sends no deputy either" if len(names) > 1 else ""
            whom = text.listed([rules.parties[name].title for name in names], "or")
            missed = unmet(rules, own, _sent_by(own, names[0]))
            clauses = clauses_of(*cited(own, missed, partial(_is_held, context, rules, names)))
            findings.append(
                Finding(
                    check=ID,
                    name=NAME,
                    level=level,
                    clauses=clauses,
                    subject=f"{body.name}/{party if len(names) == 1 else 'each'}",
                    message=f"the {own.title} cannot be quorate without {whom}"
                    if len(names) == 1
                    else f"the {own.title} cannot be quorate without any one of {whom}",
                    mark=missed[0].mark,
                    story=(
                        f"Everybody comes to a meeting of the {own.title} except {title}{no_deputy}.",
                        f"{text.capital(text.clause(clauses, 'is', 'are'))} not met: by staying away {title} "
                        "alone keeps every meeting from being held.",
                    ),
                    help="Let the others meet without it after a second notice, or count another party too.",
                    readings=holding(space, failing),
                    in_base=base,
                    evidence={"party": party} if len(names) == 1 else {"parties": list(names)},
                )
            )
    return result(ID, findings, undecided, asked)


def _sent_by(body: BodyRules, party: str) -> list[str]:
    return [place for place, seat in places(body).items() if seat.party == party]


def _is_held(context: Context, rules: Rules, names: tuple[str, ...], body: BodyRules) -> bool:
    return names in (_hostages(context, rules, body) or ())


def _hostages(context: Context, rules: Rules, body: BodyRules) -> tuple[tuple[str, ...], ...] | None:
    """The parties that hold the quorum however the seats are filled that have no limit: each by itself, or
    all as one where everybody must come. None: no attendance is quorate."""
    found: tuple[tuple[str, ...], ...] | None = None
    for whole in fillings(context, body):
        seats = regardless_of_chairs(context, rules, whole)
        if enough(context, rules, seats):
            held = _held(context, rules, seats)
            found = held if found is None else tuple(names for names in found if names in held)
            if not found:
                break
    return found


def _held(context: Context, rules: Rules, seats: Electorate) -> tuple[tuple[str, ...], ...]:
    """The same for seats that are filled in one way."""
    least = fewest(context, rules, seats)
    every = bool(least) and sum(least or ()) == sum(seats.full)
    if every and not deputies_count(seats.body):
        return ()  # everybody must come: GM203
    names = holding_parties(context, rules, seats)
    return (names,) if every and names else tuple((name,) for name in names)


CHECK = Check(ID, NAME, run)
