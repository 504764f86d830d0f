"""Who reports to whom, and whether the receivers are there."""

from __future__ import annotations

from collections.abc import Iterable

from govmodel.graph.asked import Asked, cited, fails, holds
from govmodel.model.rules import RouteRule, Rules
from govmodel.model.verdict import Path
from govmodel.semantics.actors import Actor, body_of, ends, resolve


def double_lines(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff one sender reports on one matter, which the text names, to two receivers who are
    neither an office and its body nor alternatives to one another, and on no condition.

    One answer for each sender and matter. `reason`: `two-clauses`, or `one-clause` where one provision
    names both receivers.
    """
    lines: dict[tuple[Actor, str], list[tuple[Actor, RouteRule]]] = {}
    for route in rules.routes:
        if route.verb != "reports_to" or route.when is not None:
            continue
        both = ends(rules, route)
        receivers = [a for a in both.whom if a.kind not in ("nobody", "outsider")]
        for who in both.who:
            for matter in route.matters:
                if matter == "any":
                    continue
                for whom in receivers[:1] if route.any_of else receivers:
                    lines.setdefault((who, matter), []).append((whom, route))
    found: list[Asked] = []
    for (who, matter), reported in lines.items():
        subject = f"{who.name} on {matter}"
        pair = next(
            (
                (a, b)
                for i, a in enumerate(reported)
                for b in reported[i + 1 :]
                if a[0] != b[0] and not _kin(rules, a[0], b[0])
            ),
            None,
        )
        clauses = tuple(dict.fromkeys(c for _, route in reported for c in route.clauses))
        if pair is None:
            found.append(holds(subject, "one line", clauses))
            continue
        path = Path(tuple((who.name, "reports_to", whom.name, route.clauses) for whom, route in pair))
        reason = "one-clause" if pair[0][1].clauses == pair[1][1].clauses else "two-clauses"
        why = f"{who.name} reports on {matter} to {pair[0][0].name} and to {pair[1][0].name}"
        found.append(fails(subject, reason, why, path, cited(path)))
    return tuple(found)


def _kin(rules: Rules, a: Actor, b: Actor) -> bool:
    return body_of(rules, a) is not None and body_of(rules, a) == body_of(rules, b)


def never_constituted(rules: Rules) -> tuple[Asked, ...]:
    """FAILS iff a route names a body that is not external, the text gives it no seats and no way to
    become a member, and nobody creates it, appoints it or admits anybody to it.

    One answer for each body of the text's own that a route names. `reason`: `no-seats`.
    """
    named: dict[str, list[RouteRule]] = {}
    made: set[str] = set()
    for route in rules.routes:
        both = ends(rules, route)
        also = [resolve(rules, name, both.home) for name in _also(route)]
        for actor in (*both.who, *both.whom, *also):
            home = rules.bodies.get(body_of(rules, actor) or "")
            if home is not None and not home.external and route not in named.setdefault(home.name, []):
                named[home.name].append(route)
        if route.verb in ("creates", "appoints", "admits"):
            made.update(b for a in both.whom if (b := body_of(rules, a)) is not None)
    found: list[Asked] = []
    for name, routes in named.items():
        body = rules.bodies[name]
        clauses = tuple(dict.fromkeys((*body.clauses, *(c for r in routes for c in r.clauses))))
        if body.seats or name in made or any(m.joins for m in body.membership):
            found.append(holds(name, "constituted", body.clauses))
        else:
            route = routes[0]
            both = ends(rules, route)
            path = Path(((both.who[0].name, route.verb, both.whom[0].name, route.clauses),))
            why = f"nothing says who sits on {name}, nor who creates it"
            found.append(fails(name, "no-seats", why, path, clauses))
    return tuple(found)


def _also(route: RouteRule) -> Iterable[str]:
    return (*((route.via,) if route.via else ()), *route.consent_of)
