"""The periods of a scenario: times at which people behave otherwise."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from govmodel.loading.messages import canonical, did_you_mean, q
from govmodel.loading.nodes import Mapping, Node, Scalar, Sequence, kind_of
from govmodel.model.scenario import Period, Place

if TYPE_CHECKING:
    from govmodel.loading.scenario import ScenarioReader

_DAY = re.compile(r"([0-9]{1,2}) +([a-z]+)\Z")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def periods(reader: ScenarioReader, node: Node, months: tuple[str, ...]) -> tuple[Period, ...]:
    """Every period of a scenario, by name; `none`: there are none."""
    if reader.none(node):
        return ()
    found = reader.entries(node, "periods", ("periods",)) or {}
    made = (_period(reader, name, value, months) for name, (_, value) in found.items())
    return tuple(period for period in made if period is not None)


def _period(reader: ScenarioReader, name: str, node: Node, months: tuple[str, ...]) -> Period | None:
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
    first = _day(reader, found["from"][1], months)
    until_node = found["until"][1]
    for_good = isinstance(until_node, Scalar) and canonical(until_node.text) == "end"
    last = None if for_good else _day(reader, until_node, months)
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


def _day(reader: ScenarioReader, node: Node, months: tuple[str, ...]) -> date | tuple[int, int] | None:
    text = node.text.strip().lower() if isinstance(node, Scalar) else ""
    match = _DAY.match(text)
    if match and match[2] in months:
        month = months.index(match[2]) + 1
        if 1 <= int(match[1]) <= _LENGTHS[month - 1]:
            return month, int(match[1])
    try:
        return date.fromisoformat(text)
    except ValueError:
        said = q(text) if text else kind_of(node)
        reader.problems.add(
            node.mark, "not-a-day", f"a day is expected here; found {said}",
            "Write 2012-04-01, or 1 april for every year; until may be end.",
        )  # fmt: skip
        return None


def _seats(reader: ScenarioReader, node: Node) -> tuple[str, ...]:
    if not isinstance(node, Sequence) or not node.items:
        said = kind_of(node) if isinstance(node, (Mapping, Sequence)) else q(node.text)
        reader.problems.add(
            node.mark, "not-a-list", f"a list of seats is expected here; found {said}", "Write [board.chair]."
        )
        return ()
    known = reader.allowed("seats")
    names: list[str] = []
    for item in node.items:
        name = canonical(item.text) if isinstance(item, Scalar) else ""
        if not name or (known is not None and name not in known):
            near = reader.problems.near(name, known or ())
            said = q(name) if name else kind_of(item)
            reader.problems.add(
                item.mark, "unknown-name", f"{reader.model()} has no seat {said}{did_you_mean(near)}"
            )
        names.append(name)
    return tuple(names)
