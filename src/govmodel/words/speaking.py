"""From a block to its sentences, under every reading.

Words for a class of blocks are a plain function from plain values to *bits*: short clauses, each with a
name of its own. What depends on a reading is found by asking that function under every option: a bit
that never changes is said once, one that does is said for each option.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, fields
from itertools import product
from typing import Any, NamedTuple, TypeAlias

from govmodel.model.constitution import Block, ByReading, ClauseEntry, Constitution, Plain, SetBy
from govmodel.model.shown import Sentence
from govmodel.reading.landscape import with_names
from govmodel.reading.options import Readings, minimal
from govmodel.words.conditions import Expressions
from govmodel.words.events import Events
from govmodel.words.names import Names
from govmodel.words.text import listed, lowered, quoted, stripped

TURN = "\x1f"
"""Stands where a text may be parted: what comes before is said once, if it is common to all options."""


class Bit(NamedTuple):
    """A clause of a block's sentence. `slot` tells it from the others of the block. `apart`: it stands in
    a sentence of its own. `silent`: it says what the text leaves out."""

    slot: str
    text: str
    apart: bool = False
    silent: bool = False


def specs(cls: type[Any]) -> tuple[Field[Any], ...]:
    """The fields of a kind of block."""
    if cls not in _SPECS:
        _SPECS[cls] = fields(cls)
    return _SPECS[cls]


_SPECS: dict[Any, tuple[Field[Any], ...]] = {}


class View:
    """The values of a block under some options: `view["needs"]` is plain, None where there is none.

    `left`: values that the text leaves to somebody, by field.
    """

    def __init__(self, block: Block, picked: Mapping[str, str]) -> None:
        self.block = block
        self.values: dict[str, Any] = {}
        self.left: dict[str, str] = {}
        for spec in specs(type(block)):
            value = getattr(block, spec.name)
            if isinstance(value, Plain):
                value = value.value
            elif isinstance(value, ByReading):
                value = value.options[picked[value.ambiguity]]
            elif isinstance(value, SetBy):
                self.left[spec.name], value = value.who, None
            self.values[spec.name] = None if value == () else value

    def __getitem__(self, field: str) -> Any:
        return self.values[field]

    def silent(self, field: str) -> bool:
        """Whether the text says nothing of this, and leaves it to nobody either."""
        return self.values[field] is None and field not in self.left


class At(NamedTuple):
    """Where a block stands: the headings over it, the body of which bare words speak, the keys and names
    that lead to it, its place among its like (from 1) and how many they are, and what a sentence about
    it alone calls it (`the quorum of the OSCP`)."""

    under: tuple[str, ...]
    home: str | None = None
    path: tuple[str, ...] = ()
    number: int = 1
    of: int = 1
    topic: str = ""


Words: TypeAlias = Callable[["Speaker", View, At], Iterator[Bit]]

Picked: TypeAlias = Mapping[str, str]


class Speaker:
    """Speaks of one constitution. `fixed`: options that are settled; of these nothing is conditional."""

    def __init__(self, constitution: Constitution, fixed: Picked | None = None) -> None:
        self.c = constitution
        self.fixed = dict(fixed or {})
        known = with_names(constitution)
        self.readings = known.readings
        self.names = Names(known)
        self.events = Events(known)
        self.say = Expressions(self.names, self.events)

    # readings

    def readings_of(self, block: Block) -> tuple[str, ...]:
        """The ambiguities on which a block or a value in it depends and that are not settled."""
        asked = {name: None for name, _ in block.gate}
        for spec in specs(type(block)):
            value = getattr(block, spec.name)
            if isinstance(value, ByReading):
                asked.setdefault(value.ambiguity)
        return tuple(name for name in asked if name not in self.fixed)

    def stands(self, block: Block) -> bool:
        """Whether the settled options leave the block there."""
        return all(self.fixed.get(name, options[0]) in options for name, options in block.gate)

    def beside(self, block: Block, others: list[Block]) -> list[Block]:
        """Those of some blocks that stand where this one does, everything else being in the base."""
        base = {name: a.base.value if a.base else "" for name, a in self.readings.items()} | self.fixed
        for name, options in block.gate:
            if base.get(name) not in options:
                base[name] = options[0]
        return [o for o in others if o is block or all(base.get(name) in options for name, options in o.gate)]

    def picks(self, block: Block) -> list[dict[str, str]]:
        """Every combination of the options on which the values of a block depend and under which it
        stands, the base first."""
        gate = dict(block.gate)
        asked: dict[str, None] = {}
        for spec in specs(type(block)):
            value = getattr(block, spec.name)
            if isinstance(value, ByReading):
                asked.setdefault(value.ambiguity)
        choices = []
        for name in asked:
            options = self.options(name)
            choices.append([o for o in options if o in gate.get(name, options)])
        found = [dict(zip(asked, picked, strict=True)) for picked in product(*choices)]
        return [picked for picked in found if self._possible(picked)]

    def options(self, name: str) -> list[str]:
        """The options of an ambiguity that are left, the base first."""
        if name in self.fixed:
            return [self.fixed[name]]
        ambiguity = self.readings[name]
        base = ambiguity.base.value if ambiguity.base else ""
        return sorted(ambiguity.options, key=lambda option: option != base)

    def _possible(self, picked: Picked) -> bool:
        whole = {**self.fixed, **picked}
        for name, option in whole.items():
            wanted = self.readings[name].only_with.get(option, {}) if name in self.readings else {}
            if any(whole.get(other, allowed[0]) not in allowed for other, allowed in wanted.items()):
                return False
        return True

    def option(self, name: str, option: str) -> str:
        """An option in quotation marks, marked where it is the base."""
        ambiguity = self.readings.get(name)
        base = ambiguity is not None and ambiguity.base is not None and ambiguity.base.value == option
        return f"{quoted(option)}{' (the base)' if base else ''}"

    def where(self, needs: Mapping[str, tuple[str, ...]], word: str = "where") -> str:
        """`where ‘a’ is read as ‘x’ (the base) or ‘y’`; empty where nothing is needed."""
        said: list[str] = []
        for name, options in needs.items():
            if name in self.fixed or set(options) >= set(self.options(name)):
                continue
            verb = " is read" if not said else ""
            said.append(f"{quoted(name)}{verb} as {listed((self.option(name, o) for o in options), 'or')}")
        return f"{word} {listed(said)}" if said else ""

    def only(self, needs: Mapping[str, tuple[str, ...]]) -> str | None:
        """The same in a table: `a is x or y; b is z`; None where nothing is needed."""
        said = [
            f"{name} is {' or '.join(options)}"
            for name, options in needs.items()
            if name not in self.fixed and not set(options) >= set(self.options(name))
        ]
        return "; ".join(said) or None

    # sentences

    def sentences(self, block: Block, at: At, words: Words) -> Iterator[Sentence]:
        """What a block says; nothing where the settled options leave it out."""
        if not self.stands(block):
            return
        picks = self.picks(block)
        told = [self._bits(block, at, words, picked) for picked in picks]
        slots: dict[str, Bit] = {}
        for bits in told:
            for bit in bits.values():
                slots.setdefault(bit.slot, bit)
        gate = {name: options for name, options in block.gate if name not in self.fixed}

        def sentence(text: str, depends: tuple[str, ...] = (), silent: bool = False) -> Sentence:
            start = self.where({name: options for name, options in gate.items() if name not in depends})
            return Sentence(
                text=f"{start}, {text}" if start else text, kind=type(block).__name__, under=at.under,
                mark=block.at, clauses=() if silent else _clauses(block),
                readings=tuple(dict.fromkeys((*gate, *depends))), silent=silent, name=self._name(block, at),
            )  # fmt: skip

        going: list[str] = []
        silent: list[str] = []
        for slot, bit in slots.items():
            texts = [bits[slot].text if slot in bits else None for bits in told]
            steady = len(set(texts)) == 1
            if steady and not bit.apart:
                (silent if bit.silent else going).append(bit.text.replace(TURN, ""))
                continue
            if going:
                yield sentence("; ".join(going))
                going = []
            if steady:
                yield sentence(bit.text.replace(TURN, ""))
            else:
                spoken = [f"it is not said {text}" if text and bit.silent else text for text in texts]
                yield sentence(*self.conditional(picks, spoken), bit.silent)
        if going:
            yield sentence("; ".join(going))
        if silent:
            yield sentence(f"it is not said {listed(silent, 'nor')}", silent=True)

    def _bits(self, block: Block, at: At, words: Words, picked: Picked) -> dict[str, Bit]:
        view = View(block, picked)
        found = {bit.slot: bit for bit in words(self, view, at)}
        for field, who in view.left.items():
            says = next(spec.metadata["says"] for spec in specs(type(block)) if spec.name == field)
            topic = f"of {at.topic}, " if at.topic else ""
            text = f"{topic}the text leaves this to {self.names.the(who, at.home)}: {says}"
            found[f"left {field}"] = Bit(f"left {field}", text, apart=True)
        if block.left_aside:
            text = f"not encoded: {lowered(stripped(block.left_aside))}"
            found["left aside"] = Bit("left aside", text, apart=isinstance(block, ClauseEntry))
        if block.note:
            found["note"] = Bit("note", f"the model notes: {lowered(stripped(block.note))}")
        return found

    def _name(self, block: Block, at: At) -> str:
        given = getattr(block, "id", None)
        if isinstance(given, Plain):
            return str(given.value)
        return at.path[-1] if type(block).__name__ == "Ambiguity" and at.path else ""

    def conditional(
        self, picks: list[dict[str, str]], texts: list[str | None]
    ) -> tuple[str, tuple[str, ...]]:
        """What is said under some options and not, or otherwise, under others; and on which ambiguities
        that depends.

        Texts are parted at TURN. What comes before the first part that differs is said once; parts in the
        middle that differ, each by one ambiguity, are called (A), (B) … and told afterwards.
        """
        names = _relevant(picks, texts)
        parts = [text.split(TURN) for text in texts if text is not None]
        alike = len(parts) == len(texts) and len({len(p) for p in parts}) == 1
        columns: list[list[str | None]] = (
            [[p[i] for p in parts] for i in range(len(parts[0]))] if alike else []
        )
        moving = [i for i, column in enumerate(columns) if len(set(column)) > 1]
        depends = {i: _relevant(picks, columns[i]) for i in moving}
        if moving and moving == [len(columns) - 1]:
            before = "".join(str(column[0]) for column in columns[:-1]).rstrip(" ,")
            rest = [str(part).lstrip(" ,") for part in columns[-1]]
            return (f"{before}, " if before else "") + self._told(picks, [*rest], names), names
        if (
            moving
            and all(len(n) == 1 for n in depends.values())
            and len(set(depends.values())) == len(moving)
        ):
            letters = {i: f"({letter})" for i, letter in zip(moving, "ABCDEFGH", strict=False)}
            text = "".join(letters.get(i, str(column[0])) for i, column in enumerate(columns))
            for i, letter in letters.items():
                meant = [str(part).strip() for part in columns[i]]
                text += f"; here {letter} is: {self._told(picks, [*meant], depends[i])}"
            return text, names
        whole = [text.replace(TURN, "") if text is not None else None for text in texts]
        return self._told(picks, whole, names), names

    def _told(self, picks: list[dict[str, str]], texts: list[str | None], names: tuple[str, ...]) -> str:
        """`if ‘a’ is read as ‘x’ (the base), …; if as ‘y’, …`."""
        if len(names) == 1:
            (name,) = names
            by_text: dict[str, list[str]] = {}
            for picked, text in zip(picks, texts, strict=True):
                if text is not None and picked[name] not in by_text.setdefault(text, []):
                    by_text[text].append(picked[name])
            parts: list[str] = []
            for text, options in by_text.items():
                said = listed((self.option(name, o) for o in options), "or")
                parts.append(
                    f"if as {said}, {text}" if parts else f"if {quoted(name)} is read as {said}, {text}"
                )
            return "; ".join(parts)
        rows: dict[tuple[str, ...], str | None] = {}
        for picked, text in zip(picks, texts, strict=True):
            rows[tuple(picked[name] for name in names)] = text
        space = Readings(names, tuple(dict(zip(names, row, strict=True)) for row in rows), True)
        ways_told: list[str] = []
        for text in dict.fromkeys(t for t in rows.values() if t is not None):
            holds = [dict(zip(names, row, strict=True)) for row, other in rows.items() if other == text]
            ways = [
                self.where({name: (option,) for name, option in partial.items()}, "if")
                for partial in minimal(space, holds)
            ]
            ways_told.append(f"{', or '.join(ways)}, {text}")
        return "; ".join(ways_told)


def _clauses(block: Block) -> tuple[str, ...]:
    return (block.ref,) if isinstance(block, ClauseEntry) else block.clauses


def _relevant(picks: list[dict[str, str]], texts: list[str | None]) -> tuple[str, ...]:
    """The ambiguities on which a text depends."""
    names = list(picks[0]) if picks else []
    for name in list(names):
        others = [n for n in names if n != name]
        seen: dict[tuple[str, ...], set[str | None]] = {}
        for picked, text in zip(picks, texts, strict=True):
            seen.setdefault(tuple(picked[n] for n in others), set()).add(text)
        if all(len(each) == 1 for each in seen.values()):
            names = others
    return tuple(names)
