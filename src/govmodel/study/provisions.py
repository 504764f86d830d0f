"""What every clause became: the blocks of a model that rest on it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from govmodel.errors import Mark
from govmodel.loading.build import NOUNS
from govmodel.model.constitution import (
    Ambiguity,
    Block,
    Body,
    ClauseEntry,
    Constitution,
    Document,
    Norm,
    Office,
    Plain,
    Route,
    Step,
)

FORCES = ("must", "should", "may", "must_not", "should_not")


def provisions(constitution: Constitution) -> dict[str, tuple[tuple[str, Mark], ...]]:
    """The provisions that rest on each clause, in the order of the model: what each is, and its place."""
    found: dict[str, list[tuple[str, Mark]]] = {}
    for field in fields(constitution):
        for name, block in _blocks(getattr(constitution, field.name)):
            for says, each in _below(name, block, ""):
                for ref in each.clauses:
                    found.setdefault(ref, []).append((says, each.at))
    return {ref: tuple(dict.fromkeys(those)) for ref, those in found.items()}


def _blocks(value: object) -> Iterator[tuple[str, Block]]:
    if isinstance(value, Block):
        yield "", value
    elif isinstance(value, tuple):
        yield from (("", each) for each in value if isinstance(each, Block))
    elif isinstance(value, Mapping):
        yield from ((str(name), each) for name, each in value.items() if isinstance(each, Block))


def _below(name: str, block: Block, of: str) -> Iterator[tuple[str, Block]]:
    """A block and those in it, each with what it is."""
    if isinstance(block, (Document, ClauseEntry)):
        return
    yield _says(name, block, of), block
    inside = _title(name, block) if isinstance(block, (Body, Office)) else name
    for field in fields(block):
        for inner, each in _blocks(getattr(block, field.name)):
            yield from _below(inner, each, inside or of)


def _says(name: str, block: Block, of: str) -> str:
    noun = NOUNS[type(block).__name__]
    owner = f" of {of}" if of else ""
    match block:
        case Norm():
            force = next((f for f in FORCES if getattr(block, f) is not None), "").replace("_", " ")
            who = f" {block.who.value}" if isinstance(block.who, Plain) else ""
            about = " and ".join(f"{a.situation}{f' of {a.body}' if a.body else ''}" for a in block.about)
            return f"norm on {about}:{who} {force} …"
        case Route() | Step():
            who = " and ".join(block.who.value) if isinstance(block, Route) and block.who else ""
            verb = block.verb.replace("_", " ")
            return f"{noun}{owner}: {f'{who} ' if who else ''}{verb} {' and '.join(block.whom)}".rstrip()
        case Ambiguity():
            return f"a question: {block.question.value if block.question else name}"
        case Body() | Office():
            return f"{noun} {_title(name, block)}"
        case _:
            return f"{noun}{f' {name}' if name else ''}{owner}"


def _title(name: str, block: Body | Office) -> str:
    return block.name.value if block.name else name
