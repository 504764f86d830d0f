"""On which rules, and so on which readings, it depends whether a matter that must be settled is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import product

from govmodel.checks.bodies import electorate_of
from govmodel.checks.context import Context
from govmodel.checks.decisions.stuck import plain_majority
from govmodel.checks.spaces import all_may_stay_empty, seen_by_heads
from govmodel.dataclass import replace
from govmodel.model.rules import (
    BodyRule,
    CapRule,
    DecisionRule,
    InterestRule,
    MatterRule,
    OfficeRule,
    PresidingRule,
    QuorumRule,
    RouteRule,
    Rule,
    Rules,
    SeatRule,
)
from govmodel.model.walk import counts_in
from govmodel.semantics.counting import of_parties
from govmodel.semantics.presiding import says


def _wider(context: Context, matter: str) -> dict[str, None]:
    """The matter and all that it is a kind of in some reading."""
    found: dict[str, None] = {matter: None}
    kinds = [(r.name, r.kind_of) for r in context.rulebook.of(MatterRule) if r.kind_of is not None]
    while more := [wider for name, wider in kinds if name in found and wider not in found]:
        found.update(dict.fromkeys(more))
    return found


def may_have_to_be_settled(context: Context, matter: str) -> bool:
    """Whether the matter must be settled in some reading."""
    wider = _wider(context, matter)
    return any(r.name in wider and r.settle for r in context.rulebook.of(MatterRule))


def bears_on(context: Context, matter: str) -> Callable[[Rule], bool]:
    """The rules on which an answer depends: the routes of the matter, and what is said of the offices and
    bodies at their ends, or of the bodies that have a rule on it."""
    of = context.rulebook.of
    wider = _wider(context, matter)
    routes = [r for r in of(RouteRule) if _on(r, set(wider))]
    named = {n for r in routes for n in (*r.who, *r.whom, *([r.via] if r.via else []))}
    heads = {n.partition(".")[0] for n in named}
    at = {r.of for r in of(OfficeRule) if r.name in named and r.of}
    deciding = {r.body for r in of(DecisionRule) if set(r.matters) & set(wider)}
    bodies = (heads | at | deciding) & {r.name for r in of(BodyRule)}
    own = {"body", "member", "members", "chair", "deputy-chair"}
    if named & own:
        bodies |= {r.name for r in of(BodyRule) if not r.external}
    chairs = {r.who for r in of(PresidingRule) if r.body in bodies}

    interested = any(r.name in wider and r.interested for r in of(MatterRule))

    rules_on = [r for r in of(DecisionRule) if {"any", *wider} & set(r.matters)]
    heads_matter = interested or any(not plain_majority(r) for r in rules_on if r.body in bodies)

    def about(rule: Rule) -> bool:
        match rule:
            case RouteRule():
                return rule in routes
            case MatterRule():
                return rule.name in wider
            case OfficeRule():
                return rule.name in named | chairs
            case BodyRule():
                return rule.name in bodies
            case SeatRule():
                counts = not rule.optional or all_may_stay_empty(context, rule.body)
                return heads_matter and rule.body in bodies and rule.role == "voting" and counts
            case DecisionRule():
                return rule.body in bodies and bool({"any", *wider} & set(rule.matters))
            case InterestRule():
                return rule.body in bodies and rule.votes is False and interested
            case QuorumRule() | CapRule():
                return heads_matter and rule.body in bodies
            case PresidingRule():
                return rule.body in bodies
            case _:
                return False

    return about


def counts_organisations(context: Context) -> bool:
    """Whether some rule counts organisations and not people."""
    needs = [r.needs for r in context.rulebook.of(QuorumRule) if r.needs is not None]
    needs += [r.when for r in context.rulebook.of(DecisionRule) if r.when is not None]
    return any(of_parties(count) for condition in needs for count in counts_in(condition))


def seen(rule: Rule, *, organisations: bool) -> object:
    """What is looked at in a rule: who presides when an office is vacant, not when somebody is late; who
    sits for whom, not for how long."""
    match rule:
        case PresidingRule():
            pairs = product(("present", "vacant"), repeat=2)
            when = None if rule.when is None else tuple(says(rule.when, *pair) for pair in pairs)
            return rule.body, rule.order, rule.who, when, rule.extra_vote, rule.clauses
        case SeatRule():
            plain = seen_by_heads(rule)
            return plain if organisations else replace(plain, nominated_by=None)
        case InterestRule():
            return rule.body, rule.withdraws == "must", rule.counts_to_quorum is False, rule.clauses
        case OfficeRule():
            lasting = rule.chosen_by is None and rule.appointer is None
            return rule.name, rule.title, rule.of, rule.rotation, lasting, rule.acting, rule.clauses
        case _:
            return replace(rule, gate=())


def _on(route: RouteRule, matters: set[str]) -> bool:
    if route.verb == "escalates_to":
        return not route.matters or bool({"any", *matters} & set(route.matters))
    if route.verb in ("determines", "decides", "approves"):
        return bool({"any", *matters} & {*route.matters, *route.whom})
    return False


def same_rules(context: Context, rules: Rules, about: Collection[int]) -> tuple[object, ...]:
    """What an answer depends on: two readings with the same rules of interest have one answer. `about`: those
    rules, each by its id."""
    own: list[object] = [id(r) for r in rules.routes if id(r) in about]
    own += [id(o) for o in rules.offices.values() if id(o) in about]
    for body in rules.bodies.values():
        if any(id(rule) in about for rule in (*body.decisions, *body.presiding, *body.seats)):
            own.append(id(electorate_of(context, rules, body)) if not body.external else 0)
            own += [id(r) for r in (*body.decisions, *body.presiding, *body.interests)]
    return (*own, rules.reading["base-of-a-majority"], rules.reading["rounding"])
