"""Whether what is escalated comes to somebody who may settle it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import networkx as nx

from govmodel.graph.asked import OFFICE_OF, Asked, cited, fails, holds
from govmodel.model.rules import RouteRule, Rules
from govmodel.model.verdict import Path
from govmodel.semantics.actors import NOBODY, Actor, Ends, body_of, ends
from govmodel.semantics.items import covers, must_settle, settles

SETTLING: tuple[str, ...] = ("escalates_to", "determines", "decides", "approves")
"""Verbs on which it depends how an escalation ends."""


def _escalated(rules: Rules) -> tuple[tuple[Ends, ...], tuple[str, ...]]:
    """Every route with its ends, and the matters that are escalated, in the order of the text."""
    all_ends = tuple(ends(rules, route) for route in rules.routes)
    matters = [m for e in all_ends if e.route.verb == "escalates_to" for m in e.route.matters or ("any",)]
    return all_ends, tuple(dict.fromkeys(matters))


def _ladder(rules: Rules, all_ends: tuple[Ends, ...], matter: str, *, sure: bool = False) -> nx.DiGraph:
    """The escalations of one matter; an edge holds the first route that makes it. Nobody is no node.
    `sure`: only those on no condition (`when`)."""
    graph = nx.DiGraph()
    for both in all_ends:
        if both.route.verb != "escalates_to" or not covers(rules, both.route, matter):
            continue
        if sure and both.route.when is not None:
            continue
        for who in both.who:
            graph.add_node(who)
            for whom in both.whom:
                if whom != NOBODY and who != whom and not graph.has_edge(who, whom):
                    graph.add_edge(who, whom, verb="escalates_to", clauses=both.route.clauses)
    return graph


def _with_kin(rules: Rules, graph: nx.DiGraph) -> nx.DiGraph:
    """The ladder, and a step between an office and its body: what reaches the one reaches the other."""
    wider = graph.copy()
    bodies = {body_of(rules, a): a for a in graph if a.kind == "body"}
    for actor in list(graph):
        if actor.kind != "office" or (of := body_of(rules, actor)) is None:
            continue
        body = bodies.get(of, Actor("body", of))
        declared = rules.offices.get(actor.name)
        clauses = declared.clauses if declared else ()
        for tail, head in ((actor, body), (body, actor)):
            if not wider.has_edge(tail, head):
                wider.add_edge(tail, head, verb=OFFICE_OF, clauses=clauses)
    return wider


def _steps(graph: nx.DiGraph, actors: list[Actor]) -> Path:
    return Path(
        tuple(
            (tail.name, graph.edges[tail, head]["verb"], head.name, graph.edges[tail, head]["clauses"])
            for tail, head in pairwise(actors)
        )
    )


def dead_ends(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff an escalation of the matter names no receiver, and its sender has no other one of it; or
    the matter must be settled, nobody whom an escalation of it can reach may settle it, and it comes to
    an end with a receiver who passes it on no further.

    One answer for each matter and end. `reason`: `no-receiver`; `hears-only` where the text says that
    the last receiver hears or advises; `no-power` where the last receiver is of this text and is given
    none; `silent` where it is an outsider of whose power this text says nothing. What is referred to
    an office may be passed on by its body, and the other way round.
    """
    all_ends, matters = _escalated(rules)
    found: list[Asked] = []
    for matter in matters:
        graph = _ladder(rules, all_ends, matter)
        wide = _with_kin(rules, graph)
        settling = [a for a in wide if settles(rules, all_ends, a, matter)]
        saved = {a for s in settling for a in (s, *nx.ancestors(wide, s))}
        lost: list[Asked] = []
        for both in all_ends:
            if both.route.verb != "escalates_to" or NOBODY not in both.whom:
                continue
            if not _names(both.route, matter):
                continue
            for who in both.who:
                if not graph.out_degree(who):
                    path = Path(((who.name, "escalates_to", "nobody", both.route.clauses),))
                    why = f"{who.name} escalates {matter}, and the text names no receiver"
                    lost.append(fails(matter, "no-receiver", why, path, both.route.clauses))
        if must_settle(rules, matter):
            lost.extend(_ends_of(rules, all_ends, matter, graph, wide, saved))
        if lost:
            found.extend(lost)
        else:
            first = next(
                e for e in all_ends if e.route.verb == "escalates_to" and _names(e.route, matter)
            ).route.clauses
            found.append(holds(matter, "settled, or the text need not say who settles it", first))
    return tuple(found)


def _names(route: RouteRule, matter: str) -> bool:
    return matter in (route.matters or ("any",))


def _ends_of(
    rules: Rules,
    all_ends: tuple[Ends, ...],
    matter: str,
    graph: nx.DiGraph,
    wide: nx.DiGraph,
    saved: set[Actor],
) -> Iterator[Asked]:
    """The receivers with whom an escalation that nobody settles ends, each by a shortest path."""
    starts = list(
        dict.fromkeys(
            who
            for e in all_ends
            if e.route.verb == "escalates_to" and _names(e.route, matter)
            for who in e.who
            if who not in saved
        )
    )
    entries = [s for s in starts if not graph.in_degree(s)] or starts
    order = list(wide)
    told: list[Actor] = []
    for start in (*entries, *starts):
        reached = nx.descendants(wide, start)
        for end in order:
            if end not in reached or end in told or not _terminal(wide, graph, end):
                continue
            told.append(end)
            path = _steps(wide, nx.shortest_path(wide, start, end))
            arriving = [
                e.route
                for e in all_ends
                if e.route.verb == "escalates_to" and end in e.whom and covers(rules, e.route, matter)
            ]
            effects = [route.effect for route in arriving]
            if any(effect in ("hears", "advises") for effect in effects):
                reason, why = "hears-only", f"{end.name} only hears or advises on {matter}"
            elif _ours(rules, end):
                reason, why = "no-power", f"the text gives {end.name} no power to settle {matter}"
            else:
                reason, why = "silent", f"the text does not say that {end.name} may settle {matter}"
            # A path from an office to its body cites nothing; then the routes that lead there do.
            backing = cited(path) or tuple(dict.fromkeys(c for route in arriving for c in route.clauses))
            yield fails(matter, reason, why, path, backing)


def _terminal(wide: nx.DiGraph, graph: nx.DiGraph, end: Actor) -> bool:
    """Whether the actor received the matter by an escalation and it goes no further: neither does the
    actor pass it on, nor its body, nor an office of that to anybody outside the body."""
    if end not in graph or not graph.in_degree(end) or graph.out_degree(end):
        return False
    kin, new = {end}, [end]
    while new:
        near = [b for _, b, verb in wide.out_edges(new.pop(), data="verb") if verb == OFFICE_OF]
        new.extend(b for b in near if b not in kin)
        kin.update(near)
    return all(head in kin for actor in kin if actor in graph for head in graph.successors(actor))


def _ours(rules: Rules, actor: Actor) -> bool:
    """Whether the actor is constituted by this text: a body of its own, or an office or member of one."""
    body = rules.bodies.get(body_of(rules, actor) or "")
    return body is not None and not body.external


def cycles(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff escalations of one matter lead round to where they began, and nobody on the way round,
    nor anybody to whom it may be passed on from there, may settle it. An escalation on a condition is
    no part of a circle: the conditions of two may exclude each other.

    One answer for each matter that is escalated. `reason`: `cycle`. The path is a shortest one that
    starts with the earliest route of the text.
    """
    all_ends, matters = _escalated(rules)
    found: list[Asked] = []
    for matter in matters:
        graph = _ladder(rules, all_ends, matter)
        wide = _with_kin(rules, graph)
        settling = [a for a in wide if settles(rules, all_ends, a, matter)]
        saved = {a for s in settling for a in (s, *nx.ancestors(wide, s))}
        sure = _ladder(rules, all_ends, matter, sure=True)
        order = list(graph)
        closed = [
            part for part in nx.strongly_connected_components(sure) if len(part) > 1 and not part & saved
        ]
        closed.sort(key=lambda part: min(order.index(a) for a in part))
        for part in closed:
            start = min(part, key=order.index)
            inner = sure.subgraph(part)
            heads = [head for head in sure.successors(start) if head in part]
            rounds = [[start, *nx.shortest_path(inner, head, start)] for head in heads]
            path = _steps(sure, min(rounds, key=len))
            why = f"{matter} goes round and nobody on the way may settle it"
            found.append(fails(matter, "cycle", why, path, cited(path)))
        if not closed:
            found.append(holds(matter, "no escalation of it goes round unsettled"))
    return tuple(found)
