"""Which members can carry a matter together: the two games of one decision, by trying.

*All attend*: the coalition votes for, everybody else against. *Those present*: the coalition is in the
room and votes for, everybody else is away, and the quorum counts. Without a vote for it nothing is carried.
"""

from __future__ import annotations

from collections.abc import Collection

from govmodel.dataclass import replace
from govmodel.model.rules import Rules
from govmodel.model.verdict import Gathering
from govmodel.semantics.cells import casting_places
from govmodel.semantics.counting import places
from govmodel.semantics.meeting import quorate, tally


def players(rules: Rules, body: str, presider: str | None = None) -> tuple[str, ...]:
    """The places that cast votes when everybody attends, in the order of the file. Where a cap lets fewer
    vote than are there, the presider and then the first places cast what it allows."""
    own = rules.bodies[body]
    return casting_places(own, tuple(places(own)), (presider,) if presider else ())


def wins(
    rules: Rules, body: str, matter: str, coalition: Collection[str], presider: str | None = None
) -> bool:
    """Whether the matter is carried when all attend, these of the `players` vote for and the rest against."""
    everyone = tuple(places(rules.bodies[body]))
    casting = players(rules, body, presider)
    room = Gathering(body=body, present=everyone, matter=matter, presider=presider)
    favour = tuple(p for p in casting if p in coalition)
    against = tuple(p for p in casting if p not in coalition)
    silent = tuple(p for p in everyone if p not in casting)
    ballot = replace(room, in_favour=favour, against=against, abstaining=silent)
    return bool(favour) and tally(rules, ballot).outcome == "carried"


def wins_alone(
    rules: Rules, body: str, matter: str, coalition: Collection[str], presider: str | None = None
) -> bool:
    """Whether the matter is carried when these places alone attend and vote for it. Without the presider
    among them somebody else presides, without a further vote."""
    own = rules.bodies[body]
    present = tuple(p for p in places(own) if p in coalition)
    there = presider if presider in present else None
    casting = casting_places(own, present, (there,) if there else ())
    silent = tuple(p for p in present if p not in casting)
    ballot = Gathering(
        body=body, present=present, matter=matter, presider=there, in_favour=casting, abstaining=silent
    )
    return bool(casting) and quorate(rules, ballot) and tally(rules, ballot).outcome == "carried"
