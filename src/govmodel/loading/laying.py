"""One file of YAML laid over another: what it says holds, what it leaves out is as in the other."""

from __future__ import annotations

from govmodel.loading.messages import canonical
from govmodel.loading.nodes import Mapping, Node, Scalar

WHOLE = frozenset({"matters"})
"""Blocks that replace the other's whole: their shares add to 1."""


def laid_over(base: Mapping, over: Mapping, defaults: bool = False) -> Mapping:
    """The blocks of one file with those of another over them, key by key. Every value keeps its place.
    `defaults`: a block that says its own default says all that it means, and replaces the other's whole."""
    theirs: dict[str, tuple[Scalar, Node]] = {}
    for key, value in over.entries:
        theirs.setdefault(canonical(key.text), (key, value))
    twice = len(theirs) < len(over.entries)
    entries: list[tuple[Scalar, Node]] = []
    for key, value in base.entries:
        name = canonical(key.text)
        if name not in theirs:
            entries.append((key, value))
            continue
        other_key, other = theirs.pop(name)
        if isinstance(value, Mapping) and isinstance(other, Mapping) and name not in WHOLE:
            own = defaults and any(canonical(k.text) == "default" for k, _ in other.entries)
            other = other if own else laid_over(value, other, defaults)
        entries.append((other_key, other))
    entries.extend(theirs.values())
    if twice:  # for the reader to tell
        seen: set[str] = set()
        for key, value in over.entries:
            name = canonical(key.text)
            if name in seen:
                entries.append((key, value))
            seen.add(name)
    return Mapping(entries, over.source, over.start, over.flow)
