"""GM206: two meetings can be quorate that have no member in common."""

from __future__ import annotations

from functools import partial

from govmodel.checks.asking import ask
from govmodel.checks.bodies import as_called, electorate_of, meeting_bodies, regardless_of_chairs
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, lowered, result
from govmodel.checks.spaces import quorum_space
from govmodel.checks.stories import some
from govmodel.exact.gatherings import disjoint, disjoint_in
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, DecisionRule, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics import meeting as judge
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import places
from govmodel.semantics.deciding import rule_for
from govmodel.smt.questions.gatherings import disjoint as asked_of_the_solver
from govmodel.words import text

ID, NAME = "GM206", "pair of quorums that do not intersect"

Pair = tuple[tuple[str, ...], tuple[str, ...]]


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    number = 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name, lambda rule: isinstance(rule, DecisionRule))
        asked = ask(context, ID, body.name, space, partial(_apart, context), in_base_only=True)
        number += asked.number
        undecided += asked.undecided
        if not asked.found:
            continue
        reading, readings, base = asked.where(context)
        level = lowered("note", base)
        if level is None:
            continue
        rules, own = as_called(context, context.rules(reading), body.name)
        one, other = _pair(context, rules, own)
        clauses = clauses_of(*own.quorum)
        if not all(judge.quorate(rules, Gathering(body=body.name, present=p)) for p in (one, other)):
            why = "the judge does not confirm that both are quorate"
            undecided.append(Undecided(check=ID, subject=body.name, why=why))
            continue
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=level,
                clauses=clauses,
                subject=body.name,
                message=f"two meetings of the {own.title} can be quorate without a common member",
                mark=own.quorum[0].mark,
                story=(
                    f"To one meeting of the {own.title} come {some(rules, own, one)}; by "
                    f"{text.clause(clauses)} that is enough.",
                    f"To another come {some(rules, own, other)}; that is enough too.",
                    "Nobody was at both, and what they decide can differ.",
                ),
                told_in=reading,
                help="Ask for more than half of the members, or say who alone calls meetings.",
                readings=readings,
                in_base=base,
                evidence={"one": list(one), "other": list(other)},
            )
        )
    return result(ID, findings, undecided, number)


def _apart(context: Context, rules: Rules, body: BodyRules) -> bool | str | None:
    """Whether two gatherings apart are quorate, each as it is called; None: no."""
    rules, body = as_called(context, rules, body.name)
    if not body.quorum or len(judge.sittings(body)) > 1 or _needs_half_of_all(rules, body):
        return None
    seats = regardless_of_chairs(context, rules, body)
    apart = context.counted("disjoint", rules, seats, partial(_found, context, rules, seats))
    return apart or None


def _found(context: Context, rules: Rules, seats: Electorate) -> bool | str:
    """Whether there are two, by solver and closed form; a text: undecided."""
    ranges = context.heads(rules, seats)
    kinds = ranges.kinds() if ranges is not None else tuple(range(len(seats.cells)))
    closed = disjoint(rules, seats) if ranges is None else disjoint_in(ranges.merged(kinds))
    two = _spread(seats.full, kinds, closed) if closed else None
    answer = asked_of_the_solver(rules, seats, effort=context.effort, beside=context.numbers, at=two)
    if answer.verdict is Verdict.UNKNOWN or closed is None:
        return answer.why or "too many seats for the closed form"
    if (answer.verdict is Verdict.FAILS) != (closed != ((), ())):
        return "the solver and the closed form disagree"
    return sum(closed[0]) > 0 and sum(closed[1]) > 0


def _spread(
    full: tuple[int, ...], kinds: tuple[int, ...], two: tuple[tuple[int, ...], tuple[int, ...]]
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """So many of each kind at one meeting and at another, as numbers of each cell. None: there are no two."""
    if two == ((), ()):
        return None
    left = [list(each) for each in two]
    found: list[tuple[int, int]] = []
    for size, kind in zip(full, kinds, strict=True):
        one = min(size, left[0][kind])
        other = min(size - one, left[1][kind])
        left[0][kind], left[1][kind] = left[0][kind] - one, left[1][kind] - other
        found.append((one, other))
    return tuple(one for one, _ in found), tuple(other for _, other in found)


def _pair(context: Context, rules: Rules, body: BodyRules) -> Pair:
    """Who comes to one meeting, and who of the others to another."""
    seats = electorate_of(context, rules, body)
    one, other = disjoint(rules, seats) or ((), ())
    first = seats.seat_names(one)
    second = {
        place
        for cell, n in zip(seats.cells, other, strict=True)
        for place in [p for p in cell.places if p not in first][:n]
    }
    return first, tuple(p for p in places(body, judge.counted_roles(body)) if p in second)


def _needs_half_of_all(rules: Rules, body: BodyRules) -> bool:
    """Whether anything is carried by half of all members at least, so that two meetings cannot both do it."""
    decision = rule_for(body, "any")
    carried = decision.carried if decision else None
    if carried is None:
        return False
    base = carried.base or rules.reading["base-of-a-majority"]
    whole = base in ("members", "seats", "parties", "entitled")
    return whole and (carried.kind == "all" or 2 * carried.share >= 1)


CHECK = Check(ID, NAME, run)
