"""What a text says and a simulation does not do: told with every run, so that nothing is passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from govmodel.model.expressions import Condition, Flag
from govmodel.model.rules import BodyRules, DecisionRule, InquorateRule, Rule, Rules, StandInRule
from govmodel.model.scenario import Scenario
from govmodel.model.walk import conditions
from govmodel.semantics.deciding import in_writing
from govmodel.sim.adjourning import goes_on, going_on
from govmodel.sim.calling import NAMED, callable_meetings, regular
from govmodel.sim.days import held_ahead
from govmodel.sim.families import kind
from govmodel.sim.joining import itself, lets_in
from govmodel.sim.letters import written_rule
from govmodel.sim.others import lifters, plainly, rounds_of


def left_out(
    rules: Rules, meeting: Iterable[BodyRules], matters: Sequence[str], scenario: Scenario
) -> Iterator[str]:
    """One sentence for each such rule of the bodies that meet, with its clauses."""
    for route in rules.routes:
        several = scenario.escalation.several is not None and route.any_of
        asked = route.verb == "escalates_to" and {*route.matters} & {*matters}
        if asked and len(route.whom) > 1 and not several:
            yield f"of several receivers only {route.whom[0]} is asked ({', '.join(route.clauses)})"
        if asked and route.consent_of:
            yield f"nobody consents before something is passed on ({', '.join(route.clauses)})"
    for body in (body for body in meeting if kind(body.name) == body.name):
        if body.family is not None and body.name not in scenario.uses.families:
            yield f"{body.name} stands for several bodies of one kind; one of them is simulated"
        elif scenario.uses.families.get(body.name, 1) > 1:
            said = "what is passed to such bodies, owed by them and filled there is that of the first"
            yield f"{body.name}: {said}"
        proxies: list[Rule] = [s for s in body.standins if s.kind == "proxy"]
        proxies += [d for d in body.decisions if d.proxies in ("yes", "should")]
        for rule in proxies:
            if scenario.uses.proxies is None or (isinstance(rule, DecisionRule) and _in_a_case(rule)):
                yield f"{body.name}: proxies do not vote ({', '.join(rule.clauses)})"
            if isinstance(rule, StandInRule) and rule.counts_to_quorum:
                yield f"{body.name}: proxies do not count towards the quorum ({', '.join(rule.clauses)})"
        if not any(d.carried is not None for d in body.decisions):
            yield f"{body.name}: the text has no rule to decide by, so only what nobody opposes is carried"
        for rule, words in _aside(rules, body, scenario):
            yield f"{body.name}: {words} ({', '.join(rule.clauses)})"


def in_vain(scenario: Scenario, first: date, until: date) -> Iterator[str]:
    """What a scenario says of days that are not in the run (`until` is the first day after it)."""
    for period in scenario.periods:
        begins, ends = period.first, period.last
        if isinstance(begins, date) and (begins >= until or (isinstance(ends, date) and ends < first)):
            yield f"no day of the period {period.name} is in the run"
    for merger in scenario.mergers:
        if merger.on >= until:
            yield f"the run ends before {', '.join(merger.parties)} and {merger.into} merge"


def _aside(rules: Rules, body: BodyRules, scenario: Scenario) -> Iterator[tuple[Rule, str]]:
    for decision in body.decisions:
        yield from ((decision, words) for words in _of_decision(body, decision, scenario))
    for interest in body.interests:
        if interest.waived_by and lifters(body) is None:
            yield interest, "no bar is lifted where another stays that does less"
        elif interest.waived_by and not scenario.uses.lifting and lifters(body):
            yield interest, "nobody lifts a bar for an interest"
    for member in body.membership:
        notice = scenario.turnover.notice_a_year if scenario.turnover else 0
        if member.joins and lets_in(body, scenario):
            if member.consent_of or not (member.agreed_by is None or itself(body, member)):
                yield member, "who joins is agreed as often as the scenario says, by whoever must"
        elif member.joins or not (notice and member.notice is not None):
            yield member, "nobody joins" if member.joins else "nobody leaves"
    for inquorate in body.inquorate:
        yield from ((inquorate, words) for words in _of_inquorate(body, inquorate, scenario))
    for meeting in body.meetings:
        if meeting.ahead_of is not None and not held_ahead(rules, scenario, meeting):
            yield meeting, "it meets at regular intervals, not ahead of others"
        called = scenario.urgent is not None and meeting in callable_meetings(body)
        said = body.name in scenario.uses.meets and meeting.kind not in NAMED
        if not called and not said and not regular(meeting):
            yield meeting, f"no {meeting.kind} meetings are called"
        if meeting.cancelled_by is not None:
            yield meeting, "no meeting is cancelled"
    for standin in (s for s in body.standins if s.kind != "proxy"):
        if standin.matter is not None:
            yield standin, "nobody stands in for one matter alone"
        elif standin.notice is not None:
            yield standin, "whoever stands in is named in time"
    for presiding in body.presiding:
        if presiding.late_after is not None or (presiding.when is not None and _of_late(presiding.when)):
            yield presiding, "who comes late counts as away"


def _of_late(when: Condition) -> bool:
    return any(isinstance(part, Flag) and part.attribute.endswith(".late") for part in conditions(when))


def _of_decision(body: BodyRules, rule: DecisionRule, scenario: Scenario) -> Iterator[str]:
    written = in_writing(rule) and any(written_rule(body, matter) == rule for matter in rule.matters)
    if (in_writing(rule) or rule.silence) and not (written and scenario.uses.writing):
        yield "nothing is decided in writing"
    elif in_writing(rule) and (rule.consent_of or rule.may_opt_out):
        yield "nobody consents to what is decided in writing, or opts out of it"
    if rule.round > 1 and any(rounds_of(body, matter) < rule.round for matter in rule.matters):
        yield "an election has one round"
    if rule.put_by is not None:
        yield "whoever may put it to the vote does"
    if rule.touching:
        yield "no clause is amended"
    in_a_case = _in_a_case(rule)
    if rule.consent_of and (scenario.uses.consents is None or in_a_case):
        yield "the consent of others is not awaited"
    if rule.may_opt_out and (scenario.uses.opting_out is None or in_a_case):
        yield "nobody opts out"


def _in_a_case(rule: DecisionRule) -> bool:
    return any(not plainly(rule, matter) for matter in rule.matters)


def _of_inquorate(body: BodyRules, rule: InquorateRule, scenario: Scenario) -> Iterator[str]:
    if rule.wait is not None and (scenario.uses.waiting is None or rule.when == "lost"):
        yield "nobody waits for a quorum"
    if rule.then != "adjourn" and rule.second_quorum is None:
        return
    if not goes_on(rule):
        yield "an inquorate meeting does not go on, as the text does not say when"
    elif rule not in [own for own, _, _ in going_on(body)]:
        yield "a meeting goes on by another rule"
    elif scenario.urgent is not None and callable_meetings(body):
        yield "a meeting that was called does not go on"
