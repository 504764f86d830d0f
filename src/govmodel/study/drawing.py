"""The use case of `govmodel graph`: one reading of a constitution as a network, a sketch and a layout."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from govmodel.graph.build import Network, facts
from govmodel.graph.layout import Layout, layout
from govmodel.graph.sketch import Sketch, sketch
from govmodel.model.rules import Reading, Rulebook
from govmodel.model.vocabulary import ROUTE_VERBS
from govmodel.reading import under

FORMATS: Mapping[str, str] = {
    "svg": "a picture",
    "dot": "Graphviz",
    "mmd": "Mermaid",
    "graphml": "GraphML",
    "json": "JSON",
}
"""Every format by its extension."""


class UnknownName(ValueError):
    """A name that the model, or the language, does not have; says which ones it has."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What there is to draw. `network` is whole; `sketch` is folded and narrowed; `layout` is None
    where it was not asked for."""

    title: str
    reading: Reading
    network: Network
    sketch: Sketch
    layout: Layout | None


def draw(
    rulebook: Rulebook,
    reading: Reading,
    *,
    only: tuple[str, ...] = (),
    matters: tuple[str, ...] = (),
    laid_out: bool = True,
) -> Drawing:
    """The drawing of a reading (partial: completed with the base). `only`: verbs of routes; `matters`:
    names of matters. Raises UnknownName for a name that is none."""
    chosen = reading_of(rulebook, reading)
    rules = under(rulebook, chosen)
    verbs = tuple(
        _known(verb.replace("-", "_"), ROUTE_VERBS, "no route has the verb", "Verbs") for verb in only
    )
    named = tuple(
        _known(matter.replace("_", "-"), tuple(rules.matters), "there is no matter", "Matters")
        for matter in matters
    )
    picture = sketch(
        rules, rulebook.title, only=verbs, matter=named, subtitle=_subtitle(rulebook, chosen, verbs, named)
    )
    return Drawing(
        rulebook.title, rules.reading, facts(rules), picture, layout(picture) if laid_out else None
    )


def reading_of(rulebook: Rulebook, reading: Reading) -> Reading:
    """The same partial reading with every name checked. Raises UnknownName."""
    found: dict[str, str] = {}
    for name, option in reading.items():
        known = _known(name.replace("_", "-"), tuple(rulebook.ambiguities), "there is no reading", "Readings")
        options = tuple(o for o, _ in rulebook.ambiguities[known].options)
        found[known] = _known(
            option.replace("_", "-"), options, f"the reading {known} has no option", "Its options"
        )
    return found


def _known(name: str, names: Iterable[str], says: str, all_of_them: str) -> str:
    listed = tuple(names)
    if name in listed:
        return name
    near = difflib.get_close_matches(name, listed, n=1, cutoff=0.5)
    if near:
        raise UnknownName(f"{says} {name!r}; did you mean {near[0]!r}?")
    if not listed:
        raise UnknownName(f"{says} {name!r}; the model has none.")
    raise UnknownName(f"{says} {name!r}. {all_of_them}: {', '.join(listed)}.")


def _subtitle(rulebook: Rulebook, chosen: Reading, verbs: tuple[str, ...], matters: tuple[str, ...]) -> str:
    """Under which reading, and what was left out."""
    told = []
    for name, option in chosen.items():
        words = dict(rulebook.ambiguities[name].options)[option]
        told.append(f"{name} = {option} ({words})")
    parts = ["Read so: " + "; ".join(told) if told else "In the base reading"]
    if verbs:
        parts.append("only " + ", ".join(verb.replace("_", " ") for verb in verbs))
    if matters:
        parts.append("only on " + ", ".join(matter.replace("-", " ") for matter in matters))
    return " · ".join(parts)
