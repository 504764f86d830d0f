"""A model as a tree of plain words, lists and mappings, and the few things that mutations do to it.

Every value is text, as it stands in the file; nothing is interpreted. A mutation works on a copy.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml

Tree: TypeAlias = dict[str, Any]


LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Everything is text. In C where the library has it, which is ten times as fast."""
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def parsed(path: Path) -> Tree:
    return copied(_parsed(path))


@cache
def _parsed(path: Path) -> Tree:
    found: Tree = yaml.load(path.read_text("utf-8"), Loader=LOADER)
    return found


def written(tree: Tree) -> str:
    text: str = yaml.dump(tree, Dumper=DUMPER, sort_keys=False, allow_unicode=True, width=1000)
    return text


def copied(tree: Tree) -> Tree:
    return copy.deepcopy(tree)


def listed(value: Any) -> list[Any]:
    """What may be written alone or as a list, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def blocks(of: Tree, key: str) -> list[Tree]:
    """The blocks under a key, made a list in place, so that one can be taken out or put in."""
    of[key] = listed(of.get(key))
    found: list[Tree] = of[key]
    return found


def clause(tree: Tree, says: str) -> str:
    """The reference of a new clause."""
    index = tree["clauses"]
    ref = f"M{sum(r.startswith('M') for r in index) + 1}"
    index[ref] = says
    return ref


def meeting_bodies(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """The bodies that the text constitutes, by name."""
    for name, body in tree.get("bodies", {}).items():
        if body.get("external") != "yes" and "seats" in body:
            yield name, body


def voting(body: Tree) -> dict[str, Tree]:
    return {name: seat for name, seat in body["seats"].items() if seat.get("role", "voting") == "voting"}


def size(tree: Tree, body: Tree) -> int:
    """How many voting seats are surely filled."""
    return sum(places(tree, seat) for seat in voting(body).values())


def places(tree: Tree, seat: Tree) -> int:
    if "for_each" in seat:
        return sum(seat["for_each"] in listed(p.get("is")) for p in tree["parties"].values())
    return int(re.match(r"\d+", seat.get("seats", "1")).group())  # type: ignore[union-attr]


def quorums(body: Tree) -> list[Tree]:
    return blocks(body, "quorum") if "quorum" in body else []


def norms(tree: Tree, *forces: str) -> Iterator[tuple[int, str, Tree]]:
    """Place, force and block of the norms with one of these forces, or of all."""
    for place, norm in enumerate(blocks(tree, "norms")):
        for force in ("must", "must_not", "may", "should", "should_not"):
            if isinstance(norm.get(force), str) and (not forces or force in forces):
                yield place, force, norm


def label(norm: Tree, force: str) -> str:
    return str(norm.get("id") or f"{force} {norm[force]}")
