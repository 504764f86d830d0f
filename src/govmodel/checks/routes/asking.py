"""What the checks on routes do alike: ask a question of every reading it depends on, and tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from govmodel.checks.context import Context
from govmodel.checks.findings import holding, in_base, lowered, result
from govmodel.dataclass import dataclass, replace
from govmodel.graph.asked import Asked
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.rules import BodyRule, DecisionRule, OfficeRule, Reading, RouteRule, Rule, Rules
from govmodel.model.verdict import Verdict
from govmodel.model.vocabulary import ROUTE_VERBS
from govmodel.semantics.replay import follows
from govmodel.words.text import capital, the


def seen_of_escalations(rule: Rule) -> object:
    """What is seen of a rule where it is asked how far an item gets: who decides on which matters, whose
    office it is; not by how many, nor how somebody comes to an office."""
    match rule:
        case DecisionRule():
            return rule.body, rule.matters
        case OfficeRule():
            return rule.name, rule.title, rule.of, rule.clauses
        case _:
            return replace(rule, gate=())


@dataclass(frozen=True, slots=True)
class Told:
    """A failing answer in words."""

    message: str
    story: tuple[str, ...]
    help: str
    level: Level
    evidence: dict[str, object]


def run_routes(
    context: Context,
    check: str,
    name: str,
    question: Callable[[Rules], Sequence[Asked]],
    tell: Callable[[Context, Rules, Asked], Told | None],
    also: Callable[[Rule], bool] | None = None,
    seen: Callable[[Rule], object] | None = None,
    verbs: Collection[str] = ROUTE_VERBS,
) -> CheckResult:
    """One finding for each subject that fails, with the readings under which it does.

    The question depends on routes with these verbs, on offices and bodies, and on the rules that `also`
    picks; of all of them it looks at no more than `seen`.
    """

    def view(rule: Rule) -> object:
        return replace(rule, gate=()) if seen is None else seen(rule)

    def about(rule: Rule) -> bool:
        if isinstance(rule, RouteRule) and rule.verb in verbs:
            return True
        return isinstance(rule, (OfficeRule, BodyRule)) or (also is not None and also(rule))

    space = context.space(about, seen=view)
    failing: dict[tuple[str, tuple[str, ...]], list[Reading]] = {}
    shown: dict[tuple[str, tuple[str, ...]], tuple[Rules, Asked]] = {}
    subjects: set[str] = set()
    for reading in space.all:
        rules = context.rules(reading)
        for asked in question(rules):
            subjects.add(asked.subject)
            if asked.answer.verdict is Verdict.FAILS:
                key = (asked.subject, asked.clauses)
                failing.setdefault(key, []).append(reading)
                shown.setdefault(key, (rules, asked))
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    for key, holds in failing.items():
        rules, asked = shown[key]
        if not follows(rules, asked.path):
            undecided.append(
                Undecided(check=check, subject=asked.subject, why="the judge does not confirm the path")
            )
            continue
        told = tell(context, rules, asked)
        base = in_base(context, holds)
        level = lowered(told.level, base) if told else None
        if told is None or level is None:
            continue
        route = _shown(rules, asked)
        office = rules.offices.get(asked.subject)
        mark = route.mark if route else office.mark if office else next(iter(context.rulebook.rules)).mark
        findings.append(
            Finding(
                check=check,
                name=name,
                level=level,
                clauses=asked.clauses,
                subject=asked.subject,
                message=told.message,
                mark=mark,
                story=told.story,
                help=told.help,
                readings=holding(space, holds),
                in_base=base,
                evidence={
                    "reason": asked.reason,
                    "path": [list(step[:3]) for step in asked.path.steps],
                    **told.evidence,
                },
            )
        )
    return result(check, findings, undecided, len(subjects))


def _shown(rules: Rules, asked: Asked) -> RouteRule | None:
    """The route at whose place a finding is shown: the first of its path, else one that it cites."""
    first = asked.path.steps[0][3] if asked.path.steps else ()
    cited = [r for r in rules.routes if set(r.clauses) & set(asked.clauses)]
    return next((r for r in cited if r.clauses == first), cited[0] if cited else None)


def title(rules: Rules, name: str) -> str:
    """A body, an office or a party in the words of the model."""
    if name in rules.bodies:
        return rules.bodies[name].title
    if name in rules.offices:
        return rules.offices[name].title
    if name in rules.parties:
        return rules.parties[name].title
    body, _, part = name.rpartition(".")
    words = part.replace("-", " ")
    return f"{words} of the {rules.bodies[body].title}" if body in rules.bodies else words


def who(rules: Rules, name: str) -> str:
    """The same in a sentence: a body or an office with its article."""
    said = title(rules, name)
    return said if name in rules.parties else the(said)


def passed(rules: Rules, sender: str, receiver: str, clauses: Sequence[str]) -> str:
    """A step of a matter on its way, in a sentence."""
    verb = "pass" if sender.rpartition(".")[2] == "members" else "passes"
    return f"{capital(who(rules, sender))} {verb} it to {who(rules, receiver)} ({', '.join(clauses)})."


def matter_title(rules: Rules, name: str) -> str:
    return rules.matters[name].title if name in rules.matters else name.replace("-", " ").replace("+", " or ")


def says(context: Context, clauses: Sequence[str]) -> list[str]:
    """What each clause says, in the words of the index."""
    index = context.rulebook.clauses
    return [f"Clause {c}: {index[c].says}." for c in clauses if c in index]
