"""When and to whom items are passed on, and which body meets first."""

from __future__ import annotations

from typing import Literal, cast

from govmodel.loading.nodes import Node, Sequence, said
from govmodel.loading.scenario.shapes import ScenarioReader
from govmodel.model.scenario import Clock, Escalation, Receiver


def escalation(reader: ScenarioReader, node: Node) -> Escalation | None:
    found = reader.block(
        node, "escalation", ("after", "default"), ("by-receiver", "several"), ("escalation",)
    )
    if found is None:
        return None
    after = reader.whole(found["after"][1], "a number of deferrals", 1) if "after" in found else None
    default = _receiver(reader, found["default"][1], "default") if "default" in found else None
    allowed = reader.allowed("bodies", "offices", "parties", "classes")
    place = ("escalation", "by_receiver")
    by_receiver = {}
    for name, (_, value) in reader.named(found, "by-receiver", "body or office", allowed, place).items():
        receiver = _receiver(reader, value, name)
        if receiver is not None:
            by_receiver[name] = receiver
    if after is None or default is None:
        return None
    several = None
    if "several" in found:
        several = reader.word(found["several"][1], "several", ("first", "evenly"))
    return Escalation(
        after=after, default=default, by_receiver=by_receiver,
        several=cast('Literal["first", "evenly"] | None', several),
    )  # fmt: skip


def _receiver(reader: ScenarioReader, node: Node, name: str) -> Receiver | None:
    found = reader.block(node, f"the receiver {name}", ("settles", "days"), (), ("escalation", name))
    if found is None or "settles" not in found or "days" not in found:
        return None
    settles = reader.chance(found["settles"][1])
    span = reader.days(found["days"][1])
    return Receiver(settles=settles, first=span[0], last=span[1]) if settles is not None and span else None


def clock(reader: ScenarioReader, node: Node) -> Clock | None:
    found = reader.block(node, "clock", ("unit",), ("first", "order"), ("clock",))
    if found is None or "unit" not in found:
        return None
    unit = reader.word(found["unit"][1], "unit", ("day", "month"))
    bodies = reader.allowed("bodies")
    least = 1 if unit == "month" else 0
    stated = reader.named(found, "first", "body", bodies, ("clock", "first"))
    what = "the number of a month" if unit == "month" else "a number of days"
    first = {name: reader.whole(value, what, least) for name, (_, value) in stated.items()}
    order = _names_in_order(reader, found["order"][1], bodies) if "order" in found else ()
    if unit is None:
        return None
    return Clock(
        unit=cast('Literal["day", "month"]', unit),
        first={name: number for name, number in first.items() if number is not None},
        order=order,
    )


def _names_in_order(reader: ScenarioReader, node: Node, bodies: frozenset[str] | None) -> tuple[str, ...]:
    """A list of bodies, each once."""
    if not isinstance(node, Sequence):
        reader.problems.add(
            node.mark, "not-a-list", f"a list of bodies is expected here; found {said(node)}",
            "Write order: [board, parent].",
        )  # fmt: skip
        return ()
    names: list[str] = []
    for item in node.items:
        name = reader.name(item, "body", bodies)
        if name in names:
            reader.problems.add(item.mark, "name-twice", f"{said(item)} stands here for the second time")
        elif name is not None:
            names.append(name)
    return tuple(names)
