"""Ways up a ladder of escalations, held against networkx."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
from graph_worlds import body as a_body
from graph_worlds import networks, office, route, rules
from hypothesis import given
from hypothesis import strategies as st

from govmodel.graph.ladders import goes_round, ladder, ways_from
from govmodel.model.rules import Rules
from govmodel.semantics.actors import Actor, ends


def as_graph(r: Rules, silent: frozenset[str]) -> nx.DiGraph:
    graph = nx.DiGraph()
    all_ends = [ends(r, it) for it in r.routes]
    for who, steps in ladder(r, all_ends, "m", silent).items():
        for whom, clauses in steps.items():
            graph.add_edge(who, whom, clauses=clauses)
    return graph


@given(networks(), st.frozensets(st.sampled_from(("oa", "ob"))))
def test_ways_and_rounds_are_those_of_networkx(r: Rules, silent: frozenset[str]) -> None:
    all_ends = [ends(r, it) for it in r.routes]
    graph = as_graph(r, silent)
    plain = nx.DiGraph((a, b) for a, b, clauses in graph.edges(data="clauses") if clauses is not None)
    for start in {*graph, *(a for both in all_ends for a in both.who)}:
        ways = ways_from(r, all_ends, "m", start, silent)
        paths = nx.single_source_shortest_path(graph, start) if start in graph else {start: [start]}
        assert list(ways) == list(paths)
        for to, path in paths.items():
            assert ways[to] == tuple((a, b, graph.edges[a, b]["clauses"] or ()) for a, b in pairwise(path))
        rounds = [part for part in nx.strongly_connected_components(plain) if len(part) > 1]
        assert goes_round(r, all_ends, "m", start, silent) == any(part <= {*paths} for part in rounds)


def test_a_round_that_is_reached() -> None:
    r = rules(
        a_body("a"), a_body("b"), a_body("c"), office("o", "a"), office("p", "b"),
        route("c", "escalates_to", "a"), route("o", "escalates_to", "p"), route("b", "escalates_to", "c"),
        route("a", "escalates_to", "b"),
    )  # fmt: skip
    all_ends = [ends(r, it) for it in r.routes]
    start = Actor("office", "o")
    assert goes_round(r, all_ends, "m", start, ())
    assert [to.name for to in ways_from(r, all_ends, "m", start, ())] == ["o", "p", "a", "b", "c"]
    assert not goes_round(r, all_ends, "m", start, ("o",))
    assert ways_from(r, all_ends, "m", start, ("o",)) == {start: ()}
