"""Rulebooks of one landscape under different joins, as one: what all say needs no guard."""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.dataclass import replace
from govmodel.model.constitution import Constitution, Gate
from govmodel.model.joined import texts
from govmodel.model.rules import Rule, Rulebook, Text
from govmodel.reading.lower import conjoin

Options = tuple[str, ...]


def joined(model: Constitution, books: Sequence[tuple[Gate, Rulebook]]) -> Rulebook:
    """The rulebook of a landscape. Each book is the whole under its gate: one option for each of the
    ambiguities on which the joins depend, the same ambiguities in each, the base first."""
    first = books[0][1]
    names = [name for name, _ in books[0][0]]
    under = [tuple(options[0] for _, options in gate) for gate, _ in books]
    found: dict[Rule, list[Options]] = {}
    for options, (_, book) in zip(under, books, strict=True):
        for rule in dict.fromkeys(book.rules):
            found.setdefault(rule, []).append(options)
    rules = []
    for rule, where in found.items():
        for needed in _gates(names, under, where):
            gate: Gate | None = rule.gate
            for name, options in needed:
                gate = conjoin(gate, name, options) if gate is not None else None
            if gate is not None:
                rules.append(replace(rule, gate=gate))
    return replace(
        first,
        rules=tuple(rules),
        ambiguities={name: a for _, book in books for name, a in book.ambiguities.items()},
        situations={name: s for _, book in reversed(books) for name, s in book.situations.items()},
        clauses={ref: clause for _, book in books for ref, clause in book.clauses.items()},
        classes={name: title for _, book in books for name, title in book.classes.items()},
        also_cited=tuple(dict.fromkeys(ref for _, book in books for ref in book.also_cited)),
        texts={name: _text(text) for name, text in texts(model).items() if name},
        notes=tuple(sorted({n for _, book in books for n in book.notes}, key=lambda n: n.mark)),
    )


def _text(model: Constitution) -> Text:
    title = model.document.title if model.document is not None else None
    return Text(title.value if title is not None else model.id, model.path)


def _gates(names: Sequence[str], under: Sequence[Options], where: Sequence[Options]) -> list[Gate]:
    """Gates that let through these combinations of options and no others, no combination twice."""
    if len(where) == len(under):
        return [()]
    rest: dict[tuple[Options, ...], list[str]] = {}
    for option in dict.fromkeys(options[0] for options in where):
        rest.setdefault(tuple(o[1:] for o in where if o[0] == option), []).append(option)
    found: list[Gate] = []
    for inner, options in rest.items():
        below = [o[1:] for o in under if o[0] == options[0]]
        for gate in _gates(names[1:], below, inner):
            every = set(options) == {o[0] for o in under}
            found.append(gate if every else ((names[0], tuple(options)), *gate))
    return found


__all__ = ["joined"]
