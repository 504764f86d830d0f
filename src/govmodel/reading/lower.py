"""One block as drafted → the blocks it is under each reading; and the plain values of keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from itertools import product
from typing import Any

from govmodel.model.constitution import Ambiguity, Block, ByReading, Gate, Plain, SetBy


def conjoin(gate: Gate, name: str, options: tuple[str, ...]) -> Gate | None:
    """The gate that also asks for one of `options`; None if nothing can satisfy both."""
    needs = dict(gate)
    if name in needs:
        options = tuple(o for o in needs[name] if o in options)
        if not options:
            return None
    needs[name] = options
    return tuple(needs.items())


def together(gate: Gate, other: Gate) -> Gate | None:
    """The gate that asks for what both ask; None if nothing can satisfy both."""
    joined: Gate | None = gate
    for name, options in other:
        joined = conjoin(joined, name, options) if joined is not None else None
    return joined


def each(
    block: Block, ambiguities: Mapping[str, Ambiguity]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(what every rule has, the block's plain values) for each variant of a block."""
    for gate, values in lower(block, ambiguities):
        yield {"clauses": block.clauses, "mark": block.at, "gate": gate}, values


def lower(block: Block, ambiguities: Mapping[str, Ambiguity]) -> Iterator[tuple[Gate, dict[str, Any]]]:
    """Every (gate, plain values by field) of a block, one for each combination of the options on
    which its values depend. A value that is left to somebody (`set_by`) is None: the text fixes none."""
    plain: dict[str, Any] = {}
    by_reading: dict[str, ByReading[Any]] = {}
    kind: Any = type(block)
    for name in _names(kind):
        value = getattr(block, name)
        if isinstance(value, Plain):
            value = value.value
        elif isinstance(value, ByReading):
            by_reading[name] = value
        elif isinstance(value, SetBy):
            value = None
        plain[name] = value
    asked = dict.fromkeys(value.ambiguity for value in by_reading.values())
    for choice in product(*(tuple(ambiguities[name].options) for name in asked)):
        picked = dict(zip(asked, choice, strict=True))
        gate: Gate | None = block.gate
        for name, option in picked.items():
            gate = conjoin(gate, name, (option,)) if gate is not None else None
        if gate is None:
            continue
        chosen = {name: value.options[picked[value.ambiguity]] for name, value in by_reading.items()}
        yield gate, {**plain, **chosen}


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(spec.name for spec in fields(kind))


def setter(value: Any) -> str | None:
    """To whom a value is left."""
    return value.who if isinstance(value, SetBy) else None


def text(value: Any) -> str | None:
    found = value_of(value)
    return None if found is None else str(found)


def value_of(value: Any) -> Any:
    return value.value if isinstance(value, Plain) else None


def names_of(value: Any) -> tuple[str, ...]:
    found = value_of(value)
    return () if found is None else (found,) if isinstance(found, str) else tuple(found)


def all_of(value: Any) -> tuple[Any, ...]:
    if isinstance(value, Plain):
        return (value.value,)
    if isinstance(value, ByReading):
        return tuple(value.options.values())
    return ()


def yes(value: str | None) -> bool | None:
    return None if value is None else value == "yes"


def untitled(title: str) -> str:
    """A title without its article: messages put their own."""
    return title.removeprefix("the ").removeprefix("The ")
