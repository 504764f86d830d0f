"""GM114: clauses that no calendar of meetings keeps."""

from __future__ import annotations

from datetime import date
from functools import partial

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import holding, in_base, lowered, result
from govmodel.checks.norms.calendars import IN_A_YEAR, KIND, Said, names_of, said
from govmodel.checks.norms.telling import clauses_in_words
from govmodel.exact.calendars import Often, clashes, differences, start_of
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import (
    DecisionRule,
    InstrumentRule,
    MeetingRule,
    NormRule,
    Reading,
    RouteRule,
    Rule,
    StepRule,
)
from govmodel.model.verdict import Verdict
from govmodel.model.walk import names_in
from govmodel.semantics.cases import conditions_of
from govmodel.smt.questions.calendars import kept_by_some

ID, NAME = "GM114", "unkeepable calendar"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    every = context.rulebook.of(MeetingRule)
    loose, named = _of_no_body(context)
    for body in dict.fromkeys(r.body for r in every):
        among = (*context.of_body(body), *loose, *named.get(body, ()))
        failing: dict[tuple[str, ...], list[tuple[Reading, tuple[Said, ...]]]] = {}
        space = context.space(partial(_about, body), among=among)
        for reading in space.all:
            asked += 1
            for clash in _clashes(context, reading, body):
                if isinstance(clash, str):
                    undecided.append(Undecided(check=ID, subject=body, why=clash))
                    continue
                cited = tuple(dict.fromkeys(c for each in clash for c in each.clauses))
                failing.setdefault(cited, []).append((reading, clash))
        for cited, found in failing.items():
            holds = [reading for reading, _ in found]
            base = in_base(context, holds)
            level = lowered("error", base)
            reading, clash = next((f for f in found if in_base(context, [f[0]])), found[0])
            if level is not None:
                findings.append(
                    Finding(
                        check=ID,
                        name=NAME,
                        level=level,
                        clauses=cited,
                        subject=body,
                        message=f"no calendar of the {context.rules(reading).bodies[body].title} keeps "
                        f"{clauses_in_words(cited)}",
                        mark=clash[-1].rules[0].mark,
                        story=_story(context, clash),
                        told_in=reading,
                        help="Change one of the two numbers, or let somebody call a meeting in between.",
                        readings=holding(space, holds),
                        in_base=base,
                        evidence={"says": {"+".join(s.clauses): s.words for s in clash}},
                    )
                )
    return result(ID, findings, dict.fromkeys(undecided), asked)


def _of_no_body(context: Context) -> tuple[list[Rule], dict[str, list[Rule]]]:
    """The rules that stand under no body: those on every body, and those that name some."""
    loose: list[Rule] = []
    named: dict[str, list[Rule]] = {}
    for rule in context.rulebook.rules:
        match rule:
            case StepRule() | RouteRule():
                for name in dict.fromkeys(names_of(rule)):
                    named.setdefault(name, []).append(rule)
            case InstrumentRule():
                loose.append(rule)
            case NormRule() if rule.body is None:
                loose.append(rule)
    return loose, named


def _about(body: str, rule: Rule) -> bool:
    match rule:
        case MeetingRule() | DecisionRule():
            return rule.body == body
        case NormRule() if rule.body not in (None, body):
            return False
        case NormRule():
            names = {name for c in conditions_of(rule) for name in names_in(c)}
            return bool(names & {IN_A_YEAR, KIND, "meeting.cancelled"})
        case StepRule() | RouteRule():
            return body in names_of(rule)
        case InstrumentRule():
            return rule.every is not None
    return False


def _clashes(context: Context, reading: Reading, body: str) -> list[tuple[Said, ...] | str]:
    """The sets of clauses that no calendar keeps, or why that is not decided."""
    rules = context.rules(reading)
    own = rules.bodies.get(body)
    if own is None:
        return []
    # Readings that leave the rules alike give the same objects: all at which `said` looks.
    key = ("calendar", *map(id, (own, rules.norms, rules.steps, rules.instruments, rules.routes)))
    return context.shared(key, lambda: _clashing(context, said(rules, own)))


def _clashing(context: Context, everything: tuple[Said, ...]) -> list[tuple[Said, ...] | str]:
    first = start_of(context.rulebook.first_day)
    found: list[tuple[Said, ...] | str] = []
    bounds = tuple(each.often for each in everything)
    for places in context.shared(("clashes", bounds), lambda: _places(bounds, first)):
        pair, clash = tuple(everything[i] for i in places), tuple(bounds[i] for i in places)
        if _said_twice(pair) or len({c for each in pair for c in each.clauses}) < 2:
            continue
        given = differences(clash, first) or ()
        answer = kept_by_some([(d.earlier, d.later, d.days) for d in given], effort=context.effort)
        if answer.verdict is Verdict.UNKNOWN:
            found.append(answer.why)
        elif answer.verdict is Verdict.HOLDS:
            found.append("the solver found a calendar where the closed form has none")
        else:
            found.append(pair)
    return found


def _places(bounds: tuple[Often, ...], first: date) -> tuple[tuple[int, ...], ...]:
    """The sets of bounds that no calendar keeps, by their places."""
    own = {id(bound): place for place, bound in enumerate(bounds)}
    return tuple(tuple(own[id(bound)] for bound in clash) for clash in clashes(bounds, first))


def _said_twice(pair: tuple[Said, ...]) -> bool:
    """Two frequencies of one kind of meeting: one rule said twice and differently, which GM109 tells of."""
    rules = [each.rules[0] for each in pair]
    return len(pair) == 2 and all(isinstance(r, MeetingRule) and r.how_often is not None for r in rules)


def _story(context: Context, clash: tuple[Said, ...]) -> tuple[str, ...]:
    index = context.rulebook.clauses
    cited = dict.fromkeys(c for each in clash for c in each.clauses)
    return (
        *(f"Clause {c}: {index[c].says}." for c in cited if c in index),
        *(f"By {clauses_in_words(each.clauses)}, {each.words}." for each in clash),
        "However the meetings are laid over the year, there are too few or too many for one of them.",
    )


CHECK = Check(ID, NAME, run)
