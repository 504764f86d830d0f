"""GM404: a body that the text gives work to and never constitutes."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.routes.asking import Told, run_routes, says, title
from govmodel.dataclass import replace
from govmodel.graph.asked import Asked
from govmodel.graph.lines import never_constituted
from govmodel.model.finding import CheckResult
from govmodel.model.rules import (
    BodyRule,
    InstrumentRule,
    MatterRule,
    MembershipRule,
    OfficeRule,
    PartyRule,
    RouteRule,
    Rule,
    Rules,
    SeatRule,
)

ID, NAME = "GM404", "never-constituted body"


def run(context: Context) -> CheckResult:
    doubtful, others = _doubtful(context)

    def about(rule: Rule) -> bool:
        match rule:
            case SeatRule() | MembershipRule():
                return rule.body in doubtful
            case RouteRule():
                named = {*rule.who, *rule.whom, *rule.consent_of, *((rule.via,) if rule.via else ())}
                return bool(doubtful) and any(_of(name) not in others for name in named)
            case _:
                return False

    def _of(name: str) -> str:
        """The name itself, or that of the body whose chair or members it means."""
        body, dot, _ = name.rpartition(".")
        return name if name in others or not dot else body

    return run_routes(context, ID, NAME, never_constituted, _tell, about, _seen, ())


def _doubtful(context: Context) -> tuple[set[str], set[str]]:
    """Bodies of the text's own to which, under some reading, nobody may belong; and names that certainly
    mean none of these. Whatever a reading does to the routes of other bodies, they are constituted."""
    rules = context.rulebook.rules
    own = {r.name for r in rules if isinstance(r, BodyRule) and not r.external}
    seated = {r.body for r in rules if isinstance(r, SeatRule) and not r.gate}
    seated |= {r.body for r in rules if isinstance(r, MembershipRule) and not r.gate and r.joins}
    doubtful = own - seated
    others = {r.name for r in rules if isinstance(r, (BodyRule, PartyRule, MatterRule, InstrumentRule))}
    others |= {r.name for r in rules if isinstance(r, OfficeRule) and r.of not in (None, *doubtful)}
    return doubtful, (others | {"nobody", *context.rulebook.classes}) - doubtful


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
