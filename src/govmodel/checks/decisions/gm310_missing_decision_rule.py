"""GM310: a matter that a body decides, and no clause says how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govmodel.checks.bodies import meeting_bodies
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.routes.asking import matter_title
from govmodel.dataclass import replace
from govmodel.model.finding import CheckResult, Finding, Level
from govmodel.model.provision_rules import NormRule
from govmodel.model.rule import stands
from govmodel.model.rules import BodyRules, DecisionRule, Reading, RouteRule, Rule, Rules
from govmodel.model.walk import names_in
from govmodel.semantics.items import lineage, must_settle
from govmodel.words import text

ID, NAME = "GM310", "missing decision rule"

DECIDING = ("decides", "determines", "approves")
ENDING = ("final", "resolves")


class _Said(NamedTuple):
    """By a rule a matter is the body's to decide."""

    matter: str
    rule: Rule


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    routes = context.rulebook.of(RouteRule)
    sought = [r for r in context.rulebook.of(NormRule) if _seeks_agreement(r)]
    for body in meeting_bodies(context):
        own = context.of_body(body.name)
        named = [r for r in routes if body.name in (*r.who, *r.whom) and _may_say(r)]
        seeking = [r for r in sought if r.body in (None, body.name)]
        bare = [r for r in own if isinstance(r, DecisionRule) and _bare(r)]
        if not (named or bare) or sum(seat.low for seat in body.voting) < 2:
            continue  # one person decides as they like
        asked += 1
        if any(
            isinstance(r, DecisionRule) and not r.gate and "any" in r.matters and _says_how(r) for r in own
        ):
            continue  # whatever it decides, under every reading

        def about(rule: Rule, others: tuple[Rule, ...] = (*named, *seeking)) -> bool:
            return isinstance(rule, DecisionRule) or rule in others

        space = context.space(about, among=[*own, *named, *seeking], seen=_seen)
        rows = [
            (reading, said)
            for reading, rules, there in context.under(space, body.name)
            if not any(stands(norm.gate, rules.reading) for norm in seeking)
            and (said := tuple(_without_rule(rules, there)))
        ]
        if not rows:
            continue
        holds = [reading for reading, _ in rows]
        base = in_base(context, holds)
        reading, said = next((row for row in rows if in_base(context, [row[0]])), rows[0])
        found = _finding(context, body.name, reading, said)
        level = lowered(found.level, base)
        if level is not None and context.ours(found.clauses):
            findings.append(replace(found, level=level, readings=holding(space, holds), in_base=base))
    return result(ID, findings, (), asked)


def _may_say(route: RouteRule) -> bool:
    return route.verb in DECIDING or (route.verb == "escalates_to" and route.effect in ENDING)


def _bare(rule: DecisionRule) -> bool:
    """Whether the text speaks of decisions on a matter, and not of how they are made."""
    said = (rule.carried, rule.first, rule.silence, rule.may_opt_out, rule.equal_votes, rule.put_by)
    return not any(said) and not rule.how and "any" not in rule.matters


def _says_how(rule: DecisionRule) -> bool:
    """Not of the amendment of some clauses only."""
    return (rule.carried is not None or rule.first is not None) and not rule.touching


def _seen(rule: Rule) -> object:
    if isinstance(rule, DecisionRule):
        return rule.matters, _says_how(rule), _bare(rule), rule.clauses
    return replace(rule, gate=())


def _without_rule(rules: Rules, body: BodyRules) -> Iterator[_Said]:
    """The matters that are the body's to decide and of which nothing says how, each once."""
    told: set[str] = set()
    for each in (
        *_by_routes(rules, body),
        *(_Said(m, d) for d in body.decisions if _bare(d) for m in d.matters),
    ):
        if each.matter not in told and not _ruled(rules, body, each.matter):
            told.add(each.matter)
            yield each


def _by_routes(rules: Rules, body: BodyRules) -> Iterator[_Said]:
    for route in rules.routes:
        if route.verb in DECIDING and body.name in route.who:
            yield from (_Said(m, route) for m in (*route.whom, *route.matters) if m in rules.matters)
        elif _may_say(route) and body.name in route.whom:
            yield from (_Said(m, route) for m in route.matters if m in rules.matters)


def _ruled(rules: Rules, body: BodyRules, matter: str) -> bool:
    """Whether a rule of the body says how the matter, a wider one or any is decided, or that agreement is
    sought first."""
    wanted = {"any", *lineage(rules, matter)}
    return any(wanted & {*d.matters} and _says_how(d) for d in body.decisions)


def _seeks_agreement(norm: NormRule) -> bool:
    sought = any(name.rpartition(".")[2] == "consensus-sought" for name in names_in(norm.content))
    return sought and norm.force in ("must", "should")


def _finding(context: Context, body: str, reading: Reading, said: tuple[_Said, ...]) -> Finding:
    rules, index = context.rules(reading), context.rulebook.clauses
    own = rules.bodies[body]
    settle = [each for each in said if must_settle(rules, each.matter)]
    level: Level = "warning" if settle else "note"
    cited = clauses_of(*(each.rule for each in said))
    titles = text.listed(matter_title(rules, each.matter) for each in said)
    first = matter_title(rules, (settle or said)[0].matter)
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=cited,
        subject=body,
        message=f"the {own.title} decides on {titles}, and no clause says how",
        mark=said[0].rule.mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in cited if c in index),
            f"Some members of the {own.title} are for a proposal on {first}, and some against it. "
            "No clause says whether it is decided then.",
        ),
        told_in=reading,
        help="Say what carries it: agreement of all, or a majority, and of whom.",
        evidence={"matters": [each.matter for each in said]},
    )


CHECK = Check(ID, NAME, run)
