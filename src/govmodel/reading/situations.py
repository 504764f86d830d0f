"""The kinds of events of a model: the built-in ones with what the model adds, and its own."""

from __future__ import annotations

from govmodel.model.constitution import Constitution
from govmodel.model.vocabulary import SITUATIONS, AttributeType, SituationType
from govmodel.model.walk import commanded_in
from govmodel.reading.lower import all_of, text, value_of


def situations(c: Constitution) -> dict[str, SituationType]:
    found = dict(SITUATIONS)
    kinds = {text(m.kind) or "" for body in c.bodies.values() for m in body.meetings}
    for name, situation in c.situations.items():
        base = found.get(name, SituationType(text(situation.name) or name, None, {}))
        attributes = dict(base.attributes)
        for key, block in situation.attributes.items():
            chosen = text(block.choice_of)
            if chosen is None and block.given is None and key in base.attributes:
                chosen = base.attributes[key].chosen_by
            elif chosen is None and text(block.given) != "yes" and _commanded(c, key):
                chosen = "body"
            attributes[key] = AttributeType(
                kind=(block.type.value if block.type else "yes-no"),  # type: ignore[arg-type]
                chosen_by=chosen,
                says=text(block.says) or key.replace("-", " "),
                values=tuple(value_of(block.values) or ()),
            )
        found[name] = SituationType(base.says, text(situation.part_of) or base.part_of, attributes)
    found["meeting"] = _with_values(found["meeting"], "kind", kinds | {"ordinary"})
    found["item"] = _with_values(found["item"], "matter", set(c.matters) | {"other"})
    return found


def _commanded(c: Constitution, attribute: str) -> bool:
    """An attribute that some norm commands or forbids is somebody's choice."""
    for norm in c.norms:
        for value in (norm.must, norm.should, norm.must_not, norm.should_not, norm.may):
            for condition in all_of(value):
                if any(name.rpartition(".")[2] == attribute for name in commanded_in(condition)):
                    return True
    return False


def _with_values(situation: SituationType, attribute: str, values: set[str]) -> SituationType:
    attributes = dict(situation.attributes)
    old = attributes[attribute]
    merged = (*old.values, *sorted(v for v in values if v and v not in old.values))
    attributes[attribute] = AttributeType(old.kind, old.chosen_by, old.says, merged)
    return SituationType(situation.says, situation.part_of, attributes)
