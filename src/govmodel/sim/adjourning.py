"""When meetings without a quorum wait for one, and when they go on another day: by the text."""

from __future__ import annotations

from datetime import date

from govmodel.calendar import add, next_working_day
from govmodel.model.rules import BodyRules, InquorateRule, QuorumRule, Rules
from govmodel.semantics.meeting import second_quorum


def goes_on(rule: InquorateRule) -> bool:
    """Whether an inquorate meeting goes on another day, and the text says when."""
    again = rule.then == "adjourn" or rule.second_quorum is not None
    return again and (rule.resumes or rule.second_notice) is not None


def going_on(body: BodyRules) -> tuple[tuple[InquorateRule, bool, bool], ...]:
    """The rules by which meetings of a body go on, each with whether it is for those at which the quorum was
    never reached, and for those at which it was lost. The first for each holds."""
    rules = [rule for rule in body.inquorate if goes_on(rule)]
    never = next((rule for rule in rules if rule.when != "lost"), None)
    lost = next((rule for rule in rules if rule.when != "never-reached"), None)
    return tuple((rule, rule is never, rule is lost) for rule in rules if rule is never or rule is lost)


def waits(body: BodyRules) -> bool:
    """Whether a meeting waits for a quorum that is not there when it opens."""
    return any(rule.wait is not None and rule.when != "lost" for rule in body.inquorate)


def quorum_then(body: BodyRules, rule: InquorateRule) -> tuple[QuorumRule, ...]:
    """What a meeting needs when it goes on: a quorum of its own, else the same."""
    if rule.second_quorum is None:
        return body.quorum
    return (second_quorum(rule, rule.second_quorum),)


def day_then(rules: Rules, rule: InquorateRule, day: date) -> date:
    """The day on which a meeting goes on: a working day."""
    length = rule.resumes or rule.second_notice
    return next_working_day(add(day, length, rules.nation), rules.nation) if length else day
