"""Chains that come back to where they began: parts of parts, kinds of kinds, norms that set norms aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from govmodel.dataclass import dataclass
from govmodel.errors import Mark
from govmodel.loading.reader import Reader
from govmodel.model.constitution import ByReading, Constitution, Gate, Norm, Plain

MOST_STEPS = 20_000
"""Circles of norms are looked for in so many steps: a hostile file could have millions of ways round."""


def look(reader: Reader, model: Constitution) -> None:
    """Tell every circle with all that lies on it."""
    _chains(reader, model)
    _norms(reader, model)


def _chains(reader: Reader, model: Constitution) -> None:
    chains: list[tuple[str, dict[str, Plain[str] | None]]] = [
        ("part_of", {n: p.part_of for n, p in model.parties.items()}),
        ("part_of", {n: s.part_of for n, s in model.situations.items()}),
        ("kind_of", {n: m.kind_of for n, m in model.matters.items()}),
        ("successor", {n: p.successor for n, p in model.parties.items()}),
        ("after", {n: i.after if isinstance(i.after, Plain) else None for n, i in model.instruments.items()}),
    ]
    for key, links in chains:
        done: set[str] = set()
        for start in links:
            path: dict[str, None] = {}
            current: str | None = start
            while current in links and current not in path and current not in done:
                path[current] = None
                link = links[current]
                current = link.value if link is not None else None
            if current in path and current is not None:
                names = list(path)
                circle = [*names[names.index(current) :], current]
                link = links[current]
                if link is not None:
                    words = " → ".join(circle[:8])
                    reader.problems.add(link.mark, "circle", f"{key} goes round in a circle: {words}")
            done |= set(path)


@dataclass(frozen=True, slots=True)
class _Link:
    """Whether `head` is in force hangs on `tail`: in words, where it is said, and under which options."""

    tail: str
    says: str
    head: str
    gate: Gate
    mark: Mark


def _norms(reader: Reader, model: Constitution) -> None:
    """A norm that sets aside one which sets it aside, however many stand between, is never in force or
    always: neither was meant. Links that no one reading has together make no circle."""
    links: dict[str, list[_Link]] = {}
    for norm in model.norms:
        for link in _links(norm):
            links.setdefault(link.tail, []).append(link)
    links = _core(links)
    told: set[frozenset[str]] = set()
    left = [MOST_STEPS]
    for start in links:
        for circle in _round(links, start, (), (), left):
            names = frozenset(link.tail for link in circle)
            if names in told:
                continue
            told.add(names)
            words = ", ".join(f"{link.tail} {link.says} {link.head}" for link in circle[:8])
            reader.problems.add(
                circle[0].mark,
                "circle",
                f"norms set each other aside in a circle: {words}",
                "Say which of them prevails.",
            )


def _core(links: dict[str, list[_Link]]) -> dict[str, list[_Link]]:
    """The links between norms that have both a link to and a link from them: all circles are there."""
    while True:
        heads = {link.head for found in links.values() for link in found}
        kept = {
            tail: [link for link in found if link.head in links]
            for tail, found in links.items()
            if tail in heads
        }
        kept = {tail: found for tail, found in kept.items() if found}
        if kept == links:
            return links
        links = kept


def _links(norm: Norm) -> Iterator[_Link]:
    if norm.id is None:
        return
    own = norm.id.value
    for key, says in (("overrides", "overrides"), ("subject_to", "prevails over"), ("changes", "changes")):
        value = getattr(norm, key)
        for gate, others in _values(value, norm.gate):
            for other in others:
                tail, head = (other, own) if key == "subject_to" else (own, other)
                yield _Link(tail, says, head, gate, value.mark)
    if norm.otherwise is not None:
        yield _Link(own, "has for its breach", norm.otherwise.value, norm.gate, norm.otherwise.mark)


def _values(value: Any, gate: Gate) -> Iterator[tuple[Gate, tuple[str, ...]]]:
    if isinstance(value, Plain):
        yield gate, value.value
    elif isinstance(value, ByReading):
        for option, others in value.options.items():
            both = _together(gate, ((value.ambiguity, (option,)),))
            if both is not None:
                yield both, others


def _together(gate: Gate, other: Gate) -> Gate | None:
    joined = dict(gate)
    for name, options in other:
        left = tuple(o for o in joined.get(name, options) if o in options)
        if not left:
            return None
        joined[name] = left
    return tuple(joined.items())


def _round(
    links: dict[str, list[_Link]], at: str, gate: Gate, path: tuple[_Link, ...], left: list[int]
) -> Iterable[tuple[_Link, ...]]:
    """The circles that begin at the first norm of the path (or at this one), within the steps left."""
    start = path[0].tail if path else at
    for link in links.get(at, ()):
        left[0] -= 1
        if left[0] < 0:
            return
        both = _together(gate, link.gate)
        if both is None or any(link.head == step.head for step in path):
            continue
        if link.head == start:
            yield (*path, link)
        else:
            yield from _round(links, link.head, both, (*path, link), left)
