"""Who may hold an office: what the text asks of its holder, held against a seat.

A text says little about people, so most answers are neither yes nor no: whether the representative of a
council is an elected member is known only where the seat says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from govmodel.model.expressions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Flag,
    Is,
    Not,
    OnDate,
    Ordered,
    Timed,
)
from govmodel.model.rules import BodyRules, CompositionRule, Rules, SeatRule
from govmodel.model.vocabulary import MEMBER_ROLES, MEMBERS


def asked_of(rules: Rules, office: str | None) -> tuple[CompositionRule, ...]:
    """What the text asks of the holder of an office."""
    return tuple(c for c in rules.composition if office is not None and c.office == office)


def fits(rules: Rules, office: str | None, seat: SeatRule) -> bool | None:
    """Whether who sits here may hold the office. None: the text does not say enough."""
    return _every([so_of(c.needs, office, seat) for c in asked_of(rules, office)])


def by_office(body: BodyRules, office: str) -> tuple[SeatRule, ...]:
    """The voting seats of a body that whoever holds an office has because of it: where there is one, the
    holder sits there and nowhere else."""
    return tuple(
        seat
        for seat in body.seats
        if seat.ex_officio == office and seat.role == "voting" and seat.low and not seat.optional
    )


def without_a_vote(body: BodyRules, office: str) -> bool:
    """Whether whoever holds an office surely sits on a body because of it, and in no seat that votes."""
    own = [seat for seat in body.seats if seat.ex_officio == office and seat.low and not seat.optional]
    return bool(own) and all(seat.role != "voting" for seat in own)


def so_of(condition: Condition, office: str | None, seat: SeatRule) -> bool | None:
    """Whether a rule on holders is true of who sits here, were it the holder of the office. None: not
    known. Rules that compare two holders (`party(chair) is not party(deputy-chair)`) are not known."""
    match condition:
        case All(items):
            return _every([so_of(item, office, seat) for item in items])
        case AnyOf(items):
            return _some([so_of(item, office, seat) for item in items])
        case Not(item):
            inner = so_of(item, office, seat)
            return None if inner is None else not inner
        case Is(subject, values):
            return _some([_is(subject, value, office, seat) for value in values])
        case Comparison() | Flag() | Timed() | Ordered() | OnDate():
            raise ValueError("a rule on holders says what somebody is, and nothing else")
        case _:
            assert_never(condition)


def _is(subject: str, value: str, office: str | None, seat: SeatRule) -> bool | None:
    about = subject.partition("(")[2].rstrip(")")
    if about and about != office:
        return None
    head = subject.partition("(")[0]
    if head == "party":
        if "(" in value or seat.party is None:
            return None  # whoever sits here may come from any organisation
        return seat.party == value or value in seat.classes
    if head not in ("holder", "member", office):
        return None
    if value in MEMBERS:
        return seat.role in MEMBER_ROLES
    if value in seat.holder_is or value in (seat.ex_officio, office):
        return True
    return None


def _every(answers: Sequence[bool | None]) -> bool | None:
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def _some(answers: Sequence[bool | None]) -> bool | None:
    if any(answer is True for answer in answers):
        return True
    return None if any(answer is None for answer in answers) else False


def from_the_members(rules: Rules, office: str) -> tuple[CompositionRule, ...]:
    """The rules by which the holder of an office is certainly a member; none: nothing says so."""
    return tuple(c for c in asked_of(rules, office) if certainly_member(c.needs))


def certainly_member(condition: Condition) -> bool:
    """Whether whoever meets a rule on holders is a member."""
    match condition:
        case All(items):
            return any(certainly_member(item) for item in items)
        case AnyOf(items):
            return all(certainly_member(item) for item in items)
        case Is(subject, values):
            return "(" not in subject and subject != "party" and all(value in MEMBERS for value in values)
        case Not() | Comparison() | Flag() | Timed() | Ordered() | OnDate():
            return False
        case _:
            assert_never(condition)
