"""Meetings that must be held within a time from their request, where notice or papers take longer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from govmodel.checks.context import Context
from govmodel.checks.findings import holding, in_base
from govmodel.dataclass import dataclass
from govmodel.model.expressions import All, Condition, Is, Timed
from govmodel.model.rules import NormRule, Reading, Rule, Rules
from govmodel.model.verdict import Case, Fact
from govmodel.model.vocabulary import TIME_AXIOMS
from govmodel.reading import Readings
from govmodel.semantics.cases import kept, mentioned, offset_after, offset_before, prevails

REQUESTED, KIND, HELD = "meeting.requested", "meeting.kind", "meeting.held"
YEAR = 365


@dataclass(frozen=True, slots=True)
class TooSoon:
    """A duty to meet within a time from the request, and those by which something takes longer. `share`: of
    the days on which a request can come, those for which no meeting is in time. `day`, `last`: one of them,
    and the last day on which the meeting could be; `lawful`: the first on which it can. None: within the
    bounds of this question there is none."""

    norm: NormRule
    part: Timed
    ahead: tuple[NormRule, ...]
    share: float
    day: date
    last: date
    lawful: date | None
    reading: Reading
    readings: tuple[Reading, ...]
    in_base: bool

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chain(self.norm.clauses, *(n.clauses for n in self.ahead))))


def too_soon(context: Context) -> tuple[tuple[TooSoon, ...], tuple[tuple[str, str], ...], int]:
    """What is found, what was not decided and why, by norm, and about how many duties it was asked."""
    names = dict.fromkeys(r.name for r in context.rulebook.of(NormRule) if _deadline(r) is not None)
    found: list[TooSoon] = []
    open_: list[tuple[str, str]] = []
    for name in names:
        space = context.space(_about, "day-count")
        rows = [
            (reading, each)
            for reading in space.all
            for each in (_late(context, context.rules(reading), name),)
            if each is not None
        ]
        told = next((row for row in rows if in_base(context, [row[0]])), rows[0] if rows else None)
        if told is None:
            continue
        made = _found(context, space, told, [reading for reading, _ in rows])
        if isinstance(made, str):
            open_.append((name, made))
        elif context.ours(made.clauses):
            found.append(made)
    return tuple(found), tuple(open_), len(names)


def _about(rule: Rule) -> bool:
    return isinstance(rule, NormRule) and rule.situation == "meeting"


def _sure(norm: NormRule) -> bool:
    """It binds in every case of its kind, and nobody is let off."""
    plain = norm.unless is None and norm.waived_by is None and not norm.breach_of
    return norm.force == "must" and norm.situation == "meeting" and plain


def _parts(condition: Condition) -> Sequence[Condition]:
    return condition.items if isinstance(condition, All) else (condition,)


def _deadline(norm: NormRule) -> Timed | None:
    """The time from its request within which a meeting of some kind must be held."""
    if not _sure(norm) or not isinstance(norm.when, Is) or norm.when.attribute != KIND:
        return None  # where it is said of every meeting, it is a conflict
    if not mentioned(norm) <= {REQUESTED, KIND, HELD}:
        return None
    for part in _parts(norm.content):
        if isinstance(part, Timed) and (part.event, part.anchor, part.way) == ("meeting", REQUESTED, "after"):
            return part if part.op in ("<=", "<") and part.length.unit != "term" else None
    return None


def _later() -> frozenset[str]:
    """What cannot be done before the request."""
    found = {REQUESTED}
    while new := {b for a, b in TIME_AXIOMS if a in found} - found:
        found |= new
    return frozenset(name for name in found - {REQUESTED} if name.startswith("meeting."))


LATER = _later()


def _ahead(norm: NormRule) -> Iterator[Timed]:
    """How long before the meeting something must be done that cannot be done before the request."""
    for part in _parts(norm.content):
        ahead = isinstance(part, Timed) and (part.anchor, part.way, part.op) == ("meeting", "before", ">=")
        if ahead and isinstance(part, Timed) and part.event in LATER and part.length.unit != "term":
            yield part


def _kinds(norm: NormRule) -> tuple[str, ...] | None:
    """The kinds of meeting of which a norm speaks: none, of all; None: its condition is another one."""
    if norm.when is None:
        return ()
    return norm.when.values if isinstance(norm.when, Is) and norm.when.attribute == KIND else None


def _notices(rules: Rules, norm: NormRule, kind: str) -> tuple[NormRule, ...]:
    """The duties that bind such a meeting too, and to which nothing else is an exception: neither a norm
    that prevails, nor a permission to do the same later."""
    own = [n for n in rules.norms if n.situation == "meeting" and n.body in (None, norm.body)]
    allowed = {
        part.event for n in own if n.force == "may" for part in _parts(n.content) if isinstance(part, Timed)
    }
    return tuple(
        n
        for n in own
        if _sure(n)
        and (kinds := _kinds(n)) is not None
        and (not kinds or kind in kinds)
        and not any(prevails(other, n) for other in own)
        and [*_ahead(n)] == [*_parts(n.content)]
        and not any(part.event in allowed for part in _ahead(n))
    )


@dataclass(frozen=True, slots=True)
class _Late:
    norm: NormRule
    part: Timed
    kind: str
    ahead: tuple[NormRule, ...]
    days: tuple[date, ...]


def _late(context: Context, rules: Rules, name: str) -> _Late | None:
    """The days of the year on which a request for a meeting can come that nobody can hold in time."""
    norm = next((n for n in rules.norms if n.name == name), None)
    part = _deadline(norm) if norm is not None else None
    if norm is None or part is None or any(prevails(other, norm) for other in rules.norms):
        return None
    first = context.rulebook.first_day
    year = [first + timedelta(days=n) for n in range(YEAR)]
    for kind in _kinds(norm) or ():
        ahead = _notices(rules, norm, kind)
        days = tuple(day for day in year if ahead and _first(rules, part, ahead, day) is None)
        if days:
            alone = [n for n in ahead if all(_first(rules, part, (n,), day) is None for day in days)]
            return _Late(norm, part, kind, tuple(alone[:1]) or ahead, days)
    return None


def _last(rules: Rules, part: Timed, day: date) -> int:
    """The last day on which the meeting is in time, counted from the request."""
    return offset_after(day, part.length, rules.nation, rules.reading) - (part.op == "<")


def _first(
    rules: Rules, part: Timed, ahead: Sequence[NormRule], day: date, most: int | None = None
) -> date | None:
    """The first day on which a meeting that is asked for on a day can lawfully be, within its time (or
    within `most` days); None: there is none."""
    last = _last(rules, part, day) if most is None else most
    for after in range(last + 1):
        at = day + timedelta(days=after)
        needed = (offset_before(at, p.length, rules.nation, rules.reading) for n in ahead for p in _ahead(n))
        if all(after >= number for number in needed):
            return at
    return None


def _found(
    context: Context, space: Readings, told: tuple[Reading, _Late], holds: Sequence[Reading]
) -> TooSoon | str:
    reading, late = told
    rules, day = context.rules(reading), late.days[0]
    last = day + timedelta(days=_last(rules, late.part, day))
    if not _confirmed(rules, late, day, last):
        return "the judge does not confirm that the meeting comes too late"
    return TooSoon(
        norm=late.norm,
        part=late.part,
        ahead=late.ahead,
        share=len(late.days) / YEAR,
        day=day,
        last=last,
        lawful=_first(rules, late.part, late.ahead, day, YEAR),
        reading=reading,
        readings=holding(space, holds),
        in_base=in_base(context, holds),
    )


def _confirmed(rules: Rules, late: _Late, day: date, last: date) -> bool:
    """Whether the judge finds a duty broken on every day that is in time, though everything is done on the
    day of the request; and a year later none of those ahead of the meeting, but the time has run out."""
    norms = (late.norm, *late.ahead)

    def broken(at: date) -> set[str]:
        asked = (day - at).days
        facts: dict[str, Fact] = {KIND: late.kind, REQUESTED: asked, HELD: True}
        facts |= dict.fromkeys(LATER, asked)
        case = Case("meeting", late.norm.body, at, facts)
        return {n.name for n in norms if not kept(n, norms, case, rules.nation, rules.reading)}

    in_time = (day + timedelta(days=n) for n in range((last - day).days + 1))
    return all(broken(at) for at in in_time) and broken(day + timedelta(days=YEAR)) == {late.norm.name}
