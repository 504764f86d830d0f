"""How often an office changes hands, by everything that the text says of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from govmodel.checks.context import Context
from govmodel.checks.findings import holding, in_base, lowered
from govmodel.checks.stories import plural
from govmodel.model.expressions import Frequency, Length
from govmodel.model.finding import Finding
from govmodel.model.rules import OfficeRule, RouteRule, Rule, Rules
from govmodel.words.numbers import frequency, length
from govmodel.words.text import clause, the

MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""In units of other lengths no office is held."""


class _Said(NamedTuple):
    """From one holder to the next, in months, in words, the rule that says so, and those of its clauses that
    do. `held`: it says for how long somebody holds the office, and not how often it is filled."""

    months: Fraction
    words: str
    rule: Rule
    clauses: tuple[str, ...]
    held: bool


def terms_that_differ(context: Context, check: str, name: str) -> tuple[list[Finding], int]:
    """A finding for each office of which the text says two periods: for how long somebody holds it, how often
    somebody is chosen; and of how many offices this was asked."""
    by_name: dict[str, list[OfficeRule]] = {}
    for rule in context.rulebook.of(OfficeRule):
        by_name.setdefault(rule.name, []).append(rule)
    appointing: dict[str, list[RouteRule]] = {}
    for route in filter(_appoints, context.rulebook.of(RouteRule)):
        for whom in dict.fromkeys(route.whom):
            appointing.setdefault(whom, []).append(route)
    findings: list[Finding] = []
    asked = 0
    for office, own in by_name.items():
        leads = dict.fromkeys(r.follows for r in own if r.follows not in (None, office))
        spoken: list[Rule] = [*own, *(r for lead in leads for r in by_name.get(lead, ()))]
        spoken += appointing.get(office, ())
        if len([said for r in spoken for said in _periods(r)]) < 2:
            continue
        asked += 1
        space = context.space(lambda _: True, among=spoken)
        rows = [
            (reading, pair)
            for reading in space.all
            for pair in (_differing(context.rules(reading), office),)
            if pair is not None
        ]
        holds = [reading for reading, _ in rows]
        base = in_base(context, holds)
        level = lowered("warning", base)
        if not rows or level is None:
            continue
        reading, (one, other) = next((r for r in rows if in_base(context, [r[0]])), rows[0])
        cited = tuple(dict.fromkeys((*one.clauses, *other.clauses)))
        if not context.ours(cited):
            continue
        title = the(context.rules(reading).offices[office].title)
        index = context.rulebook.clauses
        findings.append(
            Finding(
                check=check,
                name=name,
                level=level,
                clauses=cited,
                subject=office,
                message=_message(title, one, other),
                mark=other.rule.mark,
                story=(
                    *(f"Clause {c}: {index[c].says}." for c in cited if c in index),
                    _story(title, one, other),
                ),
                told_in=reading,
                help="Say for how long it is held, and that the next is chosen when that is over.",
                readings=holding(space, holds),
                in_base=base,
                evidence={"months": [str(one.months), str(other.months)]},
            )
        )
    return findings, asked


def _periods(rule: Rule) -> Iterator[_Said]:
    if isinstance(rule, OfficeRule):
        if rule.chosen_every is not None and (months := _between(rule.chosen_every)) is not None:
            how = "passes on" if rule.chosen_by == "rotation" else "is filled"
            yield _Said(months, f"{how} {frequency(rule.chosen_every)}", rule, _chosen_in(rule), False)
        if rule.term is not None and (months := _months(rule.term)) is not None:
            own = rule.stated_in or rule.clauses
            yield _Said(months, f"is held for {length(rule.term)}", rule, own, True)
    if isinstance(rule, RouteRule) and rule.every and (months := _between(rule.every)) is not None:
        yield _Said(months, f"is filled {frequency(rule.every)}", rule, rule.clauses, False)


def _chosen_in(rule: OfficeRule) -> tuple[str, ...]:
    return rule.chosen_in or rule.clauses


def _appoints(route: RouteRule) -> bool:
    return route.when is None and route.force == "must" and route.verb == "appoints"


def _between(often: Frequency) -> Fraction | None:
    if not often.times or often.unit not in MONTHS:
        return None
    return Fraction(MONTHS[often.unit] * often.units, often.times)


def _months(term: Length) -> Fraction | None:
    return Fraction(MONTHS[term.unit] * term.number) if term.unit in MONTHS else None


def _differing(rules: Rules, office: str) -> tuple[_Said, _Said] | None:
    """The first two that the text says of an office and that are not one. An office that follows another
    passes on when that does."""
    own = rules.offices.get(office)
    if own is None:
        return None
    said = [*_periods(own)]
    lead = rules.offices.get(own.follows or "")
    if lead is not None and own.chosen_every is None:
        link = _chosen_in(own)  # without it, that office's period were none of this one
        said += [e._replace(clauses=(*link, *e.clauses)) for e in _periods(lead) if not e.held]
    for route in rules.routes:
        if _appoints(route) and office in route.whom:
            said += _periods(route)
    return next(((one, other) for one, other in combinations(said, 2) if one.months != other.months), None)


def _message(title: str, one: _Said, other: _Said) -> str:
    first, second = clause(one.clauses), clause(other.clauses)
    if first == second:
        return f"by {first} {title} {one.words} and {other.words}"
    return f"{title} {one.words} by {first}, and {other.words} by {second}"


def _story(title: str, one: _Said, other: _Said) -> str:
    if one.held == other.held:
        return "Both stand at once, and nothing says which of them is meant."
    held, filled = (one, other) if one.held else (other, one)
    if held.months < filled.months:
        return f"After {_time(held)} nobody holds {title}, until after {_time(filled)} somebody does."
    return (
        f"After {_time(filled)} somebody else comes, and who holds {title} then may serve "
        f"{_time(held)}: two hold it, or one does not serve that long."
    )


def _time(said: _Said) -> str:
    whole = said.months.denominator == 1
    return plural(int(said.months), "month") if whole else f"{said.months} months"
