"""Every seat, and how many seats and votes a body has under all readings."""

from __future__ import annotations

from typing import Any

from govmodel.checks.context import Context
from govmodel.checks.membership.counting import counted, moving_names, seat_space
from govmodel.model.expressions import Span
from govmodel.model.rules import BodyRule, Reading, Rulebook, SeatRule
from govmodel.model.shown import Table, table
from govmodel.words import numbers
from govmodel.words.speaking import Speaker
from govmodel.words.text import listed, lowered, spaced, stripped


def seats(speaker: Speaker, rulebook: Rulebook, fixed: Reading) -> tuple[Table, ...]:
    """Every seat of every body of the text's own, as read; then the totals."""
    names = speaker.names
    own = {r.name for r in rulebook.of(BodyRule) if not r.external}
    own &= speaker.c.bodies.keys()  # a body of another text is shown with that text
    base = Context(rulebook, 1, fixed).rules().reading
    rows: list[dict[str, Any]] = []
    for rule in rulebook.rules:
        if not isinstance(rule, SeatRule) or rule.body not in own:
            continue
        if any(name in fixed and fixed[name] not in options for name, options in rule.gate):
            continue
        organisation = names.title(rule.party) if rule.party else None
        if organisation is None and rule.classes:
            organisation = f"each {listed((names.short(c) for c in rule.classes), 'or')}"
        office = names.the(rule.ex_officio, rule.body) if rule.ex_officio else None
        rows.append(
            {
                "body": rule.body,
                "seat": rule.name,
                "organisation": organisation,
                "holder": lowered(stripped(rule.holder)) if rule.holder else office,
                "number": numbers.bare_span(Span(rule.low, rule.high)),
                "seats_min": rule.low,
                "seats_max": rule.high,
                "role": rule.role,
                "votes": rule.votes if rule.role == "voting" else 0,
                "classes": ", ".join(rule.classes) if rule.party and rule.classes else None,
                "optional": rule.optional,
                "invited_by": names.the(rule.invited_by, rule.body) if rule.invited_by else None,
                "term": numbers.length(rule.term) if rule.term else None,
                "clauses": ", ".join(rule.clauses),
                "only_if": speaker.only(dict(rule.gate)),
                "in_base": all(base[n] in options for n, options in rule.gate),
            }
        )
    shown = (
        *("body", "organisation", "holder", "number", "role", "votes", "classes", "optional", "clauses"),
        "only_if",
    )
    heads = {"optional": "may stay empty", "only_if": "only if", "votes": "votes of each"}
    return table("seats", "Seats", rows, shown, heads), totals(speaker, rulebook, fixed)


def totals(speaker: Speaker, rulebook: Rulebook, fixed: Reading) -> Table:
    """One row a body: voting seats and votes in the base reading, and over all that are left."""
    context = Context(rulebook, 1, fixed)
    rows = []
    below = [
        "Voting seats and votes at full attendance: in the base reading, then the fewest and the most over "
        "all readings that are left. Where there may be more of a seat, its least number counts in the base "
        "reading and for the fewest."
    ]
    for name in own_bodies(speaker):
        count = counts(context, name)
        complete = count.pop("complete")
        if count["seats"] is None:
            continue
        if not complete:
            below.append(f"{speaker.names.title(name)}: there are more readings than are counted.")
        rows.append({"body": name, "title": speaker.names.heading(name), **count})
    shown = (
        *("title", "seats", "seats_min", "seats_max", "votes", "votes_min", "votes_max", "no_limit"),
        *("may_stay_empty", "depends_on"),
    )
    heads = {
        "title": "body",
        "seats": "voting seats",
        "seats_min": "fewest",
        "seats_max": "most",
        "votes_min": "fewest",
        "votes_max": "most",
        "no_limit": "no upper number of",
        "may_stay_empty": "on top, may stay empty",
        "depends_on": "depends on",
    }
    return table("totals", "Totals", rows, shown, heads, below)


def own_bodies(speaker: Speaker) -> list[str]:
    """The bodies of the text's own that stand under the settled options."""
    return [
        name
        for name, body in speaker.c.bodies.items()
        if speaker.stands(body) and not (body.external is not None and body.external.value == "yes")
    ]


def counts(context: Context, name: str) -> dict[str, Any]:
    """Voting seats and votes of a body in the base reading and over all; None where no seats are named, and
    for the most where there is no upper number of some (`no_limit`)."""
    space = seat_space(context, name)
    named = any(isinstance(rule, SeatRule) and rule.body == name for rule in context.rulebook.rules)
    rows = counted(context, name, space) if named else []
    if not rows:
        empty = ("seats", "seats_min", "seats_max", "votes", "votes_min", "votes_max")
        rest = dict.fromkeys(("no_limit", "may_stay_empty", "depends_on"))
        return {**dict.fromkeys(empty), **rest, "complete": True}
    base = context.rules().reading
    under = [context.rules(row["reading"]).bodies[name].sure for row in rows]
    more = [sum((seat.high or seat.low) - seat.low for seat in seats) for seats in under]
    endless = listed(spaced(s.name.partition(".")[0]) for seats in under for s in seats if s.high is None)
    first = next((r for r in rows if all(base[n] == o for n, o in r["reading"].items())), rows[0])
    return {
        "seats": first["seats"],
        "seats_min": min(r["seats"] for r in rows),
        "seats_max": None if endless else max(r["seats"] + n for r, n in zip(rows, more, strict=True)),
        "votes": first["votes"],
        "votes_min": min(r["votes"] for r in rows),
        "votes_max": None if endless else max(r["votes"] + n for r, n in zip(rows, more, strict=True)),
        "no_limit": endless or None,
        "may_stay_empty": listed(spaced(n.partition(".")[0]) for r in rows for n in r["optional"]) or None,
        "depends_on": ", ".join(moving_names(rows, space.names)) or None,
        "complete": space.complete,
    }
