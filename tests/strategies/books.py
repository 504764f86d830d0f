"""A rulebook around some rules: ambiguities, built-in readings, places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from govmodel.errors import Mark
from govmodel.model.constitution import Gate
from govmodel.model.rules import AmbiguityRule, Rule, Rulebook
from govmodel.model.vocabulary import BUILT_IN_READINGS, SITUATIONS, SituationType
from strategies.dice import Dice, number, one_in, some

MARK = Mark("drawn.yaml", 1, 1)
HEAD: Mapping[str, Any] = {"clauses": ("1",), "mark": MARK}


def ambiguity(name: str, options: Sequence[str], base: str | None = None, **more: Any) -> AmbiguityRule:
    given: dict[str, Any] = {"because": "", "clauses": (), "only_with": {}, **more}
    return AmbiguityRule(
        name=name, question=name, options=tuple((o, o) for o in options), base=base or options[0], **given
    )


def ambiguities(dice: Dice, most: int = 3) -> dict[str, AmbiguityRule]:
    """Up to so many ambiguities of two or three options, the first the base, and sometimes an option
    that makes sense with some options of an earlier one only."""
    found: dict[str, AmbiguityRule] = {}
    for i in range(number(dice, 0, most)):
        options = ("a", "b", "c")[: number(dice, 2, 3)]
        only_with: dict[str, dict[str, tuple[str, ...]]] = {}
        if found and one_in(dice, 3):
            other = dice.pick(list(found))
            allowed = some(dice, [o for o, _ in found[other].options], low=1)
            only_with[dice.pick(options[1:])] = {other: allowed}
        found[f"q{i}"] = ambiguity(f"q{i}", options, only_with=only_with)
    return found


def gate(dice: Dice, known: Mapping[str, AmbiguityRule], often: int = 3) -> Gate:
    """Options under which a rule stands; mostly none."""
    if not known or not one_in(dice, often):
        return ()
    names = some(dice, list(known), low=1, high=2 if one_in(dice, 4) else 1)
    return tuple(
        (n, some(dice, [o for o, _ in known[n].options], low=1, high=len(known[n].options) - 1))
        for n in names
    )


def book(
    rules: Iterable[Rule],
    known: Mapping[str, AmbiguityRule] | None = None,
    situations: Mapping[str, SituationType] | None = None,
) -> Rulebook:
    """The rulebook of these rules, with the built-in readings last."""
    built_in = {
        name: replace(ambiguity(name, tuple(b.options)), built_in=True)
        for name, b in BUILT_IN_READINGS.items()
    }
    return Rulebook(
        id="drawn",
        path="drawn.yaml",
        title="drawn",
        first_day=date(2010, 5, 1),
        nation="ENG",
        ambiguities={**(known or {}), **built_in},
        rules=tuple(rules),
        situations=situations or SITUATIONS,
        clauses={},
        classes={},
    )
