"""Scenario files: what a constitution leaves to behaviour and chance. Every problem at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal, TypeAlias, cast

from govmodel.errors import InputError, Mark, Problem
from govmodel.loading.happenings import HAPPENINGS, happenings
from govmodel.loading.laying import laid_over
from govmodel.loading.messages import Problems, canonical, did_you_mean, listed, q
from govmodel.loading.nodes import Mapping, Node, Scalar, Sequence, kind_of, read
from govmodel.loading.periods import periods
from govmodel.loading.uses import USES, uses
from govmodel.model import rules as r
from govmodel.model.scenario import (
    Agenda,
    BadMeetings,
    Ballot,
    ByMatter,
    Chances,
    Clock,
    Escalation,
    Holders,
    Interests,
    Items,
    Offices,
    Period,
    Place,
    Receiver,
    Scenario,
    Votes,
)
from govmodel.model.vocabulary import VERSION

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip

_NUMBER = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,12}))?(%)?\Z")
_RATIO = re.compile(r"([0-9]{1,12}) */ *([0-9]{1,12})\Z")
_DAYS = re.compile(r"([0-9]{1,5})(?: *\.\. *([0-9]{1,5}))?\Z")

Entries: TypeAlias = dict[str, tuple[Scalar, Node]]


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


def load_scenario(
    path: str | os.PathLike[str], model: r.Rulebook | r.Rules | None = None, by_name: bool = False
) -> Scenario:
    """The scenario in a file. With a model, the names in it must be the model's. `by_name`: messages name
    the model, as it is one of several.

    Raises:
        InputError: with every problem of the file.
    """
    names = known(model, by_name) if model is not None else None
    return scenario_of(scenario_nodes(path), os.fspath(path), names)


def scenario_of(top: Mapping, path: str, names: Known | None) -> Scenario:
    """The scenario in nodes that were read, whichever files they come from. Raises InputError."""
    reader = ScenarioReader(names)
    scenario = reader.scenario(top, path)
    if reader.problems.errors or scenario is None:
        raise InputError(reader.problems.found)
    return scenario


def scenario_nodes(path: str | os.PathLike[str], way: tuple[Path, ...] = ()) -> Mapping:
    """The nodes of a scenario file, laid over those of the scenario that it is `like`. Raises InputError."""
    top, file = _read(path), Path(path)
    like = next((value for key, value in top.entries if canonical(key.text) == "like"), None)
    if like is None:
        return top
    own = [(key, value) for key, value in top.entries if canonical(key.text) != "like"]
    name = like.text.strip() if isinstance(like, Scalar) else ""
    if not name:
        raise _bad_like(like, "the name of another scenario file is expected here")
    other = file.parent / name
    way = (*way, file.resolve())
    if other.resolve() in way:
        raise _bad_like(like, f"{q(name)} is this file, or is itself like this file")
    if not other.is_file():
        raise _bad_like(like, f"there is no file {q(name)} beside this one")
    return laid_over(scenario_nodes(other, way), Mapping(own, top.source, top.start, top.flow), defaults=True)


def _read(path: str | os.PathLike[str]) -> Mapping:
    try:
        return read(path)
    except InputError as error:
        help_ = "govmodel new FILE"
        raise InputError([
            replace(p, help="docs/scenarios.md has every key; another scenario may be named with like.")
            if p.help.startswith(help_) else p
            for p in error.problems
        ]) from None  # fmt: skip


def _bad_like(node: Node, message: str) -> InputError:
    return InputError((Problem(node.mark, "like", message),))


@dataclass
class ScenarioReader:
    names: Known | None
    problems: Problems = field(default_factory=Problems)
    marks: dict[Place, Mark] = field(default_factory=dict)

    def model(self) -> str:
        """The model in words."""
        return self.names.said if self.names is not None else "the model"

    def scenario(self, top: Mapping, path: str) -> Scenario | None:
        self._version(top)
        found = self.block(
            top, "scenario",
            ("govmodel", "scenario", "about", "attendance", "standins", "months", "bad-meetings", "holders",
             "offices", "items", "interests", "consensus", "votes", "escalation"),
            ("clock", "periods", *HAPPENINGS, *USES),
        )  # fmt: skip
        if found is None or self.problems.errors:
            # What follows would say of each missing heading what has been said.
            self._each(found or {})
            return None
        return self._whole(found, path)

    def _each(self, found: Entries) -> None:
        """Read what is there, for its problems."""
        for name, read_one in {
            "attendance": lambda n: self.chances(n, "attendance"),
            "standins": lambda n: self.chances(n, "standins"),
            "months": self.months,
            "bad-meetings": self.bad_meetings,
            "holders": self.holders,
            "offices": self.offices,
            "items": self.items,
            "interests": self.interests,
            "consensus": self.consensus,
            "votes": self.votes,
            "escalation": self.escalation,
            "clock": self.clock,
            "periods": self.periods,
        }.items():
            if name in found:
                read_one(found[name][1])
        nodes = {name: value for name, (_, value) in found.items()}
        happenings(self, nodes)
        uses(self, nodes)

    def _whole(self, found: Entries, path: str) -> Scenario | None:
        node = {name: value for name, (_, value) in found.items()}
        name, about = self.sentence(node["scenario"]), self.sentence(node["about"])
        attendance = self.chances(node["attendance"], "attendance")
        standins = self.chances(node["standins"], "standins")
        months, bad = self.months(node["months"]), self.bad_meetings(node["bad-meetings"])
        holders, offices = self.holders(node["holders"]), self.offices(node["offices"])
        items, interests = self.items(node["items"]), self.interests(node["interests"])
        consensus, votes = self.consensus(node["consensus"]), self.votes(node["votes"])
        escalation = self.escalation(node["escalation"])
        clock = self.clock(node["clock"]) if "clock" in node else None
        times = self.periods(node["periods"]) if "periods" in node else ()
        beside = happenings(self, node)
        if (
            attendance is None or standins is None or holders is None or offices is None or items is None
            or interests is None or consensus is None or votes is None or escalation is None
        ):  # fmt: skip
            return None
        return Scenario(
            name=name, about=about, path=path, attendance=attendance, standins=standins, months=months,
            bad_meetings=bad, holders=holders, offices=offices, items=items, interests=interests,
            consensus=consensus, votes=votes, escalation=escalation, clock=clock, periods=times,
            **beside, uses=uses(self, node), marks=self.marks,
        )  # fmt: skip

    def _version(self, top: Mapping) -> None:
        node = next((value for key, value in top.entries if canonical(key.text) == "govmodel"), None)
        if node is not None and not (isinstance(node, Scalar) and node.text.strip() == VERSION):
            said = q(node.text) if isinstance(node, Scalar) else kind_of(node)
            self.problems.add(
                node.mark, "version",
                f"this scenario is written for version {said} of the language; version {VERSION} is read",
                f'Write govmodel: "{VERSION}".',
            )  # fmt: skip
        if any(canonical(key.text) in ("document", "bodies", "clauses") for key, _ in top.entries):
            raise InputError(
                [
                    *self.problems.found,
                    Problem(top.mark, "no-scenario", "this is a model; a scenario is expected here"),
                ]
            )

    def allowed(self, *kinds: str) -> frozenset[str] | None:
        """The model's names of some kinds (`other`: the word for matters without a name)."""
        if self.names is None:
            return None
        names = {kind: getattr(self.names, kind) for kind in kinds if kind != "other"}
        return frozenset().union(*names.values(), {"other"} & set(kinds))

    # shapes

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
            said = f"{q(node.text)}" if isinstance(node, Scalar) and node.text else kind_of(node)
            self.problems.add(node.mark, "not-a-block", f"keys of {what} are expected here; found {said}")
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
        self, found: Entries, name: str, kind: str, allowed: Iterable[str] | None, place: Place
    ) -> Entries:
        """The entries of a block whose keys are the model's names of one kind."""
        if name not in found:
            return {}
        inner = self.entries(found[name][1], name.replace("-", "_"), place) or {}
        if allowed is None:
            return inner
        names = frozenset(allowed)
        for own, (key, _) in list(inner.items()):
            if own not in names:
                near = self.problems.near(own, names)
                self.problems.add(
                    key.mark,
                    "unknown-name",
                    f"{self.model()} has no {kind} {q(key.text)}{did_you_mean(near)}",
                )
                del inner[own]
        return inner

    def number(self, node: Node, what: str) -> Fraction | None:
        """A number that is not negative, exactly: `0.85`, `85%`, `17/20`."""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if match := _NUMBER.match(text):
            whole, after, percent = match.groups()
            value = Fraction(int(whole + (after or "")), 10 ** len(after or ""))
            return value / 100 if percent else value
        if (match := _RATIO.match(text)) and int(match[2]):
            return Fraction(int(match[1]), int(match[2]))
        said = q(text) if isinstance(node, Scalar) else kind_of(node)
        self.problems.add(
            node.mark, "not-a-number", f"{what} is expected here; found {said}", "Write 0.85, 85% or 17/20."
        )
        return None

    def chance(self, node: Node, what: str = "a probability") -> Fraction | None:
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
        text = canonical(node.text) if isinstance(node, Scalar) else ""
        if text in choices:
            return text
        said = q(node.text) if isinstance(node, Scalar) else kind_of(node)
        near = self.problems.near(text, choices)
        self.problems.add(
            node.mark, "not-a-choice", f"{what} is {listed(choices)}; found {said}{did_you_mean(near)}"
        )
        return None

    def sentence(self, node: Node) -> str:
        if isinstance(node, Scalar) and node.text.strip():
            return " ".join(node.text.split())
        self.problems.add(node.mark, "no-words", f"words are expected here; found {kind_of(node)}")
        return ""

    def none(self, node: Node) -> bool:
        return isinstance(node, Scalar) and node.text.strip() == "none"

    # the headings

    def _by_name(
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
        by_body = self._by_name(found, "by-body", "body", self.allowed("bodies"), place, factors)
        by_class = self._by_name(found, "by-class", "class", self.allowed("classes"), place, factors)
        by_party = self._by_name(found, "by-party", "party", self.allowed("parties"), place, factors)
        by_seat = self._by_name(found, "by-seat", "seat", self.allowed("seats"), place, factors)
        if default is None:
            return None
        return Chances(
            default=default, by_body=by_body, by_class=by_class, by_party=by_party, by_seat=by_seat
        )

    def months(self, node: Node) -> dict[int, Fraction]:
        if self.none(node):
            return {}
        found = self.block(node, "months", (), MONTHS, ("months",)) or {}
        factors = {name: self.number(value, "a factor") for name, (_, value) in found.items()}
        return {MONTHS.index(name) + 1: factor for name, factor in factors.items() if factor is not None}

    def periods(self, node: Node) -> tuple[Period, ...]:
        return periods(self, node, MONTHS)

    def bad_meetings(self, node: Node) -> BadMeetings | None:
        if self.none(node):
            return None
        found = self.block(node, "bad_meetings", ("chance", "attendance"), (), ("bad_meetings",)) or {}
        chance = self.chance(found["chance"][1]) if "chance" in found else None
        factor = self.chance(found["attendance"][1], "a factor") if "attendance" in found else None
        if chance is None or factor is None:
            return None
        return BadMeetings(chance=chance, attendance=factor)

    def holders(self, node: Node) -> Holders | None:
        found = self.block(node, "holders", ("optional",), ("by-seat",), ("holders",))
        if found is None or "optional" not in found:
            return None
        optional = self.word(found["optional"][1], "optional", ("empty", "held"))
        seats = self.named(found, "by-seat", "seat", self.allowed("seats"), ("holders", "by_seat"))
        counts = {name: self.whole(value, "a number of places") for name, (_, value) in seats.items()}
        if optional is None:
            return None
        held = {name: count for name, count in counts.items() if count is not None}
        return Holders(optional=cast('Literal["empty", "held"]', optional), by_seat=held)

    def offices(self, node: Node) -> Offices | None:
        found = self.block(node, "offices", ("otherwise",), ("by-office",), ("offices",))
        if found is None or "otherwise" not in found:
            return None
        otherwise = self.word(found["otherwise"][1], "otherwise", ("vacant", "first-seat"))
        place = ("offices", "by_office")
        stated = self.named(found, "by-office", "office", self.allowed("offices"), place)
        by_office = {}
        for office, (_, value) in stated.items():
            seat = canonical(value.text) if isinstance(value, Scalar) else ""
            if self.names and seat not in self.names.seats:
                near = self.problems.near(seat, self.names.seats)
                said = q(seat) if seat else kind_of(value)
                self.problems.add(
                    value.mark, "unknown-name", f"{self.model()} has no seat {said}{did_you_mean(near)}"
                )
            by_office[office] = seat
        if otherwise is None:
            return None
        return Offices(otherwise=cast('Literal["vacant", "first-seat"]', otherwise), by_office=by_office)

    def _agenda(self, found: Entries, place: Place) -> Agenda | None:
        per_meeting = None
        if "per-meeting" in found:
            per_meeting = self.number(found["per-meeting"][1], "a number of items")
            if per_meeting is not None and per_meeting > 1000:
                self.problems.add(
                    found["per-meeting"][1].mark, "too-many-items", "at most 1000 items a meeting can be run"
                )
        spread = None
        if "spread" in found:
            spread = self.word(found["spread"][1], "spread", ("poisson", "fixed"))
        if spread == "fixed" and per_meeting is not None and per_meeting.denominator != 1:
            self.problems.add(
                found["per-meeting"][1].mark, "not-a-whole-number",
                "a fixed number of items a meeting is a whole number", "Or write spread: poisson.",
            )  # fmt: skip
        allowed = self.allowed("matters", "other")
        shares = self._by_name(found, "matters", "matter", allowed, place)
        if "matters" in found and not self.problems.errors:
            self._adds_to_one(shares, found["matters"][1].mark, "the shares of the matters")
        if per_meeting is None or spread is None:
            return None
        return Agenda(
            per_meeting=per_meeting, spread=cast('Literal["poisson", "fixed"]', spread), matters=shares
        )

    def _adds_to_one(self, shares: dict[str, Fraction], mark: Mark, what: str) -> None:
        total = sum(shares.values(), Fraction(0))
        if total != 1:
            shown = f"{float(total):g}" if Fraction(f"{float(total):g}") == total else str(total)
            self.problems.add(mark, "not-one", f"{what} add to {shown}, not to 1")

    def items(self, node: Node) -> Items | None:
        keys = ("per-meeting", "spread", "matters")
        found = self.block(node, "items", keys, ("by-body",), ("items",))
        if found is None:
            return None
        default = self._agenda(found, ("items",))
        place = ("items", "by_body")
        bodies = self.named(found, "by-body", "body", self.allowed("bodies"), place)
        by_body = {}
        for name, (_, value) in bodies.items():
            inner = self.block(value, f"items of {name}", keys, (), (*place, name))
            agenda = self._agenda(inner, (*place, name)) if inner is not None else None
            if agenda is not None:
                by_body[name] = agenda
        return Items(default=default, by_body=by_body) if default is not None else None

    def interests(self, node: Node) -> Interests | None:
        needed = ("default", "named", "leaves-if-should", "leaves-if-may")
        found = self.block(node, "interests", needed, ("by-matter",), ("interests",))
        if found is None:
            return None
        values = {name: self.chance(found[name][1]) for name in needed if name in found}
        allowed = self.allowed("matters", "other")
        by_matter = self._by_name(found, "by-matter", "matter", allowed, ("interests",))
        default, named = values.get("default"), values.get("named")
        should, may = values.get("leaves-if-should"), values.get("leaves-if-may")
        if default is None or named is None or should is None or may is None:
            return None
        return Interests(
            default=default, named=named, leaves_if_should=should, leaves_if_may=may, by_matter=by_matter
        )

    def consensus(self, node: Node) -> ByMatter | None:
        found = self.block(node, "consensus", ("default",), ("by-matter",), ("consensus",))
        if found is None or "default" not in found:
            return None
        default = self.chance(found["default"][1])
        allowed = self.allowed("matters", "other")
        by_matter = self._by_name(found, "by-matter", "matter", allowed, ("consensus",))
        return ByMatter(default=default, by_matter=by_matter) if default is not None else None

    def _ballot(self, found: Entries, mark: Mark) -> Ballot | None:
        shares = {
            n: self.chance(value) for n, (_, value) in found.items() if n in ("for", "against", "abstain")
        }
        given = {name: share for name, share in shares.items() if share is not None}
        if len(given) < 3:
            return None
        self._adds_to_one(given, mark, "for, against and abstain")
        return Ballot(in_favour=given["for"], against=given["against"], abstain=given["abstain"])

    def votes(self, node: Node) -> Votes | None:
        ways = ("for", "against", "abstain")
        found = self.block(node, "votes", (*ways, "casting"), ("by-matter",), ("votes",))
        if found is None:
            return None
        default = self._ballot(found, node.mark)
        casting = None
        if "casting" in found and not self._as_voted(found["casting"][1]):
            casting = self.chance(found["casting"][1], "as-voted, or a probability")
        allowed = self.allowed("matters", "other")
        place = ("votes", "by_matter")
        by_matter = {}
        for name, (_, value) in self.named(found, "by-matter", "matter", allowed, place).items():
            inner = self.block(value, f"votes on {name}", ways, (), (*place, name))
            ballot = self._ballot(inner, value.mark) if inner is not None else None
            if ballot is not None:
                by_matter[name] = ballot
        return Votes(default=default, casting=casting, by_matter=by_matter) if default is not None else None

    def _as_voted(self, node: Node) -> bool:
        return isinstance(node, Scalar) and canonical(node.text) == "as-voted"

    def escalation(self, node: Node) -> Escalation | None:
        found = self.block(
            node, "escalation", ("after", "default"), ("by-receiver", "several"), ("escalation",)
        )
        if found is None:
            return None
        after = self.whole(found["after"][1], "a number of deferrals", 1) if "after" in found else None
        default = self._receiver(found["default"][1], "default") if "default" in found else None
        allowed = self.allowed("bodies", "offices", "parties", "classes")
        place = ("escalation", "by_receiver")
        by_receiver = {}
        for name, (_, value) in self.named(found, "by-receiver", "body or office", allowed, place).items():
            receiver = self._receiver(value, name)
            if receiver is not None:
                by_receiver[name] = receiver
        if after is None or default is None:
            return None
        several = None
        if "several" in found:
            several = self.word(found["several"][1], "several", ("first", "evenly"))
        return Escalation(
            after=after, default=default, by_receiver=by_receiver,
            several=cast('Literal["first", "evenly"] | None', several),
        )  # fmt: skip

    def _receiver(self, node: Node, name: str) -> Receiver | None:
        found = self.block(node, f"the receiver {name}", ("settles", "days"), (), ("escalation", name))
        if found is None or "settles" not in found or "days" not in found:
            return None
        settles = self.chance(found["settles"][1])
        span = self.days(found["days"][1])
        return (
            Receiver(settles=settles, first=span[0], last=span[1]) if settles is not None and span else None
        )

    def days(self, node: Node) -> tuple[int, int] | None:
        """`30`, or `20..60` for anything between."""
        match = _DAYS.match(node.text.strip()) if isinstance(node, Scalar) else None
        if match is None or int(match[2] or match[1]) < int(match[1]):
            said = q(node.text) if isinstance(node, Scalar) else kind_of(node)
            self.problems.add(
                node.mark, "not-days", f"a number of days is expected here; found {said}",
                "Write 30, or 20..60 for anything between.",
            )  # fmt: skip
            return None
        return int(match[1]), int(match[2] or match[1])

    def clock(self, node: Node) -> Clock | None:
        found = self.block(node, "clock", ("unit",), ("first", "order"), ("clock",))
        if found is None or "unit" not in found:
            return None
        unit = self.word(found["unit"][1], "unit", ("day", "month"))
        bodies = self.allowed("bodies")
        least = 1 if unit == "month" else 0
        stated = self.named(found, "first", "body", bodies, ("clock", "first"))
        what = "the number of a month" if unit == "month" else "a number of days"
        first = {name: self.whole(value, what, least) for name, (_, value) in stated.items()}
        order = self._names_in_order(found["order"][1], bodies) if "order" in found else ()
        if unit is None:
            return None
        return Clock(
            unit=cast('Literal["day", "month"]', unit),
            first={name: number for name, number in first.items() if number is not None},
            order=order,
        )

    def _names_in_order(self, node: Node, bodies: frozenset[str] | None) -> tuple[str, ...]:
        """A list of bodies, each once."""
        if not isinstance(node, Sequence):
            said = q(node.text) if isinstance(node, Scalar) and node.text else kind_of(node)
            self.problems.add(
                node.mark, "not-a-list", f"a list of bodies is expected here; found {said}",
                "Write order: [board, parent].",
            )  # fmt: skip
            return ()
        names: list[str] = []
        for item in node.items:
            name = canonical(item.text) if isinstance(item, Scalar) else ""
            if not name or (bodies is not None and name not in bodies):
                near = self.problems.near(name, bodies or ())
                said = q(name) if name else kind_of(item)
                self.problems.add(
                    item.mark, "unknown-name", f"{self.model()} has no body {said}{did_you_mean(near)}"
                )
            elif name in names:
                self.problems.add(item.mark, "name-twice", f"{q(name)} stands here for the second time")
            else:
                names.append(name)
        return tuple(names)
