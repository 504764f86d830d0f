"""How far an item gets on its ladder of escalations when some offices are vacant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

import networkx as nx

from govmodel.graph.asked import OFFICE_OF
from govmodel.model.rules import Rules
from govmodel.semantics.actors import NOBODY, Actor, Ends, body_of, chair_of
from govmodel.semantics.items import covers

Way = tuple[tuple[Actor, Actor, tuple[str, ...]], ...]
"""Steps (from, to, clauses); without clauses between an office and its body."""


def ladder(rules: Rules, all_ends: Sequence[Ends], matter: str, silent: Collection[str]) -> nx.DiGraph:
    """Who may pass an item of the matter to whom. `silent`: offices with nobody in them or acting for
    them, which pass nothing on and through which nothing goes."""
    graph = nx.DiGraph()
    for both in all_ends:
        if (
            both.route.verb != "escalates_to"
            or not covers(rules, both.route, matter)
            or both.route.via in silent
        ):
            continue
        for who in both.who:
            graph.add_node(who)
            for whom in both.whom:
                if whom not in (NOBODY, who) and not graph.has_edge(who, whom):
                    graph.add_edge(who, whom, verb="escalates_to", clauses=both.route.clauses)
    named = {a for both in all_ends for a in (*both.who, *both.whom)}
    offices = {a for a in named if a.kind == "office"}
    for office in sorted(offices):
        of = body_of(rules, office)
        if of is None:
            continue
        body = Actor("body", of)
        if office.name in rules.offices or office == chair_of(rules, of):
            graph.add_edge(body, office, verb=OFFICE_OF, clauses=())
        graph.add_edge(office, body, verb=OFFICE_OF, clauses=())
    for actor in [a for a in graph if a.kind == "office" and a.name in silent]:
        graph.remove_edges_from(list(graph.out_edges(actor)))
    return graph


def ways_from(
    rules: Rules, all_ends: Sequence[Ends], matter: str, start: Actor, silent: Collection[str]
) -> dict[Actor, Way]:
    """Everybody whom the item can reach from `start`, with a shortest way there."""
    graph = ladder(rules, all_ends, matter, silent)
    if start not in graph:
        return {start: ()}
    paths: dict[Actor, list[Actor]] = nx.single_source_shortest_path(graph, start)
    return {
        to: tuple((a, b, graph.edges[a, b]["clauses"]) for a, b in pairwise(path))
        for to, path in paths.items()
    }


def goes_round(
    rules: Rules, all_ends: Sequence[Ends], matter: str, start: Actor, silent: Collection[str]
) -> bool:
    """Whether escalations that can be reached from `start` lead round to where they began."""
    graph = ladder(rules, all_ends, matter, silent)
    plain = nx.DiGraph((a, b) for a, b, verb in graph.edges(data="verb") if verb != OFFICE_OF)
    reached = {start, *(nx.descendants(graph, start) if start in graph else ())}
    return any(len(part) > 1 and part <= reached for part in nx.strongly_connected_components(plain))
