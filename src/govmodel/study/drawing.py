"""The use case of `govmodel graph`: one reading of a constitution as a network, a sketch and a layout."""

from __future__ import annotations

from collections.abc import Iterable

from govmodel.dataclass import dataclass
from govmodel.errors import InputError
from govmodel.graph.build import Network, facts
from govmodel.graph.layout import Layout, layout
from govmodel.graph.sketch import Sketch, sketch
from govmodel.model.rules import Reading, Rulebook
from govmodel.model.vocabulary import ROUTE_VERBS
from govmodel.reading import under
from govmodel.study.naming import known_reading, unknown


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
    names of matters. Raises InputError for a name that is none."""
    chosen = known_reading(rulebook, reading)
    rules = under(rulebook, chosen)
    verbs = tuple(_known(verb.replace("-", "_"), ROUTE_VERBS, "no route has the verb") for verb in only)
    named = tuple(
        _known(matter.replace("_", "-"), tuple(rules.matters), "there is no matter") for matter in matters
    )
    picture = sketch(
        rules, rulebook.title, only=verbs, matter=named, subtitle=_subtitle(rulebook, chosen, verbs, named)
    )
    return Drawing(
        rulebook.title, rules.reading, facts(rules), picture, layout(picture) if laid_out else None
    )


def _known(name: str, names: Iterable[str], says: str) -> str:
    listed = tuple(names)
    if name not in listed:
        raise InputError((unknown(says, name, listed),))
    return name


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
