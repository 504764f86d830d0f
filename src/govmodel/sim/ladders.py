"""The matters of a body, by which rules they are decided, and where they go when they are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from govmodel.model.expressions import Condition, Frequency
from govmodel.model.rules import BodyRules, DecisionRule, RouteRule, Rules, SeatRule
from govmodel.model.scenario import Scenario
from govmodel.semantics.actors import Actor, Ends, body_of, ends
from govmodel.semantics.counting import (
    NotCountable,
    groups_of,
    heads_in,
    heads_of,
    known_group,
    places,
)
from govmodel.semantics.deciding import rules_for
from govmodel.semantics.items import lineage, must_settle, settles
from govmodel.sim.families import kind
from govmodel.sim.heads import holds
from govmodel.sim.others import by_proxy, givers, may_opt_out, rounds_of
from govmodel.sim.plan import DAYS_OF_A_MONTH, MatterPlan, Step
from govmodel.sim.randomness import threshold

PEOPLE = frozenset({"parties", "member", "members", "anyone", "complainant", "requesters"})
"""Words for whoever starts an escalation without being a body."""

PAPER = "paper-"
"""Before the name of a paper, in that of its matter."""

DEALT_WITH = frozenset({"prepared_by", "considered_by", "agreed_by", "approved_by", "reviewed_by", "kept_by"})
"""Steps that a body takes at a meeting."""


@dataclass
class Ladders:
    """Plans matters. `numbers`: of the bodies by name; `meet`: those that meet in the run; `not_run`
    gathers what the text says and is not run."""

    rules: Rules
    scenario: Scenario
    numbers: Mapping[str, int]
    meet: frozenset[str]
    not_run: list[str]

    @cached_property
    def all_ends(self) -> tuple[Ends, ...]:
        return tuple(ends(self.rules, route) for route in self.rules.routes)

    def _kinds(self, matter: str) -> Iterator[str]:
        """The matter and the wider ones that it is a kind of."""
        seen: set[str] = set()
        at: str | None = matter
        while at is not None and at not in seen:
            seen.add(at)
            yield at
            rule = self.rules.matters.get(at)
            at = rule.kind_of if rule else None

    def _routes(self, senders: frozenset[str], matter: str) -> list[RouteRule]:
        kinds = {"any", *self._kinds(matter)}
        return [
            r
            for r in self.rules.routes
            if r.verb == "escalates_to" and senders & set(r.who) and (not r.matters or kinds & set(r.matters))
        ]

    def matter(self, body: BodyRules, where: Mapping[str, SeatRule], matter: str) -> MatterPlan:
        scenario, stated = self.scenario, self.rules.matters.get(matter)
        own = self._routes(frozenset({kind(body.name)}), matter)
        by_people = self._routes(PEOPLE, matter)
        settle = must_settle(self.rules, matter)
        # What the text says of a wider matter holds for this one, where it says nothing of it.
        wider = [m for m in lineage(self.rules, matter) if any(m in d.matters for d in body.decisions)]
        by = next((m for m in wider if rules_for(body, m)), matter)
        decides = any(by in d.matters for d in body.decisions) or any(
            r.verb in ("decides", "determines")
            and kind(body.name) in r.who
            and {matter} & {*r.matters, *r.whom}
            for r in self.rules.routes
        )
        ballot = scenario.votes.of(matter)
        interested = set(stated.interested) if stated else set()
        ways = self._ways(own or by_people, matter, frozenset({kind(body.name)}))
        cases = tuple(self._cases(body, by))
        may = not settle or settles(self.rules, self.all_ends, Actor("body", kind(body.name)), matter)
        powerless = not may and bool(cases or own or by_people)
        return MatterPlan(
            name=matter,
            title=stated.title if stated else ("other business" if matter == "other" else matter),
            decided_as=by,
            cases=cases,
            settle=settle,
            in_favour=threshold(ballot.in_favour),
            not_against=threshold(ballot.in_favour + ballot.abstain),
            consensus=threshold(scenario.consensus.of(matter)),
            conflicted=np.array(
                [
                    threshold(
                        scenario.interests.named
                        if interested & groups_of(seat)
                        else scenario.interests.of(matter)
                    )
                    for seat in where.values()
                ],
                dtype=np.uint32,
            ),
            steps=ways[0][1],
            ways=tuple(ways) if len(ways) > 1 else (),
            rounds=tuple(
                tuple(self._cases(body, by, number)) for number in range(2, rounds_of(body, by) + 1)
            ),
            referred=powerless or (settle and bool(by_people) and not own and not decides),
            powerless=powerless,
            givers=givers(self.rules, scenario, body, where, by),
            opts_out=may_opt_out(scenario, body, where, by),
            by_proxy=by_proxy(scenario, body, where, by),
        )

    def _cases(
        self, body: BodyRules, matter: str, number: int = 1
    ) -> Iterator[tuple[Condition | None, DecisionRule | None]]:
        """The rules by which a matter is decided in a round, each with its case."""
        for rule in rules_for(body, matter, election_round=number):
            cited = ", ".join(rule.clauses)
            if rule.when is not None and not about_heads(rule.when):
                said = "a case that depends on more than who is there does not change what carries a matter"
                self.not_run.append(f"{body.name}: {said} ({cited})")
            else:
                yield rule.when, self._countable(body, rule)

    def _countable(self, body: BodyRules, rule: DecisionRule) -> DecisionRule | None:
        """A rule that can be run. None: nothing is decided by it, and it is said why."""
        cited = ", ".join(rule.clauses)
        formula = rule.carried.formula if rule.carried else None
        if formula is not None and not about_heads(formula):
            if body.name in self.meet:
                said = f"{body.name}: what asks for more than heads carries nothing ({cited})"
                self.not_run.append(said)
            return None
        try:
            if rule.when is not None:
                heads_in(self.rules, body, rule.when)
            for name in (rule.without, rule.carried.without if rule.carried else None):
                known_group(self.rules, body, name)
            if formula is not None:
                heads_in(self.rules, body, formula)
        except NotCountable:
            said = "nothing is decided where it is not known who has no vote"
            self.not_run.append(f"{body.name}: {said} ({cited})")
            return None
        return rule

    def _ways(
        self, routes: list[RouteRule], matter: str, seen: frozenset[str]
    ) -> list[tuple[Fraction, tuple[Step, ...]]]:
        """The receivers in order, until one that meets in this run, or the end of the routes: every chain of
        them, with how often it is taken."""
        steps = [(name, route) for route in routes for name in (route.whom or ("nobody",))]
        if self.scenario.escalation.several != "evenly":
            steps = steps[:1]
        else:
            steps = [(name, route) for name, route in steps if route.any_of or name == route.whom[0]]
            ended = {*seen, "nobody", "anyone"}
            steps = [(name, route) for name, route in steps if name not in ended] or steps[:1]
        found: list[tuple[Fraction, tuple[Step, ...]]] = []
        for name, route in steps:
            if name in seen or name in ("nobody", "anyone"):
                found.append((Fraction(1, len(steps)), ()))
                continue
            step = self._step(name, route, matter)
            rest: list[tuple[Fraction, tuple[Step, ...]]] = [(Fraction(1), ())]
            if step.body is None:
                rest = self._ways(self._routes(frozenset({name}), matter), matter, seen | {name})
            found += [(share / len(steps), (step, *more)) for share, more in rest]
        return found or [(Fraction(1), ())]

    def _step(self, name: str, route: RouteRule, matter: str) -> Step:
        number = self.numbers[name] if name in self.meet and places(self.rules.bodies[name]) else None
        receiver = self.scenario.escalation.of(name)
        powerless = route.effect in ("hears", "advises") or self._has_no_power(name, route, matter)
        body, office = self.rules.bodies.get(name), self.rules.offices.get(name)
        return Step(
            name=name,
            title=body.title if body else office.title if office else name.replace("-", " "),
            body=number,
            settles=0 if powerless else threshold(receiver.settles),
            first=self.ticks(receiver.first),
            last=self.ticks(receiver.last),
        )

    def _has_no_power(self, name: str, route: RouteRule, matter: str) -> bool:
        """Whether a receiver is of this text, which does not let it settle what must be settled. What the
        text leaves open of an outsider, the scenario says."""
        if not must_settle(self.rules, matter):
            return False
        meant = ends(self.rules, route).whom
        if len(route.whom) > 1:
            meant = tuple(actor for actor in meant if actor.name == name)
        bodies = [self.rules.bodies.get(body_of(self.rules, actor) or "") for actor in meant]
        own = bool(meant) and all(body is not None and not body.external for body in bodies)
        return own and not any(settles(self.rules, self.all_ends, actor, matter) for actor in meant)

    # papers

    def papers(self) -> dict[str, str]:
        """The papers that a body that meets must deal with every year, by the names of their matters, each
        with the body: the last of the paper's steps that a body takes at a meeting."""
        found: dict[str, str] = {}
        for instrument in self.rules.instruments.values():
            own = [step for step in self.rules.steps if step.instrument == instrument.name]
            for step in sorted(own, key=lambda step: step.order):
                yearly = _yearly(step.every) or (step.every is None and _yearly(instrument.every))
                bodies = [name for name in step.whom if name in self.meet]
                if yearly and step.verb in DEALT_WITH and bodies:
                    found[PAPER + instrument.name] = bodies[0]
        return found

    def paper(self, body: BodyRules, where: Mapping[str, SeatRule], name: str) -> MatterPlan:
        """A paper as a matter: what is not carried comes back."""
        title = self.rules.instruments[name.removeprefix(PAPER)].title
        made = self.matter(body, where, name)
        return made.kept(title=title, paper=True)

    def ticks(self, days: int) -> int:
        """Days on the scenario's clock."""
        clock = self.scenario.clock
        return -(-days // DAYS_OF_A_MONTH) if clock and clock.unit == "month" else days


def _yearly(every: Frequency | None) -> bool:
    return every is not None and (every.times, every.unit, every.units) == (1, "year", 1)


def uncountable(rules: Rules, body: BodyRules) -> str:
    """Why a quorum of a body cannot be counted by heads of those who vote; empty: all can."""
    for rule in body.quorum:
        if set(rule.counts) != {"voting"}:
            return "its quorum counts others than those who vote"
        try:
            needs = heads_of(rules, rule)
        except NotCountable as error:
            if rule.needs is None:
                return str(error)
            return "its quorum leaves out somebody of whom it is not known which seat it is"
        if not about_heads(needs):
            return "its quorum asks for more than heads"
    return ""


def about_heads(condition: Condition) -> bool:
    none = np.zeros(1, dtype=np.int64)
    try:
        holds(condition, lambda _: none, "up")
    except NotCountable:
        return False
    return True
