"""GM206: two meetings can be quorate that have no member in common."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from govmodel.checks.asking import ask
from govmodel.checks.bodies import as_called, electorate_of, meeting_bodies, regardless_of_chairs
from govmodel.checks.context import Check, Context
from govmodel.checks.decisions.ballots import carried_by_all
from govmodel.checks.decisions.sizes import larger
from govmodel.checks.findings import clauses_of, lowered, result
from govmodel.checks.spaces import quorum_space
from govmodel.checks.stories import some
from govmodel.dataclass import replace
from govmodel.exact.gatherings import Way, deciding_in, disjoint, disjoint_in
from govmodel.exact.heads import Heads, gathered
from govmodel.exact.matters import matters
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, DecisionRule, Rules, SeatRule
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics import meeting as judge
from govmodel.semantics.cells import Electorate, electorate, subjects
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.deciding import case_of, rules_for
from govmodel.smt.questions.gatherings import disjoint as asked_of_the_solver
from govmodel.words import text

ID, NAME = "GM206", "pair of quorums that do not intersect"

Pair = tuple[tuple[str, ...], tuple[str, ...]]


class Apart(NamedTuple):
    """What two meetings apart can both carry, about whom, with which seats, and in which ways. `matter` None:
    the text does not say how it is decided, and both are quorate."""

    matter: str | None
    subject: str | None
    seats: tuple[SeatRule, ...]
    ways: tuple[Way, ...]


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
        apart = asked.found[0][1]
        own = replace(own, seats=apart.seats)
        rules = replace(rules, bodies={**rules.bodies, body.name: own})
        one, other = _pair(context, rules, own, apart)
        clauses = clauses_of(*own.quorum)
        if not all(_judged(rules, own, present, apart) for present in (one, other)):
            why = "the judge does not confirm what two meetings apart can do"
            undecided.append(Undecided(check=ID, subject=body.name, why=why))
            continue
        special = apart.matter not in (None, "any")
        deciding = rules_for(own, apart.matter) if special and apart.matter is not None else ()
        cited = clauses_of(*own.quorum, *deciding)
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=level,
                clauses=cited,
                subject=body.name,
                message=f"two meetings of the {own.title} can {_do(rules, apart)} without a common member",
                mark=own.quorum[0].mark,
                story=(
                    *_how_many(context, rules, own, apart),
                    f"To one meeting of the {own.title} come {some(rules, own, one)}; by "
                    f"{text.clause(clauses)} that is enough.",
                    f"To another come {some(rules, own, other)}; that is enough too.",
                    _differ(rules, own, apart),
                ),
                told_in=reading,
                help="Ask for more than half of the members, or say who alone calls meetings.",
                readings=readings,
                in_base=base,
                evidence={"one": list(one), "other": list(other)},
            )
        )
    return result(ID, findings, undecided, number)


def _apart(context: Context, rules: Rules, body: BodyRules) -> Apart | str | None:
    """Whether two gatherings apart are quorate, each as it is called, and both can decide; None: no."""
    rules, body = as_called(context, rules, body.name)
    if not body.quorum or len(judge.sittings(body)) > 1:
        return None
    why = None
    for sized in chain((body,), larger(context, body)):
        found = _of_one_size(context, rules, sized)
        if isinstance(found, Apart):
            return found
        if found == NEVER:
            return why
        why = found or why
        if not sized.decisions:
            break
    return why


NEVER = "no two meetings apart are quorate"


def _of_one_size(context: Context, rules: Rules, body: BodyRules) -> Apart | str | None:
    """The same of the body in one size."""
    seats = regardless_of_chairs(context, rules, body)
    # who can decide is quorate too: where there may be two, what they can do is asked first
    quorate = None if _may_be_apart(context, rules, seats) else _met_apart(context, rules, seats, ())
    if quorate is False:
        return NEVER
    why = quorate if isinstance(quorate, str) else None
    seen = []
    for matter in matters(body):
        ways = tuple((rule, case_of(body, rule, matter)) for rule in rules_for(body, matter))
        if ways in seen:
            continue
        seen.append(ways)
        for subject in dict.fromkeys(p for rule, _ in ways for p in subjects(seats, rule)) or (None,):
            about = seats if subject is None else seats.about(subject)
            try:
                found = _met_apart(context, rules, about, ways)
            except NotCountable as error:
                found = str(error)
            if found is True:
                return Apart(matter if ways else None, subject, body.seats, ways)
            why = found or why
    if quorate is None and _met_apart(context, rules, seats, ()) is False:
        return NEVER
    return why


def _may_be_apart(context: Context, rules: Rules, seats: Electorate) -> bool:
    """Whether the closed form knows of two, or does not know."""
    ranges = context.heads(rules, seats)
    if ranges is None:
        return True
    whole = ranges.merged(ranges.kinds())
    return context.shared(("apart", whole), partial(disjoint_in, whole)) != ((), ())


def _met_apart(context: Context, rules: Rules, seats: Electorate, ways: Sequence[Way]) -> bool | str:
    """Whether there are two, by solver and closed form; a text: undecided."""
    ranges = context.heads(rules, seats)
    both = None if ranges is None else deciding_in(ranges, rules, seats, ways)
    make = partial(_found, context, rules, seats, ways, both)
    if both is not None:
        votes = [cell.seat.role == "voting" for cell in seats.cells]
        kinds = both.kinds(votes)
        return context.shared(("disjoint", both.merged(kinds), gathered(votes, kinds)), make)
    asked = tuple((rule.carried, rule.without, case) for rule, case in ways)
    reading = rules.reading["rounding"], rules.reading["base-of-a-majority"]
    return context.shared(("disjoint", context.kept(seats), *reading, asked), make)


def _found(
    context: Context, rules: Rules, seats: Electorate, ways: Sequence[Way], ranges: Heads | None
) -> bool | str:
    kinds = ranges.kinds() if ranges is not None else tuple(range(len(seats.cells)))
    closed = disjoint(rules, seats, ways) if ranges is None else disjoint_in(ranges.merged(kinds))
    two = _spread(seats.full, kinds, closed) if closed else None
    answer = asked_of_the_solver(rules, seats, ways, effort=context.effort, beside=context.numbers, at=two)
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


def _pair(context: Context, rules: Rules, body: BodyRules, apart: Apart) -> Pair:
    """Who comes to one meeting, and who of the others to another."""
    seats = electorate_of(context, rules, body)
    seats = seats if apart.subject is None else seats.about(apart.subject)
    one, other = disjoint(rules, seats, apart.ways) or ((), ())
    first = seats.seat_names(one)
    second = {
        place
        for cell, n in zip(seats.cells, other, strict=True)
        for place in [p for p in cell.places if p not in first][:n]
    }
    return first, tuple(p for p in places(body, judge.counted_roles(body)) if p in second)


def _judged(rules: Rules, body: BodyRules, present: tuple[str, ...], apart: Apart) -> bool:
    """Whether the judge finds these quorate, and that their votes carry the matter."""
    if apart.matter is None:
        return judge.quorate(rules, Gathering(body=body.name, present=present))
    return carried_by_all(rules, electorate(rules, body), present, apart.matter, apart.subject)


def _do(rules: Rules, apart: Apart) -> str:
    """What both can do, in words."""
    special = apart.matter not in (None, "any")
    return f"both decide on {_what(rules, apart)}" if special else "be quorate"


def _what(rules: Rules, apart: Apart) -> str:
    matter = apart.matter or "any"
    return rules.matters[matter].title if matter in rules.matters else matter


def _how_many(context: Context, rules: Rules, body: BodyRules, apart: Apart) -> list[str]:
    """With how many members it is so, where the fewest are not enough for it."""
    if apart.seats == context.rules(rules.reading).bodies[body.name].seats:
        return []
    return [f"{electorate(rules, body).size} members sit there: the text leaves open how many there are."]


def _differ(rules: Rules, body: BodyRules, apart: Apart) -> str:
    if apart.matter in (None, "any"):
        return "Nobody was at both, and what they decide can differ."
    about = f" (it is about {some(rules, body, (apart.subject,))})" if apart.subject is not None else ""
    return f"Nobody was at both, and on {_what(rules, apart)}{about} each can decide something else."


CHECK = Check(ID, NAME, run)
