"""Duties to answer in time that a body owes which acts only when it meets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal

from govmodel.calendar import is_working_day
from govmodel.checks.context import Context
from govmodel.checks.findings import holding, in_base
from govmodel.checks.norms.calendars import (
    KIND,
    Said,
    decided_in_writing,
    in_writing,
    meetings,
    others,
    regular,
)
from govmodel.dataclass import dataclass, replace
from govmodel.exact.calendars import (
    Wait,
    calendar_without,
    fewest_meetings,
    longest_gap,
    may_be_late,
    meetable,
    most_in_time,
    periods,
    start_of,
)
from govmodel.model.expressions import All, Condition, Ordered, Timed
from govmodel.model.rules import BodyRules, DecisionRule, MeetingRule, NormRule, Reading, Rule, Rules
from govmodel.model.verdict import Verdict
from govmodel.model.walk import names_in
from govmodel.reading import Readings
from govmodel.semantics import calendars as judge
from govmodel.semantics.cases import attributes, binding, conditions_of, offset_after, offset_before
from govmodel.smt.questions.calendars import kept_within

YEAR = 365
EARLY = 100
FEW = 0.05
"""What is late on a smaller share of days is a note."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A body owes an answer within a time. `before`: duties for which the answer has to wait; `said`: what
    bounds the body's calendar; `called`, `notices`: rules by which it may be called together in between, and
    the notice that this takes."""

    norm: NormRule
    body: BodyRules
    part: Timed
    before: tuple[NormRule, ...]
    said: tuple[Said, ...]
    called: tuple[MeetingRule, ...]
    notices: tuple[NormRule, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        planned = (r for each in self.said for r in each.rules)
        rules = (self.norm, *planned, *self.before, *self.called, *(self.notices if self.called else ()))
        return tuple(dict.fromkeys(c for rule in rules for c in rule.clauses))


@dataclass(frozen=True, slots=True)
class Answered:
    """`never`: no calendar answers everything in time; `unsure`: some does not. `share`: of days on which
    what happens is answered late (at least, under the best calendar) or may be (under some). `gap`, `fewest`:
    the calendar that would do, in days from one meeting to the next and in meetings a year (None: none)."""

    state: Literal["never", "unsure", "sure"]
    share: float
    gap: int | None
    fewest: int | None
    day: date | None = None
    due: date | None = None
    meetings: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The readings under which a duty is never or not surely met, with the one in which it is told."""

    owed: Owed
    answered: Answered
    reading: Reading
    readings: tuple[Reading, ...]
    in_base: bool


def found(
    context: Context, state: Literal["never", "unsure"]
) -> tuple[tuple[Found, ...], tuple[str, ...], int]:
    """What is found of one kind, what was not decided and why, and how many questions were asked."""
    made: list[Found] = []
    undecided: list[str] = []
    asked = 0
    for name, (space, every) in context.shared("answers", lambda: _answers(context)).items():
        context.cut = context.cut or not space.complete
        asked += len(every)
        undecided += (f"{name}: {answered}" for _, _, answered in every if isinstance(answered, str))
        failing = [(r, o, a) for r, o, a in every if not isinstance(a, str) and a.state == state]
        if failing:
            holds = [reading for reading, _, _ in failing]
            told = next((f for f in failing if in_base(context, [f[0]])), failing[0])
            owed, open_ = _fewest(context, failing, told[1])
            undecided += (f"{name}, whether it takes clause {clause}: {why}" for clause, why in open_)
            made.append(Found(owed, told[2], told[0], holding(space, holds), in_base(context, holds)))
    return tuple(made), tuple(dict.fromkeys(undecided)), asked


def _fewest(
    context: Context, failing: Sequence[tuple[Reading, Owed, Answered]], told: Owed
) -> tuple[Owed, list[tuple[str, str]]]:
    """A duty with the fewest others by which all is as it was found to be, under each of these readings; the
    clauses of which it is not decided whether they are needed, each with why."""
    gone: set[tuple[str, ...]] = set()
    unknown: list[tuple[str, str]] = []

    def left(owed: Owed, without: set[tuple[str, ...]]) -> Owed:
        return replace(
            owed,
            before=tuple(n for n in owed.before if n.clauses not in without),
            said=tuple(s for s in owed.said if s.clauses not in without),
            notices=tuple(n for n in owed.notices if n.clauses not in without),
        )

    beside = [s.clauses for s in told.said] + [n.clauses for n in (*told.before, *told.notices)]
    for clauses in reversed(list(dict.fromkeys(beside))):
        less = gone | {clauses}
        every = [(left(owed, less), context.rules(reading), answered) for reading, owed, answered in failing]
        if not all(owed.said for owed, _, _ in every):
            continue
        for owed, rules, answered in every:
            without = _answered(context, owed, rules)
            if isinstance(without, str):
                unknown.append((" and ".join(clauses), without))
            if without != answered:
                break
        else:
            gone = less
    return left(told, gone), unknown


def _answers(
    context: Context,
) -> dict[str, tuple[Readings, list[tuple[Reading, Owed, Answered | str]]]]:
    """For each duty how it is met, under every reading on which that depends; or why it is not known."""
    found = {}
    for name, bodies in _debtors(context).items():

        def about(rule: Rule, name: str = name, bodies: set[str] = bodies) -> bool:
            return _about(rule, name, bodies)

        space = context.space(about, "day-count")
        found[name] = (
            space,
            [
                (reading, owed, _answered(context, owed, context.rules(reading)))
                for reading in space.all
                for owed in _owed(context.rules(reading), name)
            ],
        )
    return found


def _debtors(context: Context) -> dict[str, set[str]]:
    """The norms with a deadline that a body may have to keep, by name, with these bodies."""
    rulebook = context.rulebook
    held = {r.body for r in rulebook.of(MeetingRule)}
    made: dict[str, set[str]] = {}
    for norm in (r for r in rulebook.of(NormRule) if _timed(r)):
        kinds = attributes(rulebook.situations, norm.situation)
        events = [p.event for p in _parts(norm.content) if isinstance(p, Timed) and _deadline(p)]
        answers = [kinds[event] for event in events if event in kinds]  # a meeting itself is no answer
        bodies = {norm.who, *(kind.chosen_by for kind in answers)} & held if answers else set()
        if bodies:
            made.setdefault(norm.name, set()).update(b for b in bodies if b is not None)
    return made


def _about(rule: Rule, name: str, bodies: set[str]) -> bool:
    match rule:
        case NormRule():
            names = {n for c in conditions_of(rule) for n in names_in(c)}
            meets = rule.body is None or rule.body in bodies
            return rule.name == name or _timed(rule) or (meets and KIND in names) or _notifies(rule, bodies)
        case MeetingRule():
            return rule.body in bodies
        case DecisionRule():
            return rule.body in bodies and decided_in_writing(rule)
    return False


def _notifies(norm: NormRule, bodies: set[str]) -> bool:
    own = norm.situation == "meeting" and (norm.body is None or norm.body in bodies)
    return own and any(_ahead(p) for p in _parts(norm.content))


# which duties


def _timed(norm: NormRule) -> bool:
    return norm.force == "must" and any(_deadline(p) for p in _parts(norm.content))


def _deadline(part: Condition) -> bool:
    return isinstance(part, Timed) and part.way == "after" and part.op in ("<=", "<")


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.items if isinstance(condition, All) else (condition,)


def _sure(norm: NormRule) -> bool:
    """It binds in every case, and nobody is let off."""
    return norm.force == "must" and norm.unless is None and norm.waived_by is None and not norm.breach_of


def _owed(rules: Rules, name: str) -> Iterator[Owed]:
    """What a norm has a body answer in time that acts only when it meets, at meetings of which the text says
    how often they are held."""
    for norm in (n for n in rules.norms if n.name == name and _sure(n)):
        kinds = attributes(rules.situations, norm.situation)
        for part in _parts(norm.content):
            if (
                not isinstance(part, Timed)
                or not _deadline(part)
                or not {part.event, part.anchor} <= {*kinds}
            ):
                continue
            who = norm.who if norm.who in rules.bodies else kinds[part.event].chosen_by
            body = rules.bodies.get(who or "")
            if body is None or body.external or kinds[part.anchor].chosen_by is not None or in_writing(body):
                continue
            told = tuple(meetings(rules, body, planned=True))
            if any(each.often.least for each in told):
                kinds_held = {m.kind for m in regular(body)}
                called = tuple(m for m in body.meetings if m.kind not in kinds_held)
                before, notices = tuple(_before(rules, norm, part)), tuple(_notices(rules, body))
                yield Owed(norm, body, part, before, told, called, notices)


def _before(rules: Rules, norm: NormRule, part: Timed) -> Iterator[NormRule]:
    """Duties with a time of their own, counted from the same event, for which the answer has to wait."""
    bound = [n for n in binding(rules.norms, rules.situations, norm.situation, norm.body) if _sure(n)]
    after = {
        p.anchor
        for n in bound
        for p in _parts(n.content)
        if isinstance(p, Ordered | Timed) and p.event == part.event and p.way == "after"
    }
    for other in bound:
        for p in _parts(other.content):
            if isinstance(p, Timed) and _deadline(p) and p.event in after and p.anchor == part.anchor:
                yield other


# how long it takes


def _answered(context: Context, owed: Owed, rules: Rules) -> Answered | str:
    first, start = start_of(context.rulebook.first_day), context.rulebook.first_day
    bounds = [each.often for each in owed.said]
    cuts = [periods(rule, first) for rule in bounds]
    length = max(((cut[-1] - first).days for cut in cuts if cut), default=0)
    whole = _waits(owed, rules, first, range(length), late=False)
    possible = meetable(bounds, first, whole)
    if possible is None:
        return "the periods of its meetings do not fill two years evenly"
    called = others(rules, owed.body)
    pressing = [w for w in whole if _too_short(rules, owed, first, w)] if called else whole
    if called and not pressing:
        return Answered("sure", 0.0, None, None)
    own = range((start - first).days, (start - first).days + YEAR)
    year = _waits(owed, rules, first, own, late=True)
    if called:
        year = [w for w in year if _too_short(rules, owed, first, w)]
    gap, fewest = longest_gap(year), fewest_meetings(year)
    if not (possible if not called else meetable(bounds, first, pressing)):
        return _never(context, owed, first, len(whole), pressing, gap, fewest)
    late = may_be_late(bounds, first, year)
    if not late:
        return Answered("sure", 0.0, gap, fewest)
    return _unsure(context, owed, first, late, gap, fewest)


def _waits(owed: Owed, rules: Rules, first: date, days: range, *, late: bool) -> list[Wait]:
    """For what happens on each of these days, from when to when a meeting answers it in time. `late`: every
    earlier duty is kept at its latest."""
    made = []
    for number in days:
        day = first + timedelta(days=number)
        within = offset_after(day, owed.part.length, rules.nation, rules.reading)
        lags = [
            offset_after(day, p.length, rules.nation, rules.reading)
            for n in (owed.before if late else ())
            for p in _parts(n.content)
            if isinstance(p, Timed) and _deadline(p)
        ]
        made.append(Wait(number + max(lags, default=0), number + within - (owed.part.op == "<")))
    return made


def _notices(rules: Rules, body: BodyRules) -> Iterator[NormRule]:
    """The duties by which every meeting of a body takes some notice."""
    for norm in rules.norms:
        own = norm.situation == "meeting" and norm.body in (None, body.name)
        if own and _sure(norm) and norm.when is None and any(_ahead(p) for p in _parts(norm.content)):
            yield norm


def _ahead(part: Condition) -> bool:
    ahead = isinstance(part, Timed) and part.way == "before" and part.op in (">=", ">")
    return ahead and isinstance(part, Timed) and part.anchor == "meeting"


def _too_short(rules: Rules, owed: Owed, first: date, wait: Wait) -> bool:
    """Whether not even a meeting that is called for it comes in time, with the notice that each needs."""
    parts = [p for n in owed.notices for p in _parts(n.content) if isinstance(p, Timed) and _ahead(p)]
    for day in range(wait.ready, wait.due + 1):
        at = first + timedelta(days=day)
        if all(day - offset_before(at, p.length, rules.nation, rules.reading) >= wait.ready for p in parts):
            return False
    return True


def _never(
    context: Context,
    owed: Owed,
    first: date,
    days: int,
    waits: Sequence[Wait],
    gap: int | None,
    fewest: int | None,
) -> Answered | str:
    exact = [each.often for each in owed.said if each.often.most is not None]
    widths = {w.due - w.ready for w in waits}
    total = len(waits)
    if len(owed.said) == len(exact) == len(widths) == 1 and len(waits) == days and min(widths) >= 0:
        cut = [(day - first).days for day in periods(exact[0], first) or ()]
        many = exact[0].most or 0
        total = many * (len(cut) - 1)
        answer = kept_within(cut, many, min(widths) + 1, effort=context.effort)
        if answer.verdict is Verdict.UNKNOWN:
            return answer.why
        if answer.verdict is Verdict.HOLDS:
            return "the solver found a calendar where the closed form has none"
    elif exact:
        total = min((r.most or 0) * (len(periods(r, first) or ()) - 1) for r in exact)
    share = (len(waits) - most_in_time(total, waits)) / days
    return Answered("never", share, gap, fewest)


def _unsure(
    context: Context, owed: Owed, first: date, late: Sequence[Wait], gap: int | None, fewest: int | None
) -> Answered | str:
    nation = context.rulebook.nation
    bounds = [each.often for each in owed.said]
    working = [is_working_day(first + timedelta(days=n), nation) for n in range(800)]
    order = sorted(late, key=lambda w: (w.ready < EARLY, w.ready))  # a story has a meeting before it too
    for wait in order[:: max(1, len(late) // 12)]:
        days = calendar_without(bounds, first, wait, working)
        if days is None:
            continue
        dates = tuple(first + timedelta(days=day) for day in days)
        ready, due = first + timedelta(days=wait.ready), first + timedelta(days=wait.due)
        cuts = [periods(rule, first) or () for rule in bounds]
        lawful = all(judge.keeps(dates, c, r.least, r.most) for c, r in zip(cuts, bounds, strict=True))
        if not lawful or judge.in_time(dates, ready, due):
            return "the judge does not confirm the calendar that was found"
        return Answered("unsure", len(late) / YEAR, gap, fewest, ready, due, dates)
    return "no such calendar with its meetings on working days was found"
