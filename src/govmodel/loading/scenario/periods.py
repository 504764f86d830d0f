"""The periods of a scenario: times at which people behave otherwise."""

from __future__ import annotations

import re
from datetime import date

from govmodel.loading.messages import canonical
from govmodel.loading.nodes import Node, Scalar, Sequence, said
from govmodel.loading.scenario.shapes import MONTHS, ScenarioReader, date_of
from govmodel.model.scenario import Period, Place

_DAY = re.compile(r"([0-9]{1,2}) +([a-z]+)\Z")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def periods(reader: ScenarioReader, node: Node) -> tuple[Period, ...]:
    """Every period of a scenario, by name; `none`: there are none."""
    if reader.none(node):
        return ()
    found = reader.entries(node, "periods", ("periods",)) or {}
    made = (_period(reader, name, value) for name, (_, value) in found.items())
    return tuple(period for period in made if period is not None)


def _period(reader: ScenarioReader, name: str, node: Node) -> Period | None:
    place: Place = ("periods", name)
    optional = ("attendance", "standins", "vacant", "meetings")
    found = reader.block(node, f"the period {name}", ("from", "until"), optional, place)
    if found is None or "from" not in found or "until" not in found:
        return None
    if not any(key in found for key in optional):
        reader.problems.add(
            node.mark, "missing-key", f"the period {name} changes nothing",
            "Say what is otherwise: attendance, standins, vacant, or meetings.",
        )  # fmt: skip
    first = _day(reader, found["from"][1])
    until_node = found["until"][1]
    for_good = isinstance(until_node, Scalar) and canonical(until_node.text) == "end"
    last = None if for_good else _day(reader, until_node)
    if first is None or (last is None and not for_good):
        return None
    if isinstance(first, date) != (isinstance(last, date) or last is None):
        reader.problems.add(
            until_node.mark, "not-a-day", f"the period {name} begins on one kind of day and ends on another",
            "Write both with their year (2012-04-01), or both without (1 april), for every year.",
        )  # fmt: skip
        return None
    if isinstance(first, date) and isinstance(last, date) and last < first:
        reader.problems.add(until_node.mark, "not-a-day", f"the period {name} ends before it begins")
        return None
    factors = {
        heading: reader.chances(found[heading][1], heading, (*place, heading), factors=True)
        for heading in ("attendance", "standins")
        if heading in found
    }
    vacant = _seats(reader, found["vacant"][1]) if "vacant" in found else ()
    held = (
        reader.word(found["meetings"][1], "meetings", ("held", "not-held")) if "meetings" in found else "held"
    )
    return Period(
        name=name, first=first, last=last, attendance=factors.get("attendance"),
        standins=factors.get("standins"), vacant=vacant, meetings=held != "not-held",
    )  # fmt: skip


def _day(reader: ScenarioReader, node: Node) -> date | tuple[int, int] | None:
    text = node.text.strip().lower() if isinstance(node, Scalar) else ""
    match = _DAY.match(text)
    if match and match[2] in MONTHS:
        month = MONTHS.index(match[2]) + 1
        if 1 <= int(match[1]) <= _LENGTHS[month - 1]:
            return month, int(match[1])
    found = date_of(node)
    if found is None:
        reader.problems.add(
            node.mark, "not-a-day", f"a day is expected here; found {said(node)}",
            "Write 2012-04-01, or 1 april for every year; until may be end.",
        )  # fmt: skip
    return found


def _seats(reader: ScenarioReader, node: Node) -> tuple[str, ...]:
    if not isinstance(node, Sequence) or not node.items:
        reader.problems.add(
            node.mark, "not-a-list", f"a list of seats is expected here; found {said(node)}",
            "Write [board.chair].",
        )  # fmt: skip
        return ()
    names = (reader.name(item, "seat", reader.allowed("seats")) for item in node.items)
    return tuple(name for name in names if name is not None)
