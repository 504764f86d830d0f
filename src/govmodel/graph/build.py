"""The network of one reading, for the questions that networkx answers and for the picture."""

from __future__ import annotations

import networkx as nx

from govmodel.dataclass import dataclass
from govmodel.model.joined import text_of
from govmodel.model.rules import RouteRule, Rules
from govmodel.semantics.actors import Actor, body_of, ends, resolve, title


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the network. `of`: the body that it belongs to (an office, members, seats). `text`: the
    text of a landscape that makes it, empty for its own."""

    key: str
    kind: str
    name: str
    title: str
    clauses: tuple[str, ...]
    external: bool
    family: bool
    of: str | None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One edge: a route (verb of the language), or `sits_on`, `office_of` or `succeeds`.

    `route`: its place among the rules' routes, None for the others. `since`: from when one succeeds
    another, as the text says it. `seats`: how many seats a `sits_on` stands for, None where the text leaves
    that open. `by`, `to`: offices at its ends that a picture folds into their bodies.
    """

    tail: str
    head: str
    verb: str
    matters: tuple[str, ...] = ()
    clauses: tuple[str, ...]
    force: str = "must"
    effect: str | None = None
    about: str | None = None
    via: str | None = None
    any_of: bool = False
    route: int | None = None
    seats: int | None = None
    role: str | None = None
    since: str | None = None
    by: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """The whole network as plain values, in the order of the text."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def __getitem__(self, key: str) -> Node:
        return next(node for node in self.nodes if node.key == key)


def facts(rules: Rules) -> Network:
    """Bodies, offices and parties, then whoever else a route names; every route, seat and office an edge."""
    nodes: dict[str, Node] = {}

    def add(actor: Actor) -> str:
        if actor.key not in nodes:
            nodes[actor.key] = _node(rules, actor)
        return actor.key

    for name in rules.bodies:
        add(Actor("body", name))
    for name in rules.offices:
        add(Actor("office", name))
    for name in rules.parties:
        add(Actor("party", name))
    edges: list[Edge] = []
    for body in rules.bodies.values():
        for seat in body.seats:
            holder = seat.party or seat.ex_officio
            if holder is None:
                continue
            edges.append(
                Edge(
                    tail=add(resolve(rules, holder, body.name)),
                    head=Actor("body", body.name).key,
                    verb="sits_on",
                    clauses=seat.clauses,
                    force="may" if seat.optional else "must",
                    seats=seat.low if seat.low == seat.high else None,
                    role=seat.role,
                )
            )
    for office in rules.offices.values():
        if office.of is not None:
            edges.append(
                Edge(
                    tail=Actor("office", office.name).key,
                    head=add(resolve(rules, office.of)),
                    verb="office_of",
                    clauses=office.clauses,
                )
            )
    for place, route in enumerate(rules.routes):
        both = ends(rules, route)
        for who in both.who:
            for whom in both.whom:
                edges.append(_edge(add(who), add(whom), route, place))
    for succession in rules.successions:
        edges.append(
            Edge(
                tail=add(Actor("body", succession.who)),
                head=add(Actor("body", succession.follows)),
                verb="succeeds",
                clauses=succession.clauses,
                since=succession.since,
            )
        )
    return Network(tuple(nodes.values()), tuple(edges))


def network(rules: Rules) -> nx.MultiDiGraph:
    """The same as a networkx graph; nodes are keys (`body:oscp`), attributes those of Node and Edge."""
    plain = facts(rules)
    graph = nx.MultiDiGraph(name=rules.id)
    for node in plain.nodes:
        graph.add_node(
            node.key, kind=node.kind, name=node.name, title=node.title, clauses=node.clauses,
            external=node.external, family=node.family, of=node.of, text=node.text,
        )  # fmt: skip
    for place, edge in enumerate(plain.edges):
        graph.add_edge(
            edge.tail, edge.head, key=place, verb=edge.verb, matters=edge.matters, clauses=edge.clauses,
            force=edge.force, effect=edge.effect, about=edge.about, via=edge.via, any_of=edge.any_of,
            route=edge.route, seats=edge.seats, role=edge.role,
            since=edge.since,
        )  # fmt: skip
    return graph


def _edge(tail: str, head: str, route: RouteRule, place: int) -> Edge:
    return Edge(
        tail=tail, head=head, verb=route.verb, matters=route.matters, clauses=route.clauses,
        force=route.force, effect=route.effect, about=route.about, via=route.via, any_of=route.any_of,
        route=place,
    )  # fmt: skip


def _node(rules: Rules, actor: Actor) -> Node:
    name, external, family = actor.name, False, False
    clauses: tuple[str, ...] = ()
    match actor.kind:
        case "body" if name in rules.bodies:
            body = rules.bodies[name]
            clauses, external, family = body.clauses, body.external, body.family is not None
        case "office":
            clauses = rules.offices[name].clauses if name in rules.offices else ()
            home = rules.bodies.get(body_of(rules, actor) or "")
            if home is not None:
                external, family = home.external, home.family is not None
        case "party":
            clauses, external = rules.parties[name].clauses, True
        case "class":
            external = family = True
            clauses = tuple(
                dict.fromkeys(c for p in rules.parties.values() if name in p.classes for c in p.clauses)
            )
        case "outsider" | "nobody" | "organisation":
            external = True
        case "seat":
            of, _, seats = actor.name.rpartition(".")
            found = (s for s in rules.bodies[of].seats if seats in (s.name, s.name.partition(".")[0]))
            clauses = tuple(dict.fromkeys(clause for seat in found for clause in seat.clauses))
        case "matter" if name in rules.matters:
            clauses = rules.matters[name].clauses
        case "instrument" if name in rules.instruments:
            clauses = rules.instruments[name].clauses
        case _:
            pass
    return Node(
        key=actor.key,
        kind=actor.kind,
        name=name,
        title=title(rules, actor),
        clauses=clauses,
        external=external,
        family=family,
        of=body_of(rules, actor) if actor.kind != "body" else None,
        text=text_of(rules.texts, name),
    )
