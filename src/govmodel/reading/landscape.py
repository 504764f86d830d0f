"""A landscape as constitutions of one text: each text under its name, and what is one thing once.

Which things are one, and which text was followed by another, may depend on readings. So there is one
constitution for each combination of their options, with the gate under which it is the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from itertools import product
from typing import Any

from govmodel.errors import Problem
from govmodel.model import constitution as drafted
from govmodel.model.constitution import Block, Body, Constitution, Gate, Plain, Same, Situation, Succession
from govmodel.model.joined import JOINABLE, text_of, texts
from govmodel.model.rule import stands
from govmodel.model.vocabulary import SITUATIONS
from govmodel.reading.renaming import HEADINGS, Renaming, constitutes

Known = Mapping[str, Constitution]
"""Every text of a landscape by its name; the landscape's own has none."""


def wholes(model: Constitution) -> tuple[tuple[Gate, Constitution], ...]:
    """The constitutions that a landscape is, each with the gate under which it is that one."""
    known = texts(model)
    joins = [
        Renaming(name, text, {}).block(block)
        for name, text in known.items()
        for block in (*text.same, *text.succeeds)
    ]
    asked = dict.fromkeys(name for join in joins for name, _ in join.gate)
    choices = [_options(known, name) for name in asked]
    made = []
    for picked in product(*choices):
        reading = dict(zip(asked, picked, strict=True))
        standing = [join for join in joins if stands(join.gate, reading)]
        gate = tuple((name, (option,)) for name, option in reading.items())
        made.append((gate, _Whole(model, known, standing).made()))
    return tuple(made)


def _options(known: Known, ambiguity: str) -> tuple[str, ...]:
    """The options of an ambiguity, the base first."""
    text = text_of(known, ambiguity)
    found = known[text].readings[ambiguity[len(text) + 1 :] if text else ambiguity]
    base = found.base.value if found.base is not None else ""
    return tuple(sorted(found.options, key=lambda option: option != base))


Gathered = dict[str, dict[str, list[tuple[str, Any]]]]
"""By heading and by the name that stands for it: every block about a thing, with its own full name."""


class _Whole:
    """One constitution out of several texts, where these joins stand."""

    def __init__(self, model: Constitution, known: Known, joins: Sequence[Same | Succession]) -> None:
        self.model = model
        self.known = known
        self.joins = joins
        self.same = [j for j in joins if isinstance(j, Same)]
        self.gone = {
            follows for j in joins if isinstance(j, Succession) and (follows := _followed(j, model)) in known
        }
        self.stands_for = self._stands_for()
        self.notes: list[Problem] = []

    def made(self) -> Constitution:
        gathered: Gathered = {}
        listed: dict[str, list[Any]] = {}
        met = {name for j in self.joins for name in (*_ends(j), *(n for n, _ in j.gate))}
        renamings = {name: Renaming(name, text, self.stands_for) for name, text in self.known.items()}
        for name, renaming in renamings.items():
            if name not in self.gone:
                self._take(renaming, gathered, listed)
                met |= renaming.met
        for name, renaming in renamings.items():
            if name in self.gone:
                self._remember(renaming, met, gathered)
        named = {
            heading: {key: self._one(key, blocks) for key, blocks in found.items()}
            for heading, found in gathered.items()
        }
        changes: dict[str, Any] = {
            **named,
            **{heading: tuple(blocks) for heading, blocks in listed.items()},
            "same": tuple(j for j in self.joins if isinstance(j, Same)),
            "succeeds": tuple(self._succession(j) for j in self.joins if isinstance(j, Succession)),
            "where_silent": self._where_silent(),
            "notes": (*self.model.notes, *self.notes),
        }
        return replace(self.model, **changes)

    def _stands_for(self) -> dict[str, str]:
        """Every name that was joined, with the one that stands for all: the name in the text that
        constitutes the thing, else the first that is listed."""
        groups: list[dict[str, None]] = []
        for join in self.same:
            group = dict.fromkeys(_ends(join))
            for other in [g for g in groups if g.keys() & group.keys()]:
                groups.remove(other)
                group = other | group
            groups.append(group)
        found: dict[str, str] = {}
        for group in groups:
            first = next((name for name in group if self._constitutes(name)), next(iter(group)))
            found |= dict.fromkeys(group, first)
        return found

    def _constitutes(self, full: str) -> bool:
        """Whether the text of this name, still standing, makes the thing: it does not say that others do."""
        text = text_of(self.known, full)
        name = full[len(text) + 1 :] if text else full
        if text in self.gone:
            return False
        for heading in JOINABLE:
            block = getattr(self.known[text], heading).get(name)
            if block is not None:
                external = getattr(block, "external", None)
                return external is None or external.value != "yes"
        return False

    def _take(self, renaming: Renaming, gathered: Gathered, listed: dict[str, list[Any]]) -> None:
        """All blocks of a text, under the names that they have in the landscape."""
        for spec in fields(Constitution):
            shape = spec.metadata.get("shape")
            if shape == "named":
                found = gathered.setdefault(spec.name, {})
                for name, block in getattr(renaming.model, spec.name).items():
                    full, renamed = self._placed(renaming, spec.name, name, block)
                    key = self.stands_for.get(full, full) if spec.name in JOINABLE else full
                    found.setdefault(key, []).append((full, renamed))
            elif shape == "blocks" and spec.name not in ("same", "succeeds"):
                blocks = (renaming.block(b, renaming.home) for b in getattr(renaming.model, spec.name))
                listed.setdefault(spec.name, []).extend(blocks)

    def _placed(self, renaming: Renaming, heading: str, name: str, block: Any) -> tuple[str, Any]:
        renamed = renaming.block(block, renaming.home)
        if heading == "clauses_index":
            return renaming.clause(name), renamed
        if heading == "situations" and name in SITUATIONS:
            assert isinstance(renamed, Situation)
            own = {
                attribute if attribute in SITUATIONS[name].attributes else renaming.added(attribute): each
                for attribute, each in renamed.attributes.items()
            }
            return name, replace(renamed, attributes=own)
        return renaming.far(name), renamed

    def _remember(self, renaming: Renaming, met: set[str], gathered: Gathered) -> None:
        """Of a text that was followed by another: the names that the others use, and its clauses."""
        for heading in HEADINGS:
            for name, block in getattr(renaming.model, heading).items():
                full = renaming.far(name)
                if full in met:
                    key = self.stands_for.get(full, full) if heading in JOINABLE else full
                    gathered[heading].setdefault(key, []).append((full, _bare(renaming, block)))
        for ref, entry in renaming.model.clauses_index.items():
            full, renamed = self._placed(renaming, "clauses_index", ref, entry)
            gathered["clauses_index"][full] = [(full, renamed)]

    def _one(self, key: str, blocks: list[tuple[str, Any]]) -> Any:
        """What several texts say of one thing, as one block. The text after which it is called goes first."""
        blocks.sort(key=lambda named: named[0] != key)
        first = blocks[0][1]
        if len(blocks) == 1:
            return first
        joining = [j for j in self.same if {n for n, _ in blocks} & set(_ends(j))]
        changes: dict[str, Any] = {
            "clauses": tuple(
                dict.fromkeys(c for b in (*(b for _, b in blocks), *joining) for c in b.clauses)
            ),
            "gate": () if joining else first.gate,
        }
        if isinstance(first, Body):
            counted = [n for j in joining if isinstance(j.seats_of, Plain) for n in j.seats_of.value]
            listing = [n for n, b in blocks if b.seats and (not counted or n in counted)]
            listing = listing if counted else listing[:1]
            changes["seats"] = {k: s for n, b in blocks if n in listing for k, s in b.seats.items()}
        for spec in fields(first):
            if spec.metadata and spec.name not in changes:
                values = [getattr(block, spec.name) for _, block in blocks]
                changes[spec.name] = self._value(key, spec.name, spec.metadata["shape"], values)
        if isinstance(first, Body | drafted.Instrument):
            called = "called" if isinstance(first, Body) else "also"
            changes[called] = {**_other_names([b for _, b in blocks]), **changes[called]}
        return replace(first, **changes)

    def _value(self, key: str, field: str, shape: str, values: list[Any]) -> Any:
        stated = [v for v in values if v not in (None, (), {})]
        if field == "external":
            outside = len(stated) == len(values) and all(v.value == "yes" for v in stated)
            return stated[0] if outside else None
        if not stated:
            return values[0]
        if shape == "named":
            return {name: block for each in reversed(stated) for name, block in each.items()}
        if shape == "blocks":
            return tuple(block for each in stated for block in each)
        if field == "is_" and all(isinstance(v, Plain) for v in stated):
            classes = tuple(dict.fromkeys(name for v in stated for name in v.value))
            return replace(stated[0], value=classes)
        for other in stated[1:]:
            if field not in ("name", "kind") and _said(other) != _said(stated[0]):
                mark = getattr(other, "mark", getattr(other, "at", self.model.at))
                note = Problem(
                    mark,
                    "joined",
                    f"two texts differ on {field.rstrip('_')} of {key}, and the other one is followed "
                    f"({getattr(stated[0], 'mark', getattr(stated[0], 'at', ''))})",
                    "Join them only where they are one thing.",
                    "note",
                )
                self.notes.append(note)
        return stated[0]

    def _succession(self, succession: Succession) -> Succession:
        """With the names that stand for the bodies."""
        changes: dict[str, Any] = {}
        for end in ("who", "follows"):
            value = getattr(succession, end)
            if value is not None:
                changes[end] = replace(value, value=self.stands_for.get(value.value, value.value))
        return replace(succession, **changes)

    def _where_silent(self) -> dict[str, Plain[str]]:
        """The landscape's own conventions, then those on which the texts that name one agree."""
        found: dict[str, list[Plain[str]]] = {}
        for name, text in self.known.items():
            if name not in self.gone:
                for question, answer in text.where_silent.items():
                    found.setdefault(question, []).append(answer)
        own = self.model.where_silent
        return {
            question: own.get(question, answers[0])
            for question, answers in found.items()
            if question in own or len({a.value for a in answers}) == 1
        }


def _followed(succession: Succession, model: Constitution) -> str:
    """What no longer stands on the day of the landscape, because another took its place."""
    day = model.document.date.value if model.document is not None and model.document.date else ""
    since = succession.from_.value if succession.from_ is not None else ""
    if succession.follows is None or (day and since and since[: len(day)] > day[: len(since)]):
        return ""
    return succession.follows.value


def _ends(join: Same | Succession) -> tuple[str, ...]:
    if isinstance(join, Same):
        return join.names.value if isinstance(join.names, Plain) else ()
    return tuple(end.value for end in (join.who, join.follows) if end is not None)


def _bare(renaming: Renaming, block: Any) -> Any:
    """A thing of a text that no longer stands: its name and its clause, and no rule; of a reading its
    question."""
    kept = {"name", "family", "sector", "external", "question", "options", "base", "because"}
    nothing: dict[str, Any] = {"named": {}, "options": {}, "blocks": (), "names": ()}
    empty = {
        spec.name: nothing.get(spec.metadata["shape"])
        for spec in fields(block)
        if spec.metadata and spec.name not in kept
    }
    bare = replace(renaming.block(replace(block, gate=())), **empty)
    if isinstance(block, Body | drafted.Instrument):
        bare = replace(bare, external=Plain("yes", block.at))
    return bare


def _other_names(blocks: Sequence[Any]) -> dict[str, drafted.Name]:
    """The names that other texts give the thing, where more than letters' case and hyphens differ."""
    found: dict[str, drafted.Name] = {}
    seen = {_letters(blocks[0].name)}
    for block in blocks[1:]:
        if block.name is not None and _letters(block.name) not in seen:
            seen.add(_letters(block.name))
            joined = Plain("yes", block.name.mark)
            found[block.name.value] = drafted.Name(at=block.at, clauses=block.clauses, defined=joined)
    return found


def _letters(name: Plain[str] | None) -> str:
    words = "".join(c for c in name.value.lower() if c.isalnum() or c == " ") if name is not None else ""
    return words.removeprefix("the ").replace(" ", "")


def _said(value: Any) -> Any:
    """What a value says, wherever it stands."""
    match value:
        case Plain():
            return value.value
        case drafted.ByReading():
            return (value.ambiguity, tuple(value.options.items()))
        case drafted.SetBy():
            return value.who
        case Block():
            return tuple(_said(getattr(value, s.name)) for s in fields(value) if s.metadata)
        case tuple():
            return tuple(_said(each) for each in value)
        case _:
            return value


__all__ = ["constitutes", "wholes"]
