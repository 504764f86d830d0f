"""GM405: a complaint or dispute that goes to the one whom it is about."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.routes.asking import Told, matter_title, run_routes, says, title, who
from govmodel.checks.stories import next_meeting, on
from govmodel.graph.asked import Asked
from govmodel.graph.judging import JUDGING, judges_in_own_cause, sitting_on
from govmodel.model.finding import CheckResult
from govmodel.model.rules import (
    CompositionRule,
    DecisionRule,
    InterestRule,
    RouteRule,
    Rule,
    Rules,
    SeatRule,
)
from govmodel.model.vocabulary import MEMBERS
from govmodel.semantics.actors import resolve
from govmodel.words.text import clause, listed

ID, NAME = "GM405", "judge in own cause"


VERBS = {
    "reports_to": "report to", "informs": "inform", "advises": "advise", "consults": "consult",
    "hears": "hear", "escalates_to": "pass it to", "decides": "decide", "approves": "approve",
    "determines": "determine", "appoints": "appoint", "removes": "remove", "suspends": "suspend",
    "admits": "admit", "delegates_to": "delegate it to", "creates": "create", "ends": "end",
    "acts_as": "act as", "scrutinises": "scrutinise", "funds": "fund", "services": "serve", "binds": "bind",
    "answers_for": "answer for",
}  # fmt: skip


def run(context: Context) -> CheckResult:
    members = any(
        isinstance(r, RouteRule) and (r.about or "").rpartition(".")[2] in MEMBERS
        for r in context.rulebook.rules
    )
    return run_routes(
        context,
        ID,
        NAME,
        judges_in_own_cause,
        _tell,
        lambda rule: _bears(rule, members),
        verbs=("escalates_to", *JUDGING),
    )


def _bears(rule: Rule, members: bool) -> bool:
    """Rules on who is among the judges. `members`: some matter is about members."""
    match rule:
        case SeatRule():
            return members or rule.ex_officio is not None
        case CompositionRule():
            return members
        case InterestRule():
            return rule.votes is False or rule.takes_part is False or rule.withdraws == "must"
        case DecisionRule():
            return rule.without == "subject"
        case _:
            return False


def _tell(context: Context, rules: Rules, asked: Asked) -> Told:
    sender, verb, receiver, clauses = asked.path.steps[0]
    escalated = verb == "escalates_to"
    judging = receiver if escalated else sender
    if asked.reason == "sits-on-it":
        about = next(r.about for r in rules.routes if r.about and r.clauses == clauses and r.verb == verb)
        return _sits(context, rules, asked, judging, about)
    judge = title(rules, judging)
    matter = matter_title(rules, asked.subject if escalated or asked.subject != "any" else receiver)
    if matter == "any":
        matter = "a matter"
    words = {
        "itself": f"The {judge} is itself what it is about.",
        "its-office": f"It is about what the {judge} did in that office.",
        "a-member": f"The {judge} is held by the member whom it is about.",
    }
    after = []
    for route in rules.routes:
        if escalated and judging in route.who and set(route.matters) & set(asked.subject.split("+")):
            whom = listed(who(rules, name) for name in route.whom)
            force = "may" if route.force == "may" else "must"
            after.append(f"By {clause(route.clauses)} the {judge} {force} {VERBS[route.verb]} {whom}.")
    return Told(
        message=f"{matter} goes to the {judge} even where it is about the {judge}",
        story=(
            f"On {on(next_meeting(context))} somebody brings {matter}. {words[asked.reason]}",
            *says(context, asked.clauses),
            *after,
            f"No clause says where it goes instead: the {judge} receives it, and decides what follows.",
        ),
        help=f"Name who receives it when it is about the {judge}: the deputy, or a body outside.",
        level="warning",
        evidence={},
    )


def _sits(context: Context, rules: Rules, asked: Asked, judging: str, about: str) -> Told:
    """Of a body on which somebody sits who is concerned by what it judges."""
    seat = next(iter(sitting_on(rules, resolve(rules, judging), resolve(rules, about))))
    holder = title(rules, resolve(rules, seat.ex_officio or "", judging).name)
    judge, whom, matter = title(rules, judging), who(rules, about), matter_title(rules, asked.subject)
    matter = "a matter" if matter == "any" else matter
    return Told(
        message=f"{matter} about {whom} goes to the {judge}, where the {holder} has a vote",
        story=(
            f"On {on(next_meeting(context))} somebody brings {matter}. It is about {whom}.",
            *says(context, asked.clauses),
            f"No clause keeps the {holder} from taking part: who is concerned judges with the others.",
        ),
        help=f"Say that the {holder} takes no part then, and who sits instead.",
        level="warning",
        evidence={"seat": seat.name},
    )


CHECK = Check(ID, NAME, run)
