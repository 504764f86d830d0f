"""What the headings of a scenario are made of: blocks of keys, names of the model, numbers, chances, days."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from govmodel.errors import Mark
from govmodel.loading.messages import Problems, canonical, did_you_mean, listed, q
from govmodel.loading.nodes import Mapping, Node, Scalar, said
from govmodel.loading.scenario.known import Known
from govmodel.model import vocabulary
from govmodel.model.scenario import Chances, Place

MONTHS = tuple(month.lower() for month in vocabulary.MONTHS)

_NUMBER = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,12}))?(%)?\Z")
_RATIO = re.compile(r"([0-9]{1,12}) */ *([0-9]{1,12})\Z")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_DAYS = re.compile(r"([0-9]{1,5})(?: *\.\. *([0-9]{1,5}))?\Z")

Entries: TypeAlias = dict[str, tuple[Scalar, Node]]


def date_of(node: Node) -> date | None:
    """A day with its year: `2013-04-01`, and written in no other way."""
    match = _DATE.match(node.text.strip()) if isinstance(node, Scalar) else None
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


@dataclass
class ScenarioReader:
    """Reads what stands in nodes, and keeps every problem and the place of every value."""

    names: Known | None
    problems: Problems = field(default_factory=Problems)
    marks: dict[Place, Mark] = field(default_factory=dict)

    def model(self) -> str:
        """The model in words."""
        return self.names.said if self.names is not None else "the model"

    def allowed(self, *kinds: str) -> frozenset[str] | None:
        """The model's names of some kinds (`other`: the word for matters without a name)."""
        if self.names is None:
            return None
        names = {kind: getattr(self.names, kind) for kind in kinds if kind != "other"}
        return frozenset().union(*names.values(), {"other"} & set(kinds))

    def block(
        self,
        node: Node,
        what: str,
        needed: tuple[str, ...],
        optional: tuple[str, ...] = (),
        place: Place = (),
    ) -> Entries | None:
        """The entries of a block whose keys are ours. None, and a problem, if it is no block."""
        found = self.entries(node, what, place)
        if found is None:
            return None
        for name, (key, _) in list(found.items()):
            if name not in needed and name not in optional:
                near = self.problems.near(name, (*needed, *optional))
                words = listed([word.replace("-", "_") for word in (*needed, *optional)], "and")
                self.problems.add(
                    key.mark, "unknown-key",
                    f"{what} has no key {q(key.text)}{did_you_mean(near and near.replace('-', '_'))}",
                    f"Its keys are {words}.",
                )  # fmt: skip
                del found[name]
        missing = [name.replace("-", "_") for name in needed if name not in found]
        if missing:
            self.problems.add(
                node.mark, "missing-key",
                f"{what} says nothing of {listed(missing, 'and')}",
                "Nothing is assumed that the file does not say; docs/scenarios.md has every key.",
            )  # fmt: skip
        return found

    def entries(self, node: Node, what: str, place: Place) -> Entries | None:
        """The entries of a block by canonical key, each once."""
        if not isinstance(node, Mapping):
            self.problems.add(
                node.mark, "not-a-block", f"keys of {what} are expected here; found {said(node)}"
            )
            return None
        self.marks[place] = node.mark
        found: Entries = {}
        for key, value in node.entries:
            name = canonical(key.text)
            if name in found:
                self.problems.add(
                    key.mark, "key-twice",
                    f"{q(key.text)} stands here for the second time; the first is at line "
                    f"{found[name][0].mark.line}",
                    "Keep one of them.",
                )  # fmt: skip
                continue
            found[name] = (key, value)
            self.marks[(*place, name.replace("-", "_") if not place else name)] = value.mark
        return found

    def named(
        self, found: Entries, name: str, kind: str, allowed: frozenset[str] | None, place: Place
    ) -> Entries:
        """The entries of a block whose keys are the model's names of one kind."""
        if name not in found:
            return {}
        inner = self.entries(found[name][1], name.replace("-", "_"), place) or {}
        if allowed is None:
            return inner
        return {own: (key, value) for own, (key, value) in inner.items() if self.name(key, kind, allowed)}

    def name(self, node: Node, kind: str, allowed: frozenset[str] | None) -> str | None:
        """A name of one kind that the model has."""
        name = canonical(node.text) if isinstance(node, Scalar) else ""
        if name and (allowed is None or name in allowed):
            return name
        near = did_you_mean(self.problems.near(name, allowed or ()))
        self.problems.add(node.mark, "unknown-name", f"{self.model()} has no {kind} {said(node)}{near}")
        return None

    def number(self, node: Node, what: str) -> Fraction | None:
        """A number that is not negative, exactly: `0.85`, `85%`, `17/20`."""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if match := _NUMBER.match(text):
            whole, after, percent = match.groups()
            value = Fraction(int(whole + (after or "")), 10 ** len(after or ""))
            return value / 100 if percent else value
        if (match := _RATIO.match(text)) and int(match[2]):
            return Fraction(int(match[1]), int(match[2]))
        self.problems.add(
            node.mark, "not-a-number", f"{what} is expected here; found {said(node)}",
            "Write 0.85, 85% or 17/20.",
        )  # fmt: skip
        return None

    def chance(self, node: Node, what: str = "a probability") -> Fraction | None:
        """A number from 0 to 1."""
        value = self.number(node, f"{what} from 0 to 1")
        if value is not None and value > 1:
            text = node.text.strip() if isinstance(node, Scalar) else str(value)
            as_percent = f" Did you mean {text}%?" if 1 < value <= 100 and not text.endswith("%") else ""
            self.problems.add(
                node.mark, "not-a-probability", f"{what} lies between 0 and 1; found {q(text)}",
                f"0 is never, 1 is always.{as_percent}",
            )  # fmt: skip
            return None
        return value

    def whole(self, node: Node, what: str, least: int = 0) -> int | None:
        """A whole number from `least` to 10,000."""
        value = self.number(node, what)
        if value is None:
            return None
        if value.denominator != 1 or value < least or value > 10_000:
            text = node.text.strip() if isinstance(node, Scalar) else str(value)
            self.problems.add(
                node.mark, "not-a-whole-number",
                f"{what} is a whole number from {least} to 10000; found {q(text)}",
            )  # fmt: skip
            return None
        return int(value)

    def word(self, node: Node, what: str, choices: tuple[str, ...]) -> str | None:
        """One of some words."""
        text = canonical(node.text) if isinstance(node, Scalar) else ""
        if text in choices:
            return text
        near = did_you_mean(self.problems.near(text, choices))
        self.problems.add(node.mark, "not-a-choice", f"{what} is {listed(choices)}; found {said(node)}{near}")
        return None

    def sentence(self, node: Node) -> str:
        """Words, with single blanks between them; empty, and a problem, where there are none."""
        if isinstance(node, Scalar) and node.text.strip():
            return " ".join(node.text.split())
        self.problems.add(node.mark, "no-words", f"words are expected here; found {said(node)}")
        return ""

    def none(self, node: Node) -> bool:
        """Whether the file says that there is nothing of the kind."""
        return isinstance(node, Scalar) and node.text.strip() == "none"

    def days(self, node: Node) -> tuple[int, int] | None:
        """`30`, or `20..60` for anything between."""
        match = _DAYS.match(node.text.strip()) if isinstance(node, Scalar) else None
        if match is None or int(match[2] or match[1]) < int(match[1]):
            self.problems.add(
                node.mark, "not-days", f"a number of days is expected here; found {said(node)}",
                "Write 30, or 20..60 for anything between.",
            )  # fmt: skip
            return None
        return int(match[1]), int(match[2] or match[1])

    def by_name(
        self, found: Entries, name: str, kind: str, allowed: frozenset[str] | None, place: Place,
        factors: bool = False,
    ) -> dict[str, Fraction]:  # fmt: skip
        entries = self.named(found, name, kind, allowed, (*place, name.replace("-", "_")))
        read_one = self._factor if factors else self.chance
        values = {own: read_one(value) for own, (_, value) in entries.items()}
        return {own: value for own, value in values.items() if value is not None}

    def _factor(self, node: Node) -> Fraction | None:
        return self.number(node, "a factor")

    def chances(
        self, node: Node, heading: str, place: Place | None = None, factors: bool = False
    ) -> Chances | None:
        """Probabilities by seat; or `factors`, by which others are multiplied."""
        optional = ("by-body", "by-class", "by-party", "by-seat")
        place = place or (heading,)
        found = self.block(node, heading, ("default",), optional, place)
        if found is None:
            return None
        read_one = self._factor if factors else self.chance
        default = read_one(found["default"][1]) if "default" in found else None
        by_body = self.by_name(found, "by-body", "body", self.allowed("bodies"), place, factors)
        by_class = self.by_name(found, "by-class", "class", self.allowed("classes"), place, factors)
        by_party = self.by_name(found, "by-party", "party", self.allowed("parties"), place, factors)
        by_seat = self.by_name(found, "by-seat", "seat", self.allowed("seats"), place, factors)
        if default is None:
            return None
        return Chances(
            default=default, by_body=by_body, by_class=by_class, by_party=by_party, by_seat=by_seat
        )
