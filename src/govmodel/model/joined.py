"""Names and clauses of a landscape: whose they are, and what they name."""

from __future__ import annotations

from collections.abc import Iterable

from govmodel.model.constitution import Block, Constitution

JOINABLE = ("bodies", "parties", "offices", "instruments")
"""Headings under which things of several texts may be one thing."""


def text_of(texts: Iterable[str], name: str) -> str:
    """The text to which a name (`y2016.group`) or a clause (`y2016:3.5`) belongs; empty: the landscape's own.

    A text of a landscape within a landscape is `outer.inner`; its clauses are `outer:inner:ref`.
    """
    best = ""
    for text in texts:
        far = text.replace(".", ":")
        if len(text) > len(best) and name.startswith((f"{text}.", f"{far}:")):
            best = text
    return best


def common(texts: Iterable[str], clauses: Iterable[str]) -> bool:
    """Whether what rests on these clauses belongs to the landscape (or to a text that is in none). What one
    of several texts says by itself belongs to that text's own report."""
    own = {text_of(texts, clause) for clause in clauses}
    return len(own) != 1 or "" in own


def texts(model: Constitution, prefix: str = "") -> dict[str, Constitution]:
    """Every text of a landscape by its name in it, the landscape's own (empty name) first."""
    all_texts = {prefix: model}
    for short, member in model.members.items():
        all_texts |= texts(member, f"{prefix}.{short}" if prefix else short)
    return all_texts


def found(model: Constitution, name: str, headings: tuple[str, ...]) -> tuple[str, Block] | None:
    """The heading and the block that a name stands for, in the model or those that it names."""
    for heading in headings:
        block = getattr(model, heading).get(name)
        if block is not None:
            return heading, block
    short, dot, rest = name.partition(".")
    if dot and short in model.members:
        return found(model.members[short], rest, headings)
    return None
