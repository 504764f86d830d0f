"""GM105: two clauses give different grounds for one act, one of them as the only one."""

from __future__ import annotations

from functools import partial

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.norms.asking import Kind, ask_narrowed, found_in, left_out, norms, theory, unknown
from govmodel.checks.norms.telling import event_in_words, plain, sentence
from govmodel.checks.stories import on
from govmodel.model.expressions import All, Condition, Flag, Is, OnDate, Ordered, Timed
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.rules import NormRule, Reading, Rule
from govmodel.model.verdict import Answer, Case, Verdict
from govmodel.model.walk import names_in
from govmodel.semantics.cases import lineage, prevails
from govmodel.semantics.replay import grounds_apart as confirmed
from govmodel.smt.questions.cases import grounds_apart
from govmodel.words import text

ID, NAME = "GM105", "rival grounds"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    for first, second in _pairs(context):
        asked += 1
        known = _narrowed(context, first, second)
        if known is True:
            continue
        found = _ask(context, first, second)
        if isinstance(found, Finding) and isinstance(known, str):
            undecided.append(Undecided(check=ID, subject=first, why=known))
            continue
        if isinstance(found, Finding):
            findings.append(found)
        elif found is not None:
            undecided.extend(found)
    return result(ID, findings, dict.fromkeys(undecided), asked)


def _pairs(context: Context) -> list[tuple[str, str]]:
    """Names of norms that are grounds for one act, the second as the only one."""
    situations = context.rulebook.situations
    found: dict[tuple[str, str], None] = {}
    every = norms(context)
    only = [n for n in every if n.only]
    for first, second in ((first, second) for first in every for second in only if second is not first):
        line = lineage(situations, first.situation), lineage(situations, second.situation)
        together = first.situation in line[1] or second.situation in line[0]
        if (
            first.force in ("may", "must")
            and second.force == "may"
            and not set(first.clauses) & set(second.clauses)
            and together
            and (first.body is None or second.body is None or first.body == second.body)
            and not prevails(first, second)
            and not prevails(second, first)
            and acts(first) & acts(second)
        ):
            found[first.name, second.name] = None
    return list(found)


def _narrowed(context: Context, first: str, second: str) -> bool | str:
    """Whether the second takes the first back as a limit, so that it is hollow or narrowed: one finding.
    A text: why that is not known."""
    clauses = {c for n in norms(context) if n.name == second for c in n.clauses}
    answers = [ask_narrowed(context, n) for n in norms(context) if n.name == first and n.force == "may"]
    if any(set(blocked.clauses) <= clauses for answer in answers for blocked in found_in(answer)):
        return True
    return next((why for why in map(unknown, answers) if why), False)


def acts(norm: NormRule) -> set[str]:
    """What a norm has done: the attributes that it makes so, and the events that it bounds."""
    parts: tuple[Condition, ...] = norm.content.items if isinstance(norm.content, All) else (norm.content,)
    flags = {name for p in parts if isinstance(p, (Flag, Is)) for name in names_in(p)}
    return flags | {p.event for p in parts if isinstance(p, (Timed, Ordered, OnDate))}


def _ask(context: Context, first: str, second: str) -> Finding | list[Undecided] | None:
    """Under which readings the first ground is there and the second is not."""

    def about(rule: Rule) -> bool:
        return isinstance(rule, NormRule) and rule.name in (first, second)

    space = context.space(about)
    failing: list[tuple[Reading, NormRule, NormRule, Case]] = []
    for reading in space.all:
        rules = context.rules(reading)
        own = {n.name: n for n in rules.norms if n.name in (first, second)}
        if len(own) < 2:
            continue
        one, other = own[first], own[second]
        inner = max(one, other, key=lambda n: len(lineage(context.rulebook.situations, n.situation)))
        kind = Kind(inner.situation, one.body or other.body)
        text = theory(context, kind)
        if isinstance(text, str):
            return [Undecided(check=ID, subject=first, why=text)]
        if one.name in text.left_out or other.name in text.left_out:
            return left_out(context, kind, ID)
        text = text.about(one, other)
        ask = partial(grounds_apart, text, one, other, rules.reading, effort=context.effort)
        answer = context.shared(
            ("rival", first, second, one.gate, other.gate, tuple(text.literals_of(rules.reading))), ask
        )
        assert isinstance(answer, Answer)
        if answer.verdict is Verdict.UNKNOWN:
            return [Undecided(check=ID, subject=first, why=answer.why)]
        case = answer.witness
        if not isinstance(case, Case):
            continue
        if not confirmed(rules, case, one, other):
            why = "the judge does not confirm that one ground is there and the other is not"
            return [Undecided(check=ID, subject=first, why=why)]
        failing.append((reading, one, other, case))
    if not failing:
        return None
    holds = [reading for reading, *_ in failing]
    base = in_base(context, holds)
    reading, one, other, case = next((f for f in failing if in_base(context, [f[0]])), failing[0])
    level = lowered(_level(one, other), base)
    if level is None:
        return None
    return _finding(context, one, other, case, level, reading, holding(space, holds), base)


def _level(one: NormRule, other: NormRule) -> Level:
    """Error where one of the grounds is no condition at all, so that the other says nothing."""
    return "error" if one.when is None or other.when is None else "warning"


def _finding(
    context: Context,
    one: NormRule,
    other: NormRule,
    case: Case,
    level: Level,
    reading: Reading,
    readings: tuple[Reading, ...],
    base: bool,
) -> Finding:
    first, second = text.clause(one.clauses), text.clause(other.clauses)
    allows = text.clause(one.clauses, "allows", "allow")
    index = context.rulebook.clauses
    asked = {n for part in (one.when, one.unless, other.when, other.unless) if part for n in names_in(part)}
    facts = {name: fact for name, fact in case.facts.items() if name in asked}
    situation = Kind(case.situation, case.body)
    story = [
        *(f"Clause {c}: {index[c].says}." for c in (*one.clauses, *other.clauses) if c in index),
        f"The case: {event_in_words(context, situation)}, on {on(case.day)}.",
        *(f"{sentence(context, name, fact, case.day)}." for name, fact in facts.items()),
        f"That is enough by {first}, and not by {second}, which names the only ground.",
    ]
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=clauses_of(one, other),
        subject=f"{one.name}/{other.name}",
        message=f"{text.clause(clauses_of(one, other))} give one act different grounds, "
        f"{second if len(clauses_of(one, other)) > 2 else 'the second'} as the only one",
        mark=other.mark,
        story=tuple(story),
        told_in=reading,
        help=f"Say in {second} that it leaves alone what {allows}, or strike one.",
        readings=readings,
        in_base=base,
        evidence={"facts": {name: plain(fact) for name, fact in facts.items()}},
    )


CHECK = Check(ID, NAME, run)
