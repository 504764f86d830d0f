"""What every block of the language is made of: values, keys, and how a key is declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from govmodel.dataclass import dataclass
from govmodel.errors import Mark

T = TypeVar("T")

Gate: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Options under which a block stands: all of (ambiguity, any of these options). Empty: always."""


@dataclass(frozen=True, slots=True)
class Plain(Generic[T]):
    """A value that the text fixes."""

    value: T
    mark: Mark


@dataclass(frozen=True, slots=True)
class ByReading(Generic[T]):
    """A value that depends on how a clause is read: one for every option of the ambiguity."""

    ambiguity: str
    options: Mapping[str, T]
    mark: Mark


@dataclass(frozen=True, slots=True)
class SetBy:
    """A value that the text leaves to a body or an office."""

    who: str
    mark: Mark


Value: TypeAlias = "Plain[T] | ByReading[T] | SetBy"

Shape: TypeAlias = Literal[
    "sentence",  # prose, in one language
    "name",  # the name of something declared
    "names",  # one name or a list of them
    "word",  # one of `choices`
    "words",  # one or several of `choices`
    "condition",
    "carried",
    "length",
    "frequency",
    "span",
    "number",  # a whole number, 0 or more
    "votes",  # `1 vote`, `2 votes`
    "about",  # `meeting of oscp`, or a list of such
    "date",  # 2010, 2010-05 or 2010-05-31
    "clauses",  # one reference or a list of them
    "target",  # clauses, declared names, or `nothing`
    "block",
    "blocks",  # a list of blocks, or a single one
    "named",  # a mapping from a new name to a block
    "words-by-name",  # a mapping from a new name to a sentence
    "options",  # a mapping from an option to what it needs of other readings
    "patterns",  # marks of clauses by example, one or a list
    "sentences",  # one sentence or a list of them
]


def key(
    shape: Shape,
    says: str,
    *,
    choices: tuple[str, ...] = (),
    block: str = "",
    refers: tuple[str, ...] = (),
    required: bool = False,
    example: str = "",
    fixed: bool = False,
    left: bool = False,
) -> Any:
    """One key of a block. `refers`: headings under which a name may be declared, or `builtin`;
    empty for a new or free name. `block`: the class of nested blocks. `fixed`: the value cannot
    depend on a reading. `left`: it can be left to somebody, though it is a condition or required. Keys
    without a value are None or empty, which means silence."""
    many = {
        *("names", "words", "blocks", "named", "words-by-name", "clauses", "target", "about", "options"),
        *("patterns", "sentences"),
    }
    meta = {
        "shape": shape, "says": says, "choices": choices, "block": block, "refers": refers,
        "required": required, "example": example, "fixed": fixed, "left": left,
    }  # fmt: skip
    if shape in {"named", "words-by-name", "options"}:
        return field(default_factory=dict, metadata=meta)
    return field(default=() if shape in many else None, metadata=meta)


@dataclass(frozen=True, kw_only=True)
class Block:
    """What every block has. `clauses` are its own or, where it has none, those around it."""

    at: Mark
    clauses: tuple[str, ...] = ()
    gate: Gate = ()
    note: str | None = None
    left_aside: str | None = None


YES_NO = ("yes", "no")
FORCES = ("must", "should", "may")
