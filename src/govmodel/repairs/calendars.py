"""Remedies for calendars of meetings, and for numbers that make no difference."""

from __future__ import annotations

from collections.abc import Iterator

from govmodel.checks.norms.calendars import counted
from govmodel.checks.norms.gm110_idle_bound import bound_in, without
from govmodel.dataclass import replace
from govmodel.model.edit import Edit
from govmodel.model.expressions import All, Condition, Frequency, Length, Timed
from govmodel.model.finding import Finding
from govmodel.model.provision_rules import InstrumentRule, NormRule, OfficeRule, RouteRule, StepRule
from govmodel.model.rules import MeetingRule, PresidingRule
from govmodel.model.walk import conditions
from govmodel.repairs.draft import Draft, clauses, places, redraft
from govmodel.repairs.norms import days
from govmodel.words import numbers

MONTHS = (1, 2, 3, 4, 6, 9, 12, 18)
"""Times that a drafter would give, in months."""
MOST_TIMES = 4


def meeting_in_between(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Whoever presides may call the body together."""
    for body in _bodies(draft, finding):
        rules = [m for m in draft.of_body(MeetingRule, body) if m.how_often or m.at_least]
        kinds = {m.kind for m in rules}
        offices = {o.name for o in draft.rules(OfficeRule)}
        heads = [p.who for p in draft.of_body(PresidingRule, body) if p.who in offices]
        if not rules or any(m.kind not in kinds for m in draft.of_body(MeetingRule, body)):
            continue
        who = heads[0] if heads else "chair"
        told = draft.speaker.names.the(who) if heads else "the chair"
        more = MeetingRule(
            clauses=rules[0].clauses, mark=rules[0].mark, body=body, kind="further", how_often=None,
            at_least=None, called_by=who, on_request_of=None, cancelled_by=None,
        )  # fmt: skip
        yield redraft(
            remedy="a meeting in between",
            clauses=rules[0].clauses,
            says=f"add: “and {told} may call further meetings”.",
            model=f"meetings: {{kind: further, called_by: {who}}}",
            old=(),
            new=(more,),
        )


def more_time(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """A longer time for the answer, in the months that a drafter would write."""
    owed = [n for n in draft.rules(NormRule) if n.name == finding.subject]
    times = [p for n in owed for p in _parts(n.content) if _deadline(p) is not None]
    if not owed or not times:
        return
    now = max(days(p.length) for p in times if isinstance(p, Timed))
    for months in [m for m in MONTHS if 30 * m > now][:MOST_TIMES]:
        length = Length(months, "month")
        yield redraft(
            remedy="more time",
            clauses=clauses(owed),
            says=f"state {numbers.length(length)} instead.",
            model=f"must: … within {numbers.length(length)} after …, at {places(draft, owed)}",
            old=tuple(owed),
            new=tuple(replace(n, content=_given(n.content, length)) for n in owed),
        )


def oftener(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The body meets as often as the other clause needs."""
    rules = [m for m in draft.cited(MeetingRule, finding) if m.how_often is not None]
    for needed in dict.fromkeys(n for n in _needed(draft, finding) if n.times and n.unit is not None):
        for rule in rules:
            often = numbers.frequency(needed)
            yield redraft(
                remedy="more meetings",
                clauses=rule.clauses,
                says=f"state a meeting {often} instead."
                if needed.times == 1
                else f"state meetings {often} instead.",
                model=f"how_often: {in_the_model(needed)}",
                old=(rule,),
                new=(replace(rule, how_often=needed),),
            )


def number_left_out(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The number goes out of every clause that says it: the other clause settles it."""
    norms = [n for n in draft.cited(NormRule, finding) if n.force in ("must", "must-not")]
    own = [n for n in norms if n.name == finding.subject]
    for part in dict.fromkeys(
        p for n in own for c in conditions(n.content) if (p := bound_in(c)) is not None
    ):
        changed = [n for n in norms if part in tuple(conditions(n.content))]
        told = numbers.length(part.length) if isinstance(part, Timed) else "the number"
        touched = clauses(changed)
        yield redraft(
            remedy="no number",
            clauses=touched,
            says=f"leave {told} out.",
            model=f"must: without {told}, at {places(draft, changed)}",
            old=tuple(changed),
            new=tuple(replace(n, content=without(n.content, part)) for n in changed),
        )


def _bodies(draft: Draft, finding: Finding) -> Iterator[str]:
    cited = {m.body for m in draft.cited(MeetingRule, finding)}
    yield from dict.fromkeys(m.body for m in draft.rules(MeetingRule) if m.body in cited)


def _needed(draft: Draft, finding: Finding) -> Iterator[Frequency]:
    stated = [
        *(rule.every for rule in draft.cited(StepRule, finding)),
        *(rule.every for rule in draft.cited(InstrumentRule, finding)),
        *(rule.every for rule in draft.cited(RouteRule, finding)),
    ]
    yield from (every for every in stated if every is not None)
    for norm in draft.cited(NormRule, finding):
        for part in _parts(norm.content):
            found = counted(part)
            if found is not None and found[0]:
                yield Frequency(found[0], "year")


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.items if isinstance(condition, All) else (condition,)


def _deadline(part: Condition) -> Timed | None:
    return part if isinstance(part, Timed) and part.way == "after" and part.op in ("<=", "<") else None


def in_the_model(often: Frequency) -> str:
    """A frequency with a unit as the language has it."""
    if often.times == 1:
        return numbers.frequency(often)
    return f"{often.times} per {often.unit if often.units == 1 else f'{often.units} {often.unit}s'}"


def _given(condition: Condition, length: Length) -> Condition:
    if isinstance(condition, All):
        return All(tuple(_given(item, length) for item in condition.items))
    found = _deadline(condition)
    return condition if found is None else replace(found, length=length)
