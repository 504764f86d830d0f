"""Hollow and narrowed permissions: one question, two findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from govmodel.checks.context import Context
from govmodel.checks.findings import lowered, merged, result
from govmodel.checks.norms.asking import (
    Kind,
    ask_conflicts,
    ask_narrowed,
    bound_under,
    found_in,
    grants,
    kind_of_norm,
    left_out,
    named,
    theory,
)
from govmodel.checks.norms.telling import event_in_words, facts_of, sentence, spoken
from govmodel.checks.stories import on, plural
from govmodel.dataclass import dataclass
from govmodel.exact.times import Difference, least_distance
from govmodel.model.expressions import All, Condition, Timed
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.rules import NormRule, Reading, Rules
from govmodel.model.verdict import Verdict
from govmodel.model.walk import names_in
from govmodel.semantics.cases import narrower, offset_before, prevails, time_axioms
from govmodel.semantics.replay import blocks, exercised_lawfully, promised
from govmodel.smt.case import CaseTheory
from govmodel.smt.questions.norms import Blocked, Bound, NormAnswer, bounds, timed_bound
from govmodel.words import numbers, text
from govmodel.words.events import ACTS
from govmodel.words.text import capital


def run_for(context: Context, check: str, name: str, *, hollow: bool) -> CheckResult:
    """The findings of one of the two checks, over every permission."""
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = grants(context)
    for grant in asked:
        undecided.extend(left_out(context, kind_of_norm(context, grant), check))
        answer = ask_narrowed(context, grant)
        found, anyway = found_in(answer), _anyway(context, grant, answer)
        if isinstance(anyway, str):
            undecided.append(Undecided(check=check, subject=grant.name, why=anyway))
            continue
        if len(found) > len(anyway) > 0:  # what else is in the way is told beside the conflicts
            answer = ask_narrowed(context, grant, anyway)
        if isinstance(answer, str) or answer.verdict is Verdict.UNKNOWN:
            why = answer if isinstance(answer, str) else answer.why
            undecided.append(Undecided(check=check, subject=grant.name, why=why))
            continue
        if answer.why:
            undecided.append(Undecided(check=check, subject=grant.name, why=answer.why))
        if answer.verdict is Verdict.FAILS and answer.hollow is hollow and len(found) > len(anyway):
            made = _finding(context, check, name, grant, answer, beside_conflicts=bool(anyway))
            if isinstance(made, Undecided):
                undecided.append(made)
            elif made is not None:
                findings.append(made)
    return result(check, merged(findings), dict.fromkeys(undecided), len(asked))


def _anyway(context: Context, grant: NormRule, answer: NormAnswer | str) -> list[tuple[str, ...]] | str:
    """Of what is in the way, the duties that cannot all be kept anyway: that is told as a conflict. A text:
    why that is not decided."""
    if not found_in(answer):
        return []
    conflicts = ask_conflicts(context, kind_of_norm(context, grant))
    if isinstance(conflicts, str) or conflicts.verdict is Verdict.UNKNOWN:
        return conflicts if isinstance(conflicts, str) else conflicts.why
    known = found_in(conflicts)

    def told(blocked: Blocked) -> bool:
        sets = (c for c in known if {*c.clauses} <= {*blocked.clauses})
        return any(c.readings in (({},), blocked.readings) for c in sets)

    return [blocked.clauses for blocked in found_in(answer) if told(blocked)]


def _finding(
    context: Context, check: str, name: str, grant: NormRule, answer: NormAnswer, *, beside_conflicts: bool
) -> Finding | Undecided | None:
    blocked = min(answer.blocked, key=lambda b: not b.in_base)
    against = tuple(dict.fromkeys(c for b in answer.blocked for c in b.clauses if c not in grant.clauses))
    clauses = (*grant.clauses, *against)
    involved = named(context, blocked.norms)
    kind = kind_of_norm(context, grant)
    rules = context.rules(blocked.reading)
    alike = [blocked, *(b for b in answer.blocked if b is not blocked and b.reading == blocked.reading)]
    time = _time(context, kind, grant, alike, clauses if beside_conflicts else None)
    if isinstance(time, Undecided):
        return Undecided(check=check, subject=grant.name, why=time.why)
    if time is not None:
        blocked = time.blocked
    for clause, case in blocked.cases.items():
        if not (promised(rules, case, grant) and blocks(rules, case, clause, blocked.clauses, grant=grant)):
            why = f"the judge does not confirm that it is promised against clause {clause}"
            return Undecided(check=check, subject=grant.name, why=why)
    level = _level(grant, blocked, involved, now_and_then=time is not None and time.now_and_then)
    if level is None:
        return None
    message, story, evidence = _told(context, grant, blocked, against, time, hollow=answer.hollow)
    return Finding(
        check=check,
        name=name,
        level=level,
        clauses=clauses,
        subject=grant.name,
        message=message,
        mark=grant.mark,
        story=story,
        told_in=blocked.reading,
        help=f"Except the case from {text.clause(against)}, or state the notice that it really needs."
        if time
        else f"Say in {text.clause(against, last='or')} that the permission prevails, or withdraw it.",
        readings=_readings(answer),
        in_base=any(b.in_base for b in answer.blocked),
        evidence=evidence,
    )


def _readings(answer: NormAnswer) -> tuple[Reading, ...]:
    """The readings of all that blocks, each once; smaller ones swallow the rest."""
    return spoken(tuple(reading for blocked in answer.blocked for reading in blocked.readings))


def _level(
    grant: NormRule, blocked: Blocked, involved: Sequence[NormRule], *, now_and_then: bool
) -> Level | None:
    """Error in the base reading where a norm insists (each, only, all) or none is merely more
    general; warning where a special case could be said to prevail, where only the days of some weeks are
    in the way, or in other readings only."""
    insists = any(n.always for n in involved if not set(n.clauses) & set(grant.clauses))
    arguable = any(narrower(grant, n) for n in involved)
    level: Level = "error" if (insists or not arguable) and not now_and_then else "warning"
    return lowered(level, blocked.in_base)


@dataclass(frozen=True, slots=True)
class _Time:
    """Stated and effective notice: `usual` is the commonest effective one, in days, `worst` the longest.
    `source`: the stated length that makes it, in the circumstances told of (`blocked`)."""

    part: Timed
    bounds: tuple[Bound, ...]
    usual: int
    worst: Bound
    blocked: Blocked
    source: tuple[Timed, NormRule] | None

    @property
    def days(self) -> int:
        """On how many start days of the year more than the stated notice is needed."""
        return sum(b.share for b in self.bounds if b.lawful is None or b.lawful > b.stated)

    @property
    def now_and_then(self) -> bool:
        """Whether the stated notice is enough on most days."""
        return 2 * self.days < sum(b.share for b in self.bounds)


def _time(
    context: Context, kind: Kind, grant: NormRule, alike: Sequence[Blocked], only: Sequence[str] | None
) -> _Time | Undecided | None:
    """The effective bound, from the solver and from the difference graph; both must agree. `alike`: what
    blocks under one reading. `only`: by these clauses, where others cannot be kept anyway."""
    part = timed_bound(grant)
    text = theory(context, kind)
    reading = alike[0].reading
    if part is None or part.way != "before" or isinstance(text, str):
        return None
    verdict, found, why = bounds(
        context.rulebook,
        grant,
        kind.situation,
        kind.body,
        reading=reading,
        effort=context.effort,
        fixed=context.fixed,
        theory=text,
        once=context.shared,
        only=only,
    )
    if verdict is Verdict.UNKNOWN:
        return Undecided(check="", subject=grant.name, why=why)
    lawful = [b for b in found if b.lawful is not None]
    if not lawful or all(b.lawful == b.stated for b in lawful):
        return None
    rules = context.rules(reading)
    binding = bound_under(context, rules, kind)
    for bound in lawful:
        least, whole = _closed(rules, binding, text, grant, part, bound.first, only) or (0, False)
        if least > (bound.lawful or 0) or (whole and least != bound.lawful):
            why = f"two engines disagree on the notice for {bound.first}: {bound.lawful} and {least} days"
            return Undecided(check="", subject=grant.name, why=why)
        if bound.case is None or not exercised_lawfully(rules, bound.case, grant, only):
            return Undecided(check="", subject=grant.name, why="the judge does not confirm a lawful case")
    days: dict[int, int] = {}
    for bound in lawful:
        days[bound.lawful or 0] = days.get(bound.lawful or 0, 0) + bound.share
    usual = max(days, key=lambda d: days[d])
    worst = max(lawful, key=lambda b: b.lawful or 0)
    told = [
        (b, _source(rules, binding, b, text, day)) for b in alike for day in lawful if day.first == _day(b)
    ]
    blocked, source = next((pair for pair in told if pair[1] is not None), (alike[0], None))
    return _Time(part, tuple(found), usual, worst, blocked, source)


def _day(blocked: Blocked) -> date:
    """The day of the meeting in what is told of circumstances."""
    return next(iter(blocked.cases.values())).day


def _closed(
    rules: Rules,
    norms: Sequence[NormRule],
    text: CaseTheory,
    grant: NormRule,
    part: Timed,
    day: date,
    only: Sequence[str] | None,
) -> tuple[int, bool] | None:
    """The least distance by the difference graph, and whether that is all: a norm in the case that is more
    than distances before the meeting can only make it longer. None: the distances contradict each other."""
    graph = [Difference(a, b, 0) for a, b in time_axioms(text.kinds)]
    whole = True

    def add(timed: Timed) -> None:
        days = offset_before(day, timed.length, rules.nation, rules.reading)
        graph.append(Difference(timed.event, timed.anchor, days))

    add(part)
    yielding = {n.name for n in norms if any(prevails(other, n) for other in norms)}
    for norm in norms:
        if norm.soft or norm.force == "may" or set(norm.clauses) & set(grant.clauses):
            continue
        if only is not None and not set(norm.clauses) <= set(only):
            continue
        plain = norm.when is None and norm.unless is None and norm.force == "must"
        plain = plain and norm.waived_by is None and norm.name not in yielding
        items = norm.content.items if isinstance(norm.content, All) else (norm.content,)
        for item in items:
            if plain and isinstance(item, Timed) and item.op == ">=" and item.way == "before":
                add(item)
            elif any(text.kinds[name].kind == "time" for name in names_in(item)):
                whole = False
    least = least_distance(graph, part.event)
    return None if least is None else (least, whole)


def _source(
    rules: Rules, norms: Sequence[NormRule], blocked: Blocked, text: CaseTheory, bound: Bound
) -> tuple[Timed, NormRule] | None:
    """The stated length that makes the effective bound: one of the norms that block whose length comes
    to the same days; a norm of the innermost event first."""
    for norm in sorted(norms, key=lambda n: n.situation != text.situation):
        if norm.soft or norm.name not in blocked.norms:
            continue
        parts: tuple[Condition, ...] = (
            norm.content.items if isinstance(norm.content, All) else (norm.content,)
        )
        for part in parts:
            if not isinstance(part, Timed) or part.way != "before" or part.op != ">=":
                continue
            if offset_before(bound.first, part.length, rules.nation, rules.reading) == bound.lawful:
                return part, norm
    return None


def _told(
    context: Context,
    grant: NormRule,
    blocked: Blocked,
    against: tuple[str, ...],
    time: _Time | None,
    *,
    hollow: bool,
) -> tuple[str, tuple[str, ...], dict[str, object]]:
    """Message, story and evidence."""
    rulebook = context.rulebook
    says = {c: rulebook.clauses[c].says for c in (*grant.clauses, *against) if c in rulebook.clauses}
    # What is told of is due to some of the clauses; others take something too, by themselves.
    by = (
        tuple(c for c in blocked.clauses if c not in grant.clauses)
        if time is None or time.source
        else against
    )
    rest = tuple(c for c in against if c not in by)
    allows, others = text.clause(grant.clauses, "allows", "allow"), text.clause(by)
    too = [f"{capital(text.clause(rest, 'takes', 'take'))} something from what {allows} too."] if rest else []
    case = next(iter(blocked.cases.values()))
    if time is None:
        extent = "can never be used" if hollow else "cannot be used in every case that it speaks of"
        message = f"what {allows} {extent}, because of {text.clause(against)}"
        story = [f"Clause {c}: {words}." for c, words in says.items()]
        story.append(f"The case: {event_in_words(context, kind_of_norm(context, grant))}, on {on(case.day)}.")
        story += [f"{sentence(context, k, v, case.day)}." for k, v in blocked.facts.items()]
        story.append(f"What {allows} cannot be done there without breaking {others}.")
        story += too
        return message, tuple(story), {"facts": dict(facts_of(case, tuple(blocked.facts)))}
    stated = numbers.length(time.part.length)
    effective = numbers.length(time.source[0].length) if time.source else plural(time.usual, "day")
    message = f"{allows} {stated}, but {text.clause(by, 'makes', 'make')} it {effective}: {_span(time)}"
    if time.now_and_then:
        some, worst = plural(time.days, "day"), plural(time.worst.lawful or 0, "calendar day")
        asks = f"but {text.clause(by, 'asks', 'ask')} for {effective}"
        asks = f"{asks}: for meetings on {some} of the year that is more"
        if time.source is None:
            asks = f"too little by {others} for meetings on {some} of the year"
        message = f"{allows} {stated}, {asks}, {worst} at worst"
    meeting = case.day
    event = case.facts[time.part.event]
    called = meeting + timedelta(days=event if isinstance(event, int) else 0)
    due = meeting - timedelta(days=next(b.lawful or 0 for b in time.bounds if b.first == meeting))
    early = plural((called - due).days, "day")
    done = _done(context, time.part, on(called), on(meeting))
    is_notice = time.part.event == "meeting.notice"
    least = plural((meeting - due).days, "calendar day")
    shortest = f"shortest lawful notice for that meeting is {least}"
    if not is_notice:
        shortest = f"least that is lawful is {least} before that meeting"
    story = [
        f"{done}, with the {stated} that {allows}.",
        f"By {others}, {_act(context, time)} no later than {on(due)}.",
        f"That was {early} earlier: {others} cannot be kept, whoever helps.",
        *too,
        f"The {shortest}.",
    ]
    slow, longest = time.worst.first, time.worst.lawful or 0
    if longest > (meeting - due).days:
        story.append(
            f"At worst, for a meeting on {on(slow)}, it is {plural(longest, 'calendar day')}: "
            f"{'notice by' if is_notice else 'no later than'} {on(slow - timedelta(days=longest))}."
        )
    evidence: dict[str, object] = {
        "stated": stated,
        "effective": effective,
        "effective_days_usual": time.usual,
        "effective_days_worst": time.worst.lawful,
        "by_start_day": [
            {
                "first": b.first.isoformat(),
                "days_of_365": b.share,
                "stated_days": b.stated,
                "lawful_days": b.lawful,
            }
            for b in time.bounds
        ],
        "facts": dict(facts_of(case, tuple(case.facts))),
    }
    return message, tuple(story), evidence


def _span(time: _Time) -> str:
    """The effective notice in calendar days: as a rule, and at worst where that is more."""
    usual, worst = plural(time.usual, "calendar day"), time.worst.lawful or 0
    return usual if worst == time.usual else f"{usual} as a rule, {worst} at worst"


def _done(context: Context, part: Timed, when: str, meeting: str) -> str:
    if part.event == "meeting.notice":
        return f"On {when} a meeting is called for {meeting}"
    situation, _, key = part.event.rpartition(".")
    says = context.rulebook.situations[situation].attributes[key].says
    return f"On {when} {says}, for a meeting on {meeting}"


def _act(context: Context, time: _Time) -> str:
    if time.source is None:
        return "what must precede the meeting has to be done"
    event = time.source[0].event
    situation, _, key = event.rpartition(".")
    says = (
        ACTS[event][0].replace("’", "'")
        if event in ACTS
        else context.rulebook.situations[situation].attributes[key].says
    )
    return f"{says} at least {numbers.length(time.source[0].length)} before the meeting:"
