"""GM601: a clause that points to something which the document does not have."""

from __future__ import annotations

from functools import partial

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import holding, in_base, lowered, result
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import (
    BodyRule,
    InstrumentRule,
    MatterRule,
    OfficeRule,
    PartyRule,
    Reading,
    Rule,
    StatementRule,
)
from govmodel.model.vocabulary import NOTHING

ID, NAME = "GM601", "dangling reference"

TITLED = (BodyRule, InstrumentRule, MatterRule, OfficeRule, PartyRule)
"""What a reference can point to by its title."""


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked: dict[tuple[str, tuple[str, ...]], StatementRule] = {}
    for rule in context.rulebook.rules:
        if isinstance(rule, StatementRule) and rule.refers_to:
            asked.setdefault((rule.says, rule.clauses), rule)
    for key, first in asked.items():
        about = partial(_is, key)
        space = context.space(about)
        failing: list[Reading] = []
        pointed: dict[str, None] = {}
        for reading in space.all:
            for rule in context.rules(reading).statements:
                if not about(rule):
                    continue
                if NOTHING in rule.refers_to:
                    failing.append(reading)
                else:
                    pointed |= dict.fromkeys(rule.refers_to)
        base = in_base(context, failing)
        level = lowered("warning", base)
        if not failing or level is None:
            continue
        words = first.says
        story = [
            f"Somebody follows the clause to what it points to: {words}.",
            "The document has no such thing.",
        ]
        if pointed:
            others = " or ".join(_plain(context, name) for name in pointed)
            story.append(f"Under another reading it points to {others}.")
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level=level,
                clauses=first.clauses,
                subject="-".join(words.split()[:6]).strip(",").lower(),
                message=f"this points to something that is not there: {words}",
                mark=first.mark,
                story=tuple(story),
                help="Write what is pointed to, name where it stands, or take the words out.",
                readings=holding(space, failing),
                in_base=base,
                evidence={"elsewhere": list(pointed)},
            )
        )
    return result(ID, findings, (), len(asked))


def _is(key: tuple[str, tuple[str, ...]], rule: Rule) -> bool:
    return isinstance(rule, StatementRule) and bool(rule.refers_to) and (rule.says, rule.clauses) == key


def _plain(context: Context, name: str) -> str:
    if name in context.rulebook.clauses:
        return f"clause {name}"
    called = (rule.title for rule in context.rulebook.rules if isinstance(rule, TITLED) and rule.name == name)
    return next(called, name.replace("-", " "))


CHECK = Check(ID, NAME, run)
