"""The names of a model that a scenario may use."""

from __future__ import annotations

from dataclasses import replace

from govmodel.dataclass import dataclass
from govmodel.model import rules as r


@dataclass(frozen=True, slots=True)
class Known:
    """The names of a model that a scenario may use, under any of its readings. `said`: how messages name
    the model."""

    classes: frozenset[str]
    parties: frozenset[str]
    bodies: frozenset[str]
    seats: frozenset[str]
    offices: frozenset[str]
    matters: frozenset[str]
    said: str = "the model"


def known(model: r.Rulebook | r.Rules, by_name: bool = False) -> Known:
    """The names that a model knows. `by_name`: messages name it, as it is one of several."""
    names = _known(model)
    return replace(names, said=f"the model {model.id}") if by_name else names


def _known(model: r.Rulebook | r.Rules) -> Known:
    if isinstance(model, r.Rulebook):
        rules = model.rules
        of = {
            kind: frozenset(rule.name for rule in rules if isinstance(rule, kind))
            for kind in (r.PartyRule, r.BodyRule, r.OfficeRule, r.MatterRule)
        }
        seats = [rule for rule in rules if isinstance(rule, r.SeatRule)]
        classes = {*model.classes, *(name for seat in seats for name in seat.classes)}
        return Known(
            frozenset(classes), of[r.PartyRule], of[r.BodyRule],
            frozenset(f"{seat.body}.{seat.name}" for seat in seats), of[r.OfficeRule], of[r.MatterRule],
        )  # fmt: skip
    seats = [seat for body in model.bodies.values() for seat in body.seats]
    classes = {name for seat in seats for name in seat.classes}
    classes |= {name for party in model.parties.values() for name in party.classes}
    return Known(
        frozenset(classes), frozenset(model.parties), frozenset(model.bodies),
        frozenset(f"{seat.body}.{seat.name}" for seat in seats), frozenset(model.offices),
        frozenset(model.matters),
    )  # fmt: skip
