"""GM409: powers that rest on one office for which nobody acts."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.routes.asking import Told, run_routes, says, title
from govmodel.checks.stories import next_meeting, on, plural
from govmodel.dataclass import replace
from govmodel.graph.asked import Asked
from govmodel.graph.powers import POWERS, single_points
from govmodel.model.finding import CheckResult
from govmodel.model.rules import (
    DecisionRule,
    InterestRule,
    MeetingRule,
    MembershipRule,
    NormRule,
    OfficeRule,
    PresidingRule,
    RemovalRule,
    RouteRule,
    Rule,
    Rules,
    SeatRule,
    StepRule,
)

ID, NAME = "GM409", "office as single point of failure"


def run(context: Context) -> CheckResult:
    verbs = ("escalates_to", *POWERS)
    offices = {rule.name for rule in context.rulebook.of(OfficeRule)}

    def power(rule: Rule) -> bool:
        return _power(rule, offices)

    return run_routes(context, ID, NAME, single_points, _tell, power, _seen, verbs)


def _power(rule: Rule, offices: set[str]) -> bool:
    """Rules that can give an office a power, or somebody to act for it."""
    match rule:
        case NormRule():
            return bool(rule.agreed_by or rule.by or rule.waived_by or (rule.force == "may" and rule.who))
        case PresidingRule():
            return rule.powers is not None
        case RouteRule():
            return bool(rule.consent_of)
        case SeatRule():
            return bool(rule.invited_by or rule.chosen_by or rule.agreed_by)
        case MeetingRule():
            return bool(rule.called_by or rule.cancelled_by)
        case MembershipRule():
            return bool(rule.agreed_by or rule.consent_of)
        case DecisionRule():
            return bool(rule.consent_of)
        case InterestRule():
            return rule.waived_by is not None
        case RemovalRule():
            return rule.agreed_by in offices
        case StepRule():
            agreeing = rule.verb in ("agreed_by", "approved_by") and len(rule.whom) == 1
            return bool({*(rule.whom if agreeing else ()), *rule.consent_of} & offices)
        case _:
            return False


def _seen(rule: Rule) -> object:
    """Who has a power by a rule, and what kind of power; not when and how it is used."""
    match rule:
        case NormRule():
            who = rule.who if rule.force == "may" else None
            return rule.situation, rule.body, who, rule.by, rule.agreed_by, rule.waived_by, rule.clauses
        case SeatRule():
            return rule.body, rule.name, rule.invited_by, rule.chosen_by, rule.agreed_by, rule.clauses
        case MeetingRule():
            return rule.body, rule.kind, rule.called_by, rule.cancelled_by, rule.clauses
        case DecisionRule():
            return rule.body, rule.consent_of, rule.clauses
        case InterestRule():
            return rule.body, rule.waived_by, rule.clauses
        case PresidingRule():
            return rule.body, rule.order, rule.who, rule.powers
        case _:
            return replace(rule, gate=())


def _tell(context: Context, rules: Rules, asked: Asked) -> Told:
    office = title(rules, asked.subject)
    home = rules.bodies.get(rules.offices[asked.subject].of or "")
    others = [p.who for p in home.presiding if p.who not in (asked.subject, "chair")] if home else []
    return Told(
        message=f"{plural(len(asked.clauses), 'clause rests', 'clauses rest')} on the {office}, "
        "for whom nobody acts",
        story=(
            f"On {on(next_meeting(context))} the {office} falls ill, between two meetings.",
            *says(context, asked.clauses),
            "Nothing says who uses these powers meanwhile."
            if others
            else "No clause says who uses these powers until somebody else holds the office.",
        ),
        help=f"Say that the deputy acts for the {office} between meetings too."
        if any(who in rules.offices for who in others)
        else f"Say who acts for the {office} between meetings.",
        level="warning",
        evidence={"powers": [{"what": p.what, "clauses": list(p.clauses)} for p in asked.powers]},
    )


CHECK = Check(ID, NAME, run)
