"""GM209: how many seats and votes there are depends on how the text is read, or one person has several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from govmodel.checks.bodies import meeting_bodies
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, result
from govmodel.checks.membership.counting import counted, moves, moving_names, seat_space
from govmodel.checks.membership.twice import seats_of_one
from govmodel.checks.stories import next_meeting, on, plural
from govmodel.model.finding import CheckResult, Finding
from govmodel.model.rules import CapRule, DecisionRule, SeatRule

ID, NAME = "GM209", "indeterminate membership"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    asked = 0
    for body in meeting_bodies(context):
        space = seat_space(context, body.name)
        guarded: dict[int, SeatRule | CapRule] = {}
        rows = counted(context, body.name, space)
        asked += len(space.all)
        for _, _, own in context.under(space, body.name):
            guarded |= {id(rule): rule for rule in own.seats} | {id(rule): rule for rule in own.caps}
        counts = {(row["seats"], row["votes"], row["most"]) for row in rows}
        if len(counts) < 2:
            continue
        moving = moving_names(rows, space.names)
        cited = {c for name in moving for c in context.rulebook.ambiguities[name].clauses}
        cited |= {c for rule in guarded.values() if _bears(rule, moving) for c in rule.clauses}
        clauses = tuple(c for c in context.rulebook.clauses if c in cited) or clauses_of(*body.seats)
        seats = sorted({int(str(row["seats"])) for row in rows})
        votes = sorted({int(str(row["votes"])) for row in rows})
        base = rows[0]
        more = " or more" if any(seat.high != seat.low for seat in body.voting) else ""
        voted = _votes_are_cast(context, body.name)
        what = f"voting seats{more} and {_range(votes)} votes" if voted else f"seats{more}"
        who, theirs = ("those who may vote", "seats and votes") if voted else ("the members", "seats")
        there = f"voting seats with {base['votes']} votes" if voted else "seats"
        findings.append(
            Finding(
                check=ID,
                name=NAME,
                level="warning",
                clauses=clauses,
                subject=body.name,
                message=(
                    f"the {body.title} has {_range(seats)} {what}, {_more(rows)}depending on how "
                    f"{plural(len(moving), 'question is', 'questions are')} answered"
                ),
                mark=body.seats[0].mark,
                story=(
                    f"On {on(next_meeting(context))} the list of {who} is drawn up: {base['seats']} {there}, "
                    "in the base reading.",
                    *_extremes(rows, base, moving, voted=voted),
                    "It depends on this: "
                    + " ".join(context.rulebook.ambiguities[n].question for n in moving),
                    *_optional(rows),
                ),
                help=f"List the members with their {theirs}, and let the list prevail over the prose.",
                evidence={
                    **(_table(rows, moving) if voted else _of_seats(_table(rows, moving))),
                    "every": rows,
                    "questions": list(moving),
                    "complete": space.complete,
                    "seats": seats,
                    "votes": votes,
                },
            )
        )
    twice, bodies = seats_of_one(context, ID, NAME)
    return result(ID, [*findings, *twice], (), asked + bodies)


def _votes_are_cast(context: Context, body: str) -> bool:
    """Whether the text has votes counted in the body, under some reading."""
    decisions = [rule for rule in context.of_body(body) if isinstance(rule, DecisionRule)]
    return any(d.carried is not None and d.carried.kind != "consensus" for d in decisions)


def _bears(rule: SeatRule | CapRule, moving: tuple[str, ...]) -> bool:
    """Whether a seat or a cap depends on one of these questions, or is a seat of an unlimited number."""
    open_ended = isinstance(rule, SeatRule) and rule.role == "voting" and rule.optional and rule.high is None
    return open_ended or any(name in moving for name, _ in rule.gate)


def _table(rows: list[dict[str, object]], moving: tuple[str, ...]) -> dict[str, list[Any]]:
    """The numbers in a table: a row for each combination of options, the last question across.

    Only questions on which seats or votes depend; the others stand at their first option.
    """
    counts = [n for n in moving if moves(rows, n, ("seats", "votes"))]
    if not counts:
        by_most = [n for n in moving if moves(rows, n, ("most",))]
        return {
            "columns": [*by_most, "seats", "votes", "seats at most"],
            "rows": _unlike(
                [*(_option(row, n) for n in by_most), row["seats"], row["votes"], row["most"]] for row in rows
            ),
        }
    kept: dict[tuple[str, ...], dict[str, object]] = {}
    for row in rows:
        reading = row["reading"]
        assert isinstance(reading, dict)
        kept.setdefault(tuple(str(reading[n]) for n in counts), row)
    if len(counts) < 2:
        return {
            "columns": [*counts, "seats", "votes"],
            "rows": [[*options, row["seats"], row["votes"]] for options, row in kept.items()],
        }
    across = list(dict.fromkeys(options[-1] for options in kept))
    down = list(dict.fromkeys(options[:-1] for options in kept))
    table = []
    for options in down:
        cells = [kept.get((*options, last)) for last in across]
        seats = next((c["seats"] for c in cells if c is not None), None)
        table.append([*options, seats, *(c["votes"] if c is not None else None for c in cells)])
    heads = [f"votes if {counts[-1]} is {option}" for option in across]
    return {"columns": [*counts[:-1], "seats", *heads], "rows": table}


def _of_seats(table: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """A table without the number of votes."""
    kept = [i for i, head in enumerate(table["columns"]) if not head.startswith("votes")]
    return {
        "columns": [table["columns"][i] for i in kept],
        "rows": [[row[i] for i in kept] for row in table["rows"]],
    }


def _extremes(
    rows: list[dict[str, object]], base: dict[str, object], moving: tuple[str, ...], *, voted: bool
) -> list[str]:
    """The readings with the fewest and the most votes, in words; of seats, where no votes are counted."""
    told = []
    for words, row in (
        ("fewest", min(rows, key=lambda r: (int(str(r["votes"])), int(str(r["seats"]))))),
        ("most", max(rows, key=lambda r: (int(str(r["votes"])), int(str(r["seats"]))))),
    ):
        if (row["seats"], row["votes"]) == (base["seats"], base["votes"]):
            continue
        reading, usual = row["reading"], base["reading"]
        assert isinstance(reading, dict)
        assert isinstance(usual, dict)
        options = " and ".join(f"{n} is {reading[n]}" for n in moving if reading[n] != usual[n])
        what = f"votes are {row['votes']}, of {row['seats']} seats" if voted else f"seats are {row['seats']}"
        told.append(f"The {words} {what}: where {options}.")
    return told


def _more(rows: list[dict[str, object]]) -> str:
    """How many more seats there may be, where their number depends on the reading and no other does."""
    if len({(row["seats"], row["votes"]) for row in rows}) > 1:
        return ""
    more = sorted({int(str(row["most"])) - int(str(row["seats"])) for row in rows})
    return f"and {_range(more)} more that may stay empty, "


def _option(row: dict[str, object], name: str) -> object:
    reading = row["reading"]
    assert isinstance(reading, dict)
    return reading[name]


def _unlike(rows: Iterable[list[object]]) -> list[list[object]]:
    """The rows of a table, each once."""
    return [list(row) for row in dict.fromkeys(tuple(row) for row in rows)]


def _optional(rows: list[dict[str, object]]) -> list[str]:
    open_ = dict.fromkeys(n for row in rows for n in row["open"])  # type: ignore[attr-defined]
    names = dict.fromkeys(n for row in rows for n in row["optional"])  # type: ignore[attr-defined]
    bounded = [n for n in names if n not in open_]
    told = []
    if bounded:
        told.append(f"Not counted: seats that may stay empty ({', '.join(bounded)}).")
    if open_:
        seats = ", ".join(open_)
        told.append(
            f"Not counted: seats that may stay empty ({seats}); the text does not say how many there are."
        )
    return told


def _range(numbers: list[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]} to {numbers[-1]}"


CHECK = Check(ID, NAME, run)
