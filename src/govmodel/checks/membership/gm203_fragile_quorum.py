"""GM203: a quorum that few absences break."""

from __future__ import annotations

from functools import partial
from itertools import chain

from govmodel.checks.bodies import (
    deputies_count,
    electorate_of,
    fillings,
    meeting_bodies,
    regardless_of_chairs,
)
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.membership.quorums import cited, enough, fewest, holding_parties, unmet
from govmodel.checks.spaces import quorum_space
from govmodel.checks.stories import plural, some
from govmodel.exact.quorums import fewest_leaving, quorate
from govmodel.model.finding import LEVELS, CheckResult, Finding, Level, Undecided
from govmodel.model.rules import BodyRules, Reading, Rules, StandInRule
from govmodel.model.verdict import Verdict
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable, groups_of, places
from govmodel.semantics.meeting import counted_roles
from govmodel.semantics.replay import inquorate_without
from govmodel.smt.questions.meetings import withdrawals
from govmodel.words import text

ID, NAME = "GM203", "fragile quorum"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name, lambda rule: isinstance(rule, StandInRule))
        failing: list[Reading] = []
        rows: list[tuple[Level, Reading]] = []
        try:
            for reading, rules, own in context.under(space, body.name):
                if deputies_count(own):
                    continue
                seats = regardless_of_chairs(context, rules, own)
                if not own.quorum or not enough(context, rules, seats):
                    continue
                asked += 1
                leaving = partial(_leaving, context, rules, seats)
                breaking = context.counted("leaving", rules, seats, leaving, start=seats.full)
                guess = sum(breaking) if breaking else None
                ask = partial(
                    withdrawals, rules, seats, seats.full, effort=context.effort, beside=context.numbers,
                    guess=guess,
                )  # fmt: skip
                answer = context.counted("withdrawals", rules, seats, ask, start=seats.full)
                if answer.verdict is Verdict.UNKNOWN or breaking is None:
                    undecided.append(
                        Undecided(check=ID, subject=body.name, why=answer.why or "too many seats")
                    )
                    break
                if answer.number != (sum(breaking) if breaking else None):
                    undecided.append(Undecided(check=ID, subject=body.name, why="the engines disagree"))
                    break
                least = fewest(context, rules, seats)
                if not breaking or least is None:
                    continue
                needs = sum(least)
                level: Level | None = None
                everybody = sum(seats.full)
                if needs == everybody:
                    level = "error"  # any one absence ends it
                elif answer.number == 1 and _alone(context, rules, seats) is not None:
                    level = "error"
                elif 4 * needs > 3 * everybody:
                    level = "warning"
                if level is not None:
                    failing.append(reading)
                    rows.append((level, reading))
        except NotCountable as error:
            undecided.append(Undecided(check=ID, subject=body.name, why=str(error)))
            continue
        if not rows:
            continue
        base = in_base(context, failing)
        in_full = [row for row in rows if in_base(context, [row[1]])] or rows
        worst = min(in_full, key=lambda row: LEVELS.index(row[0]))
        final = lowered(worst[0], base)
        if final is None:
            continue
        rules = context.rules(worst[1])
        own = rules.bodies[body.name]
        seats = electorate_of(context, rules, own)
        alone = _alone(context, rules, seats)
        gone = seats.seat_names(_leaving(context, rules, seats) or ()) if alone is None else (alone,)
        if not inquorate_without(rules, own, gone):
            why = "the judge does not confirm that these absences end the quorum"
            undecided.append(Undecided(check=ID, subject=body.name, why=why))
            continue
        count = plural(len(gone), "absence")
        missed = unmet(rules, own, gone)
        clauses = clauses_of(*cited(own, missed, partial(_ended_by, rules, gone)))
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=final,
                clauses=clauses,
                subject=body.name,
                message=f"{count} of {sum(seats.full)} can leave the {own.title} without a quorum",
                mark=missed[0].mark,
                story=(
                    f"Everybody comes to a meeting of the {own.title} except {some(rules, own, gone)}.",
                    f"{text.capital(text.clause(clauses, 'is', 'are'))} not met, and the "
                    "meeting is not quorate.",
                ),
                told_in=worst[1],
                help="Lower the quorum, or let deputies count towards it.",
                readings=holding(space, failing),
                in_base=base,
                evidence={"survives": len(gone) - 1, "voting_seats": seats.size, "breaks_it": list(gone)},
            )
        )
    return result(ID, findings, undecided, asked)


def _ended_by(rules: Rules, gone: tuple[str, ...], body: BodyRules) -> bool:
    return inquorate_without(rules, body, gone)


def _leaving(context: Context, rules: Rules, seats: Electorate) -> tuple[int, ...] | None:
    """The fewest whose absence ends the quorum."""
    return fewest_leaving(rules, seats, seats.full, context.heads(rules, seats))


def _alone(context: Context, rules: Rules, seats: Electorate) -> str | None:
    """The place of a member, of whom GM202 does not tell and for whom nobody comes who counts, without whom
    no meeting is quorate however open seats are filled; None: there is none."""
    same = ("alone", context.kept(seats), context.kept(seats.body.standins), context.rounded(rules, seats))
    return context.shared(same, partial(_found_alone, context, rules, seats))


def _found_alone(context: Context, rules: Rules, seats: Electorate) -> str | None:
    body = seats.body
    held = holding_parties(context, rules, seats)
    sent = {s.seats for s in body.standins if s.kind != "proxy" and s.counts_to_quorum}
    where = places(body, counted_roles(body))
    for cell in seats.cells:
        if all(seat.party in held or groups_of(seat) & sent for seat in cell.seats):
            continue
        place = next((p for p in cell.places if where[p].party not in held), None)
        if place is not None and all(
            _ends(context, rules, whole, place) for whole in chain((body,), fillings(context, body))
        ):
            return place
    return None


def _ends(context: Context, rules: Rules, body: BodyRules, place: str) -> bool:
    """Whether the absence of the member in a place ends the quorum."""
    seats = regardless_of_chairs(context, rules, body)
    others = tuple(n - (place in cell.places) for n, cell in zip(seats.full, seats.cells, strict=True))
    return not quorate(rules, seats, others, context.heads(rules, seats))


CHECK = Check(ID, NAME, run)
