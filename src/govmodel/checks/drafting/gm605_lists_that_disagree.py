"""GM605: two lists of the same things that name different ones, or one that is not inside the other."""

from __future__ import annotations

from functools import partial

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import holding, in_base, lowered, result
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import Reading, Rule, StatementRule

ID, NAME = "GM605", "lists that disagree"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    says = dict.fromkeys(r.says for r in context.rulebook.of(StatementRule) if r.lists is not None)
    for words in says:
        space = context.space(partial(_is, words))
        failing: list[Reading] = []
        shown: StatementRule | None = None
        for reading in space.all:
            for rule in context.rules(reading).statements:
                if rule.says == words and rule.lists and _disagree(rule):
                    failing.append(reading)
                    shown = shown or rule
        if shown is None or shown.lists is None:
            continue
        base = in_base(context, failing)
        level = lowered("warning", base)
        if level is None:
            continue
        first, second = shown.lists
        only_first = [_plain(n) for n in first if n not in second]
        only_second = [] if shown.inside else [_plain(n) for n in second if n not in first]
        story = [f"Two lists are compared: {words}."]
        if only_first:
            story.append(f"Only the first names: {', '.join(only_first)}.")
        if only_second:
            story.append(f"Only the second names: {', '.join(only_second)}.")
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=level,
                clauses=shown.clauses,
                subject="-".join(words.split()[:6]).strip(",").lower(),
                message=(
                    f"a list names what the list that should hold it does not: {words}"
                    if shown.inside
                    else f"two lists of the same things differ: {words}"
                ),
                mark=shown.mark,
                story=tuple(story),
                help="Keep one list, or say which of them prevails.",
                readings=holding(space, failing),
                in_base=base,
                evidence={"only_first": only_first, "only_second": only_second},
            )
        )
    return result(ID, findings, (), len(says))


def _is(words: str, rule: Rule) -> bool:
    return isinstance(rule, StatementRule) and rule.says == words


def _disagree(rule: StatementRule) -> bool:
    """Whether one list names what the other should name and does not."""
    assert rule.lists is not None
    first, second = set(rule.lists[0]), set(rule.lists[1])
    return not first <= second if rule.inside else first != second


def _plain(name: str) -> str:
    return name.replace("-", " ")


CHECK = Check(ID, NAME, run)
