"""How far an item gets on its ladder of escalations when some offices are vacant.

Not with networkx: a process that checks would spend a tenth of a second importing it for this alone
(docs/decisions/0032).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from govmodel.model.rules import Rules
from govmodel.semantics.actors import NOBODY, Actor, Ends, body_of, chair_of
from govmodel.semantics.items import covers

Way: TypeAlias = tuple[tuple[Actor, Actor, tuple[str, ...]], ...]
"""Steps (from, to, clauses); without clauses between an office and its body."""

Ladder: TypeAlias = Mapping[Actor, Mapping[Actor, tuple[str, ...] | None]]
"""Where an item goes from each who passes it on, with the clauses; None between an office and its body."""


def ladder(rules: Rules, all_ends: Sequence[Ends], matter: str, silent: Collection[str]) -> Ladder:
    """Who may pass an item of the matter to whom, in the order of the text. `silent`: offices with nobody in
    them or acting for them, which pass nothing on and through which nothing goes."""
    made: dict[Actor, dict[Actor, tuple[str, ...] | None]] = {}
    for both in all_ends:
        if (
            both.route.verb != "escalates_to"
            or not covers(rules, both.route, matter)
            or both.route.via in silent
        ):
            continue
        for who in both.who:
            for whom in both.whom:
                if whom not in (NOBODY, who):
                    made.setdefault(who, {}).setdefault(whom, both.route.clauses)
    named = {a for both in all_ends for a in (*both.who, *both.whom)}
    offices = {a for a in named if a.kind == "office"}
    for office in sorted(offices):
        of = body_of(rules, office)
        if of is None:
            continue
        body = Actor("body", of)
        if office.name in rules.offices or office == chair_of(rules, of):
            made.setdefault(body, {})[office] = None
        made.setdefault(office, {})[body] = None
    return {who: to for who, to in made.items() if not (who.kind == "office" and who.name in silent)}


def ways_from(
    rules: Rules, all_ends: Sequence[Ends], matter: str, start: Actor, silent: Collection[str]
) -> dict[Actor, Way]:
    """Everybody whom the item can reach from `start`, with a shortest way there, the nearest first; of
    several as short the one by those who come first."""
    return _ways(ladder(rules, all_ends, matter, silent), start)


def _ways(steps: Ladder, start: Actor) -> dict[Actor, Way]:
    found: dict[Actor, Way] = {start: ()}
    queue = [start]
    for at in queue:
        for to, clauses in steps.get(at, {}).items():
            if to not in found:
                found[to] = (*found[at], (at, to, clauses or ()))
                queue.append(to)
    return found


def goes_round(
    rules: Rules, all_ends: Sequence[Ends], matter: str, start: Actor, silent: Collection[str]
) -> bool:
    """Whether escalations that can be reached from `start` lead round to where they began."""
    return _round(ladder(rules, all_ends, matter, silent), start)


def _round(steps: Ladder, start: Actor) -> bool:
    escalations = {
        at: [to for to, clauses in steps.get(at, {}).items() if clauses is not None]
        for at in _ways(steps, start)
    }
    try:
        TopologicalSorter(escalations).prepare()
    except CycleError:
        return True
    return False
