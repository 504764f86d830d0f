"""A landscape as constitutions of one text: each text under its name, and what is one thing once.

Which things are one, and which text was followed by another, may depend on readings. So there is one
constitution for each combination of their options, with the gate under which it is the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import product
from typing import Any

from govmodel.dataclass import dataclass, replace
from govmodel.errors import Problem
from govmodel.model import constitution as drafted
from govmodel.model.constitution import Block, Body, Constitution, Gate, Plain, Same, Situation, Succession
from govmodel.model.expressions import Span
from govmodel.model.joined import JOINABLE, text_of, texts
from govmodel.model.rule import stands
from govmodel.model.vocabulary import SITUATIONS
from govmodel.reading.renaming import HEADINGS, Renaming

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
    all_texts = _Texts(known)
    for picked in product(*choices):
        reading = dict(zip(asked, picked, strict=True))
        standing = [join for join in joins if stands(join.gate, reading)]
        gate = tuple((name, (option,)) for name, option in reading.items())
        made.append((gate, _Whole(model, all_texts, standing).made()))
    return tuple(made)


def with_names(model: Constitution) -> Constitution:
    """A model with everything that it can name: beside its own headings those of the models that it joins.
    Nothing of them is joined, and they have no norms and routes here."""
    if not model.members:
        return model
    named: dict[str, dict[str, Any]] = {}
    for name, text in texts(model).items():
        for heading, blocks in _renamed(Renaming(name, text, {})).named.items():
            if heading != "clauses_index":
                named.setdefault(heading, {}).update(blocks)
    changes: dict[str, Any] = dict(named)
    return replace(model, **changes)


def _options(known: Known, ambiguity: str) -> tuple[str, ...]:
    """The options of an ambiguity, the base first."""
    text = text_of(known, ambiguity)
    found = known[text].readings[ambiguity[len(text) + 1 :] if text else ambiguity]
    base = found.base.value if found.base is not None else ""
    return tuple(sorted(found.options, key=lambda option: option != base))


@dataclass(frozen=True)
class _Renamed:
    """A text under its name in the landscape: by heading, blocks with their full names, or in a list; and
    every full name that occurs in it."""

    named: Mapping[str, Sequence[tuple[str, Any]]]
    listed: Mapping[str, Sequence[Any]]
    met: frozenset[str]


class _Texts:
    """The texts of a landscape, each renamed once for the joins that bear on it."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.made: dict[tuple[Any, ...], _Renamed] = {}

    def renamed(self, name: str, stands_for: Mapping[str, str]) -> _Renamed:
        own = {full: one for full, one in stands_for.items() if not name or full.startswith(f"{name}.")}
        key = (name, *own.items())
        if key not in self.made:
            self.made[key] = _renamed(Renaming(name, self.known[name], own))
        return self.made[key]


def _renamed(renaming: Renaming) -> _Renamed:
    named: dict[str, list[tuple[str, Any]]] = {}
    listed: dict[str, list[Any]] = {}
    for spec in fields(Constitution):
        blocks = getattr(renaming.model, spec.name)
        shape = spec.metadata.get("shape")
        if shape == "named":
            named[spec.name] = [_placed(renaming, spec.name, name, each) for name, each in blocks.items()]
        elif shape == "blocks" and spec.name not in ("same", "succeeds"):
            listed[spec.name] = [renaming.block(each, renaming.home) for each in blocks]
    return _Renamed(named, listed, frozenset(renaming.met))


def _placed(renaming: Renaming, heading: str, name: str, block: Any) -> tuple[str, Any]:
    """A block of a heading, and the name under which it stands there."""
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


Gathered = dict[str, dict[str, list[tuple[str, Any]]]]
"""By heading and by the name that stands for it: every block about a thing, with its own full name."""


class _Whole:
    """One constitution out of several texts, where these joins stand."""

    def __init__(self, model: Constitution, all_texts: _Texts, joins: Sequence[Same | Succession]) -> None:
        self.model = model
        self.known = all_texts.known
        self.joins = joins
        self.same = [j for j in joins if isinstance(j, Same)]
        self.gone = {
            gone for j in joins if isinstance(j, Succession) and (gone := _followed(j, model)) in self.known
        }
        self.stands_for = self._stands_for()
        self.texts = {name: all_texts.renamed(name, self.stands_for) for name in self.known}
        self.notes: list[Problem] = []

    def made(self) -> Constitution:
        gathered: Gathered = {}
        listed: dict[str, list[Any]] = {}
        met = {name for j in self.joins for name in _ends(j)}
        met.update(*(text.met for name, text in self.texts.items() if name not in self.gone))
        for name, text in self.texts.items():
            for heading, blocks in text.named.items():
                found = gathered.setdefault(heading, {})
                for full, block in blocks:
                    key = self.stands_for.get(full, full) if heading in JOINABLE else full
                    kept = block if name not in self.gone else self._remembered(heading, full, block, met)
                    if kept is not None:
                        found.setdefault(key, []).append((full, kept))
            if name not in self.gone:
                for heading, blocks in text.listed.items():
                    listed.setdefault(heading, []).extend(blocks)
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

    def _remembered(self, heading: str, full: str, block: Any, met: set[str]) -> Any:
        """What is left of a block in a text that was followed by another: the names that the others use,
        the questions on which joins depend, and the clauses."""
        if heading == "clauses_index":
            return block
        if heading == "readings":
            asked = any(full == name for j in self.joins for name, _ in j.gate)
            return _bare(block) if asked else None
        return _bare(block) if heading in HEADINGS and heading != "situations" and full in met else None

    def _stands_for(self) -> dict[str, str]:
        """Every name that was joined, with the one that stands for all: the name in the text that
        makes the thing (rather one that still stands), else the first that is listed."""
        groups: list[dict[str, None]] = []
        for join in self.same:
            group = dict.fromkeys(_ends(join))
            for other in [g for g in groups if g.keys() & group.keys()]:
                groups.remove(other)
                group = other | group
            groups.append(group)
        found: dict[str, str] = {}
        for group in groups:
            makers = [name for name in group if self._constitutes(name)]
            standing = [name for name in makers if text_of(self.known, name) not in self.gone]
            first = next(iter((*standing, *makers, *group)))
            found |= dict.fromkeys(group, first)
        return found

    def _constitutes(self, full: str) -> bool:
        """Whether the text of this name makes the thing: it does not say that another one does."""
        text = text_of(self.known, full)
        name = full[len(text) + 1 :] if text else full
        for heading in JOINABLE:
            block = getattr(self.known[text], heading).get(name)
            if block is not None:
                external = getattr(block, "external", None)
                return external is None or external.value != "yes"
        return False

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
        if shape == "names":
            together = _together(stated)
            if together is not None:
                return together
        for other in stated[1:]:
            if field not in ("name", "kind") and not _agree(stated[0], other):
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


def _bare(block: Any) -> Any:
    """A thing of a text that no longer stands: its name and its clause, and no rule; of a reading its
    question."""
    kept = {"name", "family", "sector", "external", "question", "options", "base", "because"}
    nothing: dict[str, Any] = {"named": {}, "options": {}, "blocks": (), "names": ()}
    empty = {
        spec.name: nothing.get(spec.metadata["shape"])
        for spec in fields(block)
        if spec.metadata and spec.name not in kept
    }
    bare = replace(block, gate=(), **empty)
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


def _together(values: Sequence[Any]) -> Any:
    """The names of all, each once; None where they depend on different readings."""
    asked = [v for v in values if isinstance(v, drafted.ByReading)]
    if any(isinstance(v, drafted.SetBy) for v in values) or len({v.ambiguity for v in asked}) > 1:
        return None
    if not asked:
        return replace(values[0], value=tuple(dict.fromkeys(n for v in values for n in v.value)))
    options = {
        option: tuple(
            dict.fromkeys(n for v in values for n in (v.value if isinstance(v, Plain) else v.options[option]))
        )
        for option in asked[0].options
    }
    return replace(asked[0], options=options)


def _agree(first: Any, other: Any) -> bool:
    """Whether two values say the same, or the first says more exactly what the other leaves open."""
    one, two = _said(first), _said(other)
    if isinstance(one, Span) and isinstance(two, Span):
        return two.low <= one.low and (two.high is None or (one.high is not None and one.high <= two.high))
    return bool(one == two)


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


__all__ = ["wholes"]
