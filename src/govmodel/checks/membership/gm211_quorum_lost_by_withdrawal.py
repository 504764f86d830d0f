"""GM211: members who leave because of an interest can end the quorum."""

from __future__ import annotations

from functools import partial

from govmodel.checks.bodies import as_called, electorate_of, meeting_bodies
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.spaces import quorum_space
from govmodel.checks.stories import next_meeting, on, plural, some
from govmodel.exact.quorums import fewest_leaving, fewest_quorate, quorate
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.provision_rules import MatterRule
from govmodel.model.rules import BodyRules, InterestRule, Reading, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics import meeting as judge
from govmodel.semantics.counting import NotCountable, places
from govmodel.semantics.deciding import rules_for
from govmodel.smt.questions.meetings import withdrawals
from govmodel.words import text

ID, NAME = "GM211", "quorum lost by withdrawal"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name, lambda rule: isinstance(rule, InterestRule))
        failing: list[Reading] = []
        table: list[dict[str, object]] = []
        for reading, whole, _ in context.under(space, body.name):
            rules, own = as_called(context, whole, body.name)
            if not _can_lose(rules, own):
                continue
            asked += 1
            try:
                row = _figures(context, rules, own)
            except NotCountable as error:
                undecided.append(Undecided(check=ID, subject=body.name, why=str(error)))
                break
            if isinstance(row, str):
                undecided.append(Undecided(check=ID, subject=body.name, why=row))
                break
            if row:
                failing.append(reading)
                table.append({"reading": dict(reading), **row})
        if not failing:
            continue
        found = _finding(
            context,
            body.name,
            space_names=holding(space, failing),
            failing=failing,
            table=table,
            base=in_base(context, failing),
        )
        if found is not None:
            findings.append(found)
    return result(ID, findings, undecided, asked)


def leaving(body: BodyRules) -> tuple[InterestRule, ...]:
    """Rules under which a member with an interest leaves the room, or does not count."""
    return tuple(
        i
        for i in body.interests
        if (i.counts_to_quorum is False or (i.withdraws in ("must", "should") and not i.counts_to_quorum))
        and i.waived_by is None
    )


def _can_lose(rules: Rules, body: BodyRules) -> bool:
    """Somebody has to leave, the quorum is not measured at the start only, and the meeting does not go on
    without it."""
    measured = {q.measured or rules.reading["quorum-measured"] for q in body.quorum}
    if any(i.when in (None, "lost") and i.then == "continue" for i in body.inquorate):
        return False
    return bool(body.quorum) and bool(leaving(body)) and measured != {"start"}


def _figures(context: Context, rules: Rules, body: BodyRules) -> dict[str, object] | str:
    """How few withdrawals end the quorum, from the bare quorum and from full attendance."""
    seats = electorate_of(context, rules, body)
    ranges = context.heads(rules, seats)
    bare = context.once("fewest", rules, seats, partial(fewest_quorate, rules, seats, ranges))
    if bare is None:
        return "too many seats for the closed form"
    if bare == () or not quorate(rules, seats, seats.full, ranges):
        return {}
    row: dict[str, object] = {"voting_seats": seats.size, "bare_quorum": sum(bare)}
    for name, start in (("at_bare_quorum", bare), ("at_full_attendance", seats.full)):
        leave = partial(fewest_leaving, rules, seats, start, ranges)
        closed = context.once("leaving", rules, seats, leave, start)
        guess = sum(closed) if closed else None
        ask = partial(
            withdrawals, rules, seats, start, effort=context.effort, beside=context.numbers, guess=guess
        )
        answer = context.counted("withdrawals", rules, seats, ask, start=start)
        if answer.verdict is Verdict.UNKNOWN or closed is None:
            return answer.why or "too many seats for the closed form"
        if answer.number != (sum(closed) if closed else None):
            return "the solver and the closed form disagree"
        if not closed:
            return {}
        row[name] = sum(closed)
        present = seats.seat_names(start)
        left = seats.seat_names(closed)
        gone = frozenset(left)
        stayed = tuple(p for p in present if p not in gone)
        before, after = Gathering(body=body.name, present=present), Gathering(body=body.name, present=stayed)
        if not judge.quorate(rules, before) or judge.quorate(rules, after):
            return "the judge does not confirm that the withdrawals end the quorum"
        row[f"who_{name}"] = list(left)
    return row


def _never_decided(rules: Rules, body: BodyRules) -> tuple[MatterRule, ...]:
    """The matters that the body decides and in which so many have an interest by the text itself that the
    others are no quorum, not even for a second meeting."""
    everybody = places(body, judge.counted_roles(body))
    found = []
    for matter in rules.matters.values():
        who = {*matter.interested}
        gone = {p for p, s in everybody.items() if who & {"members", s.party, *s.classes}}
        rest = Gathering(body=body.name, present=tuple(p for p in everybody if p not in gone))
        if gone and rules_for(body, matter.name) and not judge.quorate(rules, rest):
            found.append(matter)
    return tuple(found)


def _finding(
    context: Context,
    name: str,
    *,
    space_names: tuple[Reading, ...],
    failing: list[Reading],
    table: list[dict[str, object]],
    base: bool,
) -> Finding | None:
    whole = context.rules(failing[0])
    rules, own = as_called(context, whole, name)
    row = table[0]
    full, bare = int(str(row["at_full_attendance"])), int(str(row["at_bare_quorum"]))
    emptied = _never_decided(whole, whole.bodies[name])
    level: Level | None = lowered("error" if emptied else "warning", base)
    if level is None:
        return None
    out = leaving(own)
    clauses = clauses_of(*out, *own.quorum, *emptied)
    day = on(next_meeting(context))
    at_bare = [str(p) for p in row["who_at_bare_quorum"]]  # type: ignore[attr-defined]
    quorum, leave = text.clause(clauses_of(*own.quorum)), text.clause(clauses_of(*out))
    left = int(str(row["bare_quorum"])) - bare
    story = [
        f"On {day} {plural(int(str(row['bare_quorum'])), 'member')} come to the {own.title}, just enough for "
        f"{quorum}.",
        f"An item comes up in which {some(rules, own, at_bare)} {'has' if bare == 1 else 'have'} an interest "
        f"and, by {leave}, {'leaves' if bare == 1 else 'leave'} the room.",
        f"That leaves {plural(left, 'member')}: the meeting has no quorum for the item.",
        f"With all {row['voting_seats']} there it takes {plural(full, 'withdrawal')} to do the same.",
    ]
    if emptied:
        names = " and ".join(matter.title for matter in emptied)
        story.append(
            f"In {names} so many have an interest by the text itself that the others are no quorum: the "
            f"{own.title} can never decide on it."
        )
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=clauses,
        subject=name,
        message=(
            f"{plural(bare, 'withdrawal')} for an interest can end the quorum of the {own.title} at the bare "
            f"quorum of {row['bare_quorum']}; {plural(full, 'withdrawal')} at full attendance of "
            f"{row['voting_seats']}"
        ),
        mark=out[0].mark,
        story=tuple(story),
        told_in=failing[0],
        help="Count those who withdraw towards the quorum of the meeting, or say who may give leave to stay.",
        readings=space_names,
        in_base=base,
        evidence={
            "figures": {k: v for k, v in row.items() if k != "reading"},
            "table": table,
            "matters": [matter.name for matter in emptied],
        },
    )


CHECK = Check(ID, NAME, run)
