"""Bodies of one kind, where a text has several: as many of them as a scenario says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from govmodel.errors import Problem
from govmodel.model.rules import BodyRules, Rules
from govmodel.model.scenario import Scenario


def kind(body: str) -> str:
    """The name in the text of a body, or of the kind that it is one of."""
    return body.partition("#")[0]


def with_families(rules: Rules, scenario: Scenario, problems: list[Problem]) -> Rules:
    """The rules with as many bodies of each kind as the scenario says: the first as the text names it, the
    others numbered, with the same rules."""
    bodies: dict[str, BodyRules] = {}
    for name, body in rules.bodies.items():
        bodies[name] = body
        number = scenario.uses.families.get(name)
        if number is None:
            continue
        family = body.family
        if family is None or body.external or number < family.low or number > (family.high or number):
            few = "no several of it" if family is None or body.external else _span(family.low, family.high)
            problems.append(
                Problem(
                    scenario.mark("families", name), "not-so-many",
                    f"{name} cannot be {number} bodies: the text has {few}",
                )
            )  # fmt: skip
            continue
        for one in range(2, number + 1):
            bodies[f"{name}#{one}"] = _another(body, one)
    return rules if len(bodies) == len(rules.bodies) else replace(rules, bodies=bodies)


def _span(low: int, high: int | None) -> str:
    return f"{low} or more" if high is None else f"{low} to {high}"


def _another(body: BodyRules, number: int) -> BodyRules:
    name = f"{body.name}#{number}"
    own: Mapping[str, tuple[object, ...]] = {
        part: tuple(replace(rule, body=name) for rule in getattr(body, part))
        for part in (
            "seats", "caps", "quorum", "inquorate", "decisions", "presiding", "meetings", "interests",
            "standins", "membership",
        )
    }  # fmt: skip
    return replace(body, name=name, title=f"{body.title} ({number})", **own)  # type: ignore[arg-type]
