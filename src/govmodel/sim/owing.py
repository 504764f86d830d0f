"""What falls due at regular times, by the text: when, who owes it, and what must be done before it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from govmodel.model.expressions import Frequency
from govmodel.model.rules import NormRule, RouteRule, Rule, Rules, StepRule
from govmodel.model.scenario import Scenario
from govmodel.model.vocabulary import MONTHS_IN
from govmodel.model.walk import names_in
from govmodel.sim.ladders import DEALT_WITH
from govmodel.sim.plan import DutyPlan
from govmodel.sim.randomness import threshold

DECIDES = frozenset({"decides", "approves", "determines", "appoints", "admits", "creates"})
"""What a body does at a meeting."""

COUNTED = frozenset({"year.meetings", "year.consecutive-gaps"})
"""What is so of a year and nobody does."""


def months(every: Frequency | None) -> int | None:
    """In months, the time within which something falls due once; None: at no such regular times."""
    whole = MONTHS_IN.get(every.unit or "", 0) * every.units if every is not None else 0
    if every is None or not every.times or not whole or whole % every.times:
        return None
    return whole // every.times


def falls_due(norm: NormRule) -> int | None:
    """In months, how often a duty of a norm falls due."""
    if norm.force not in ("must", "should") or norm.when is not None or names_in(norm.content) & COUNTED:
        return None
    return months(norm.every) or (12 if norm.situation == "year" and norm.every is None else None)


def duties(
    rules: Rules, scenario: Scenario, meet: Mapping[str, int], papers: frozenset[str], years: int,
    tick: Callable[[int], int], ticks: Callable[[int], int],
) -> tuple[DutyPlan, ...]:  # fmt: skip
    """What falls due in a run of whole years, in the order in which one waits for another. `meet`: the
    numbers of the bodies that meet; `papers`: those that come up as items, and are not run here; `tick`: the
    first of the clock so many months after the first day; `ticks`: days on the clock."""
    if scenario.duties is None:
        return ()
    found: list[DutyPlan] = []
    for name, title, who, every, rule, at, waits in (
        *_of_norms(rules), *_of_routes(rules, meet), *_of_papers(rules, meet, papers)
    ):  # fmt: skip
        same = sum(duty.name == name or duty.name.startswith(f"{name}#") for duty in found)
        behaviour = scenario.duties.of(who)
        found.append(
            DutyPlan(
                name=f"{name}#{same + 1}" if same else name,
                title=title,
                who=who,
                clauses=rule.clauses,
                ends=tuple(tick(end) for end in range(every, 12 * years + 1, every)),
                kept=threshold(behaviour.kept),
                late=threshold(behaviour.kept + behaviour.late),
                first=ticks(behaviour.first),
                last=ticks(behaviour.last),
                body=at,
                after=_waits(found, waits, every, years),
            )
        )
    return tuple(found)


def _waits(found: list[DutyPlan], name: str, every: int, years: int) -> int | None:
    """The number of the duty that must be done first; None: of none that falls due as often."""
    for number in range(len(found) - 1, -1, -1):
        if found[number].name.partition("#")[0] == name and len(found[number].ends) == 12 * years // every:
            return number
    return None


Owed = tuple[str, str, str | None, int, Rule, int | None, str]
"""Of something that falls due: a name, its title, who owes it, every how many months, the rule, the number of
the body at whose meeting it is done, and the name of what comes first."""


def _of_norms(rules: Rules) -> Iterator[Owed]:
    for norm in rules.norms:
        every = falls_due(norm)
        if every:
            yield norm.name, norm.name.replace("-", " "), norm.who, every, norm, None, ""


def _of_routes(rules: Rules, meet: Mapping[str, int]) -> Iterator[Owed]:
    for route in rules.routes:
        every = months(route.every)
        if not every or route.force == "may" or route.when is not None:
            continue
        whom = ", ".join(_title(rules, name) for name in route.whom)
        on = f" on {', '.join(_title(rules, matter) for matter in route.matters)}" if route.matters else ""
        what = f"{route.verb.replace('_', ' ')} {whom}{on}"
        for who in route.who:
            name = route_name(route, who)
            at = meet.get(who) if route.verb in DECIDES else None
            yield name, f"{_title(rules, who)} {what}", who, every, route, at, ""


def route_name(route: RouteRule, who: str) -> str:
    """The name of what a route makes somebody do."""
    return "-".join((route.verb, who, *route.whom, *route.matters))


def step_name(step: StepRule) -> str:
    """The name of a step of a paper as something that falls due."""
    return f"{step.instrument}-{step.verb}"


def _of_papers(rules: Rules, meet: Mapping[str, int], papers: frozenset[str]) -> Iterator[Owed]:
    order = sorted(rules.instruments.values(), key=lambda paper: _depth(rules, paper.name))
    last: dict[str, str] = {}
    for paper in order:
        before = last.get(paper.after or "", "")
        own = sorted((s for s in rules.steps if s.instrument == paper.name), key=lambda step: step.order)
        for step in own if not paper.external else ():
            every = months(step.every or paper.every)
            taken = step.verb in DEALT_WITH
            item = paper.name in papers and at_a_meeting(step, meet)
            if not every or step.force == "may" or step.when is not None or item:
                continue
            # Of a step that its verb says is taken by somebody, they owe it; else whoever it says besides.
            who = next(iter(step.whom), None) if taken else step.by
            at = next((meet[name] for name in step.whom if taken and name in meet), None)
            name, verb = step_name(step), step.verb.replace("_", " ")
            whom = ", ".join(_title(rules, other) for other in step.whom)
            yield name, f"{paper.title}: {verb} {whom}", who, every, step, at, before
            before = name
        if not own and not paper.external and (every := months(paper.every)):
            yield paper.name, paper.title, None, every, paper, None, before
            before = paper.name
        last[paper.name] = before


def at_a_meeting(step: StepRule, bodies: Collection[str]) -> bool:
    """Whether a step is one that one of these bodies takes at a meeting."""
    return step.verb in DEALT_WITH and any(name in bodies for name in step.whom)


def _depth(rules: Rules, name: str) -> int:
    """How many papers come before one."""
    seen = {name}
    at = rules.instruments[name].after
    while at is not None and at not in seen and at in rules.instruments:
        seen.add(at)
        at = rules.instruments[at].after
    return len(seen)


def _title(rules: Rules, name: str) -> str:
    for known in (rules.bodies, rules.offices, rules.parties, rules.matters, rules.instruments):
        if name in known:
            return known[name].title
    return name.replace("-", " ")


def at_meetings(found: tuple[DutyPlan, ...], body: int) -> bool:
    """Whether something is done at the meetings of a body."""
    return any(duty.body == body for duty in found)
