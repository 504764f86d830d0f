"""Who is there: how often in each month, at bad meetings, on optional seats and in offices."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, cast

from govmodel.loading.nodes import Node
from govmodel.loading.scenario.shapes import MONTHS, ScenarioReader
from govmodel.model.scenario import BadMeetings, Holders, Offices


def months(reader: ScenarioReader, node: Node) -> dict[int, Fraction]:
    if reader.none(node):
        return {}
    found = reader.block(node, "months", (), MONTHS, ("months",)) or {}
    factors = {name: reader.number(value, "a factor") for name, (_, value) in found.items()}
    return {MONTHS.index(name) + 1: factor for name, factor in factors.items() if factor is not None}


def bad_meetings(reader: ScenarioReader, node: Node) -> BadMeetings | None:
    if reader.none(node):
        return None
    found = reader.block(node, "bad_meetings", ("chance", "attendance"), (), ("bad_meetings",)) or {}
    chance = reader.chance(found["chance"][1]) if "chance" in found else None
    factor = reader.chance(found["attendance"][1], "a factor") if "attendance" in found else None
    if chance is None or factor is None:
        return None
    return BadMeetings(chance=chance, attendance=factor)


def holders(reader: ScenarioReader, node: Node) -> Holders | None:
    found = reader.block(node, "holders", ("optional",), ("by-seat",), ("holders",))
    if found is None or "optional" not in found:
        return None
    optional = reader.word(found["optional"][1], "optional", ("empty", "held"))
    seats = reader.named(found, "by-seat", "seat", reader.allowed("seats"), ("holders", "by_seat"))
    counts = {name: reader.whole(value, "a number of places") for name, (_, value) in seats.items()}
    if optional is None:
        return None
    held = {name: count for name, count in counts.items() if count is not None}
    return Holders(optional=cast('Literal["empty", "held"]', optional), by_seat=held)


def offices(reader: ScenarioReader, node: Node) -> Offices | None:
    found = reader.block(node, "offices", ("otherwise",), ("by-office",), ("offices",))
    if found is None or "otherwise" not in found:
        return None
    otherwise = reader.word(found["otherwise"][1], "otherwise", ("vacant", "first-seat"))
    place = ("offices", "by_office")
    stated = reader.named(found, "by-office", "office", reader.allowed("offices"), place)
    by_office = {}
    for office, (_, value) in stated.items():
        seat = reader.name(value, "seat", reader.allowed("seats"))
        if seat is not None:
            by_office[office] = seat
    if otherwise is None:
        return None
    return Offices(otherwise=cast('Literal["vacant", "first-seat"]', otherwise), by_office=by_office)
