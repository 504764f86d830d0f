"""GM404: a body that the text gives work to and never constitutes."""

from __future__ import annotations

from dataclasses import replace

from govmodel.checks.context import Check, Context
from govmodel.checks.routes.asking import Told, run_routes, says, title
from govmodel.graph.routes import Asked, never_constituted
from govmodel.model.finding import CheckResult
from govmodel.model.rules import MembershipRule, Rule, Rules, SeatRule

ID, NAME = "GM404", "never-constituted body"


def run(context: Context) -> CheckResult:
    about = (SeatRule, MembershipRule)
    return run_routes(
        context, ID, NAME, never_constituted, _tell, lambda rule: isinstance(rule, about), _seen
    )


def _seen(rule: Rule) -> object:
    """That somebody sits, and under what name; not who it is, nor how many."""
    if isinstance(rule, SeatRule):
        return rule.body, rule.name, rule.clauses
    return replace(rule, gate=())


def _tell(context: Context, rules: Rules, asked: Asked) -> Told:
    body = title(rules, asked.subject)
    return Told(
        message=f"the text gives the {body} something to do, and never says who sits on it",
        story=(*says(context, asked.clauses), "Nothing says who its members are, nor who creates it."),
        help="Say who sits on it, or that another text constitutes it.",
        level="warning",
        evidence={},
    )


CHECK = Check(ID, NAME, run)
