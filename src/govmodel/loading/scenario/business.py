"""What a body has before it, who has an interest in it, and how it is voted on."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, cast

from govmodel.errors import Mark
from govmodel.loading.messages import canonical
from govmodel.loading.nodes import Node, Scalar
from govmodel.loading.scenario.shapes import Entries, ScenarioReader
from govmodel.model.scenario import Agenda, Ballot, ByMatter, Interests, Items, Place, Votes


def items(reader: ScenarioReader, node: Node) -> Items | None:
    keys = ("per-meeting", "spread", "matters")
    found = reader.block(node, "items", keys, ("by-body",), ("items",))
    if found is None:
        return None
    default = _agenda(reader, found, ("items",))
    place = ("items", "by_body")
    bodies = reader.named(found, "by-body", "body", reader.allowed("bodies"), place)
    by_body = {}
    for name, (_, value) in bodies.items():
        inner = reader.block(value, f"items of {name}", keys, (), (*place, name))
        agenda = _agenda(reader, inner, (*place, name)) if inner is not None else None
        if agenda is not None:
            by_body[name] = agenda
    return Items(default=default, by_body=by_body) if default is not None else None


def _agenda(reader: ScenarioReader, found: Entries, place: Place) -> Agenda | None:
    per_meeting = None
    if "per-meeting" in found:
        per_meeting = reader.number(found["per-meeting"][1], "a number of items")
        if per_meeting is not None and per_meeting > 1000:
            reader.problems.add(
                found["per-meeting"][1].mark, "too-many-items", "at most 1000 items a meeting can be run"
            )
    spread = None
    if "spread" in found:
        spread = reader.word(found["spread"][1], "spread", ("poisson", "fixed"))
    if spread == "fixed" and per_meeting is not None and per_meeting.denominator != 1:
        reader.problems.add(
            found["per-meeting"][1].mark, "not-a-whole-number",
            "a fixed number of items a meeting is a whole number", "Or write spread: poisson.",
        )  # fmt: skip
    allowed = reader.allowed("matters", "other")
    shares = reader.by_name(found, "matters", "matter", allowed, place)
    if "matters" in found and not reader.problems.errors:
        _adds_to_one(reader, shares, found["matters"][1].mark, "the shares of the matters")
    if per_meeting is None or spread is None:
        return None
    return Agenda(per_meeting=per_meeting, spread=cast('Literal["poisson", "fixed"]', spread), matters=shares)


def interests(reader: ScenarioReader, node: Node) -> Interests | None:
    needed = ("default", "named", "leaves-if-should", "leaves-if-may")
    found = reader.block(node, "interests", needed, ("by-matter",), ("interests",))
    if found is None:
        return None
    values = {name: reader.chance(found[name][1]) for name in needed if name in found}
    allowed = reader.allowed("matters", "other")
    by_matter = reader.by_name(found, "by-matter", "matter", allowed, ("interests",))
    default, named = values.get("default"), values.get("named")
    should, may = values.get("leaves-if-should"), values.get("leaves-if-may")
    if default is None or named is None or should is None or may is None:
        return None
    return Interests(
        default=default, named=named, leaves_if_should=should, leaves_if_may=may, by_matter=by_matter
    )


def consensus(reader: ScenarioReader, node: Node) -> ByMatter | None:
    found = reader.block(node, "consensus", ("default",), ("by-matter",), ("consensus",))
    if found is None or "default" not in found:
        return None
    default = reader.chance(found["default"][1])
    allowed = reader.allowed("matters", "other")
    by_matter = reader.by_name(found, "by-matter", "matter", allowed, ("consensus",))
    return ByMatter(default=default, by_matter=by_matter) if default is not None else None


def votes(reader: ScenarioReader, node: Node) -> Votes | None:
    ways = ("for", "against", "abstain")
    found = reader.block(node, "votes", (*ways, "casting"), ("by-matter",), ("votes",))
    if found is None:
        return None
    default = _ballot(reader, found, node.mark)
    casting = None
    if "casting" in found and not _as_voted(found["casting"][1]):
        casting = reader.chance(found["casting"][1], "as-voted, or a probability")
    allowed = reader.allowed("matters", "other")
    place = ("votes", "by_matter")
    by_matter = {}
    for name, (_, value) in reader.named(found, "by-matter", "matter", allowed, place).items():
        inner = reader.block(value, f"votes on {name}", ways, (), (*place, name))
        ballot = _ballot(reader, inner, value.mark) if inner is not None else None
        if ballot is not None:
            by_matter[name] = ballot
    return Votes(default=default, casting=casting, by_matter=by_matter) if default is not None else None


def _ballot(reader: ScenarioReader, found: Entries, mark: Mark) -> Ballot | None:
    shares = {
        n: reader.chance(value) for n, (_, value) in found.items() if n in ("for", "against", "abstain")
    }
    given = {name: share for name, share in shares.items() if share is not None}
    if len(given) < 3:
        return None
    _adds_to_one(reader, given, mark, "for, against and abstain")
    return Ballot(in_favour=given["for"], against=given["against"], abstain=given["abstain"])


def _as_voted(node: Node) -> bool:
    return isinstance(node, Scalar) and canonical(node.text) == "as-voted"


def _adds_to_one(reader: ScenarioReader, shares: dict[str, Fraction], mark: Mark, what: str) -> None:
    total = sum(shares.values(), Fraction(0))
    if total != 1:
        shown = f"{float(total):g}" if Fraction(f"{float(total):g}") == total else str(total)
        reader.problems.add(mark, "not-one", f"{what} add to {shown}, not to 1")
