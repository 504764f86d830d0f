"""How many voting seats and votes a body has, under every reading on which they depend."""

from __future__ import annotations

from functools import partial
from typing import Any

from govmodel.checks.context import Context
from govmodel.checks.spaces import of_kind
from govmodel.model.rules import BodyRules, CapRule, PresidingRule, SeatRule
from govmodel.reading import Readings
from govmodel.semantics.counting import places
from govmodel.semantics.meeting import most_votes


def seat_space(context: Context, body: str) -> Readings:
    """The readings on which the seats and votes of a body depend, the base first."""
    return context.space(of_kind(SeatRule, CapRule, PresidingRule), body=body)


def counted(context: Context, body: str, space: Readings) -> list[dict[str, Any]]:
    """One row for each reading under which the body is there: the voting seats that are filled at full
    attendance, the most votes that are cast then, the most seats with those that may stay empty, which these
    are, and of which there is no upper number."""
    rows = []
    for reading, _, own in context.under(space, body):
        extra = own.presiding[0].extra_vote if own.presiding else None
        same = ("figures", id(own.seats), id(own.caps), extra)
        rows.append({"reading": dict(reading), **context.shared(same, partial(_figures, own, extra))})
    return rows


def _figures(own: BodyRules, extra: str | None) -> dict[str, Any]:
    where = tuple(place for place, seat in places(own).items() if not seat.optional)
    optional = [s for s in own.seats if s.role == "voting" and s.optional]
    return {
        "seats": len(where),
        "votes": most_votes(own, where) + (extra == "additional"),
        "chair_extra": extra or "none",
        "most": len(where) + sum(s.high or 0 for s in optional),
        "optional": [s.name for s in optional],
        "open": [s.name for s in optional if s.high is None],
    }


def moving_names(rows: list[dict[str, Any]], names: tuple[str, ...]) -> tuple[str, ...]:
    """The ambiguities on which seats, votes, the chair's further vote or the optional seats depend."""
    return tuple(n for n in names if moves(rows, n, ("seats", "votes", "chair_extra", "optional", "most")))


def moves(rows: list[dict[str, Any]], name: str, columns: tuple[str, ...]) -> bool:
    """Whether two readings that differ in one ambiguity alone differ in one of the columns."""
    first: dict[tuple[str, ...], list[Any]] = {}
    for row in rows:
        rest = tuple([option for other, option in row["reading"].items() if other != name])
        values = [row[column] for column in columns]
        if first.setdefault(rest, values) != values:
            return True
    return False
