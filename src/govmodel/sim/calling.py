"""When a meeting that is called may be held: notice, agenda and papers, by the text's norms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from govmodel.calendar import days_before, next_working_day
from govmodel.model.expressions import All, Condition, Is, Length, Timed
from govmodel.model.rules import BodyRules, MeetingRule, NormRule, Rules
from govmodel.model.scenario import Scenario
from govmodel.model.walk import conditions
from govmodel.sim.families import kind
from govmodel.sim.plan import Calls

AHEAD = ("meeting.notice", "meeting.agenda", "meeting.papers")
"""What goes out before a meeting, and cannot before it is called."""

LONGEST = 400
"""Days after which a meeting is not called any more."""


NAMED = ("extraordinary", "urgent", "special", "emergency")
"""Kinds of meetings that are called for something that has come up."""


def regular(meeting: MeetingRule) -> bool:
    """Whether meetings come at regular times."""
    return any(often and often.times for often in (meeting.how_often, meeting.at_least))


def callable_meetings(body: BodyRules) -> tuple[MeetingRule, ...]:
    """The meetings that may be called between the regular ones: those that the text calls extraordinary or
    urgent and those of which it says who calls them; else any that do not come at regular times."""
    irregular = [m for m in body.meetings if m.ahead_of is None and not regular(m)]
    called = [m for m in irregular if m.kind in NAMED or m.called_by or m.on_request_of]
    return tuple(called or [m for m in irregular if m.kind != "ordinary"])


def ahead(rules: Rules, body: str, kind: str) -> tuple[Length, ...]:
    """How long before a meeting of this kind something must go out: as the text commands of every meeting or
    of this kind. What it allows of this kind goes before a command, unless that is for each meeting."""
    allowed: dict[str, list[Length]] = {}
    wanted: dict[str, list[tuple[Length, bool]]] = {}
    for norm, timed in _timed(rules, body):
        of_kind = norm.when is not None and _is_of(norm.when, kind)
        if norm.force == "may" and of_kind:
            allowed.setdefault(timed.event, []).append(timed.length)
        elif norm.force == "must" and norm.unless is None and (norm.when is None or of_kind):
            wanted.setdefault(timed.event, []).append((timed.length, norm.always))
    found: list[Length] = []
    for event in AHEAD:
        short = allowed.get(event, [])
        found += short
        found += [length for length, always in wanted.get(event, []) if always or not short]
    return tuple(found)


def _timed(rules: Rules, body: str) -> Iterator[tuple[NormRule, Timed]]:
    for norm in rules.norms:
        if norm.situation != "meeting" or norm.body not in (None, body):
            continue
        parts = norm.content.items if isinstance(norm.content, All) else (norm.content,)
        for part in parts:
            if (
                isinstance(part, Timed) and part.event in AHEAD and part.op in (">=", ">")
                and part.way == "before" and part.anchor == "meeting"
            ):  # fmt: skip
                yield norm, part


def _is_of(when: Condition, kind: str) -> bool:
    return any(
        isinstance(part, Is) and part.attribute == "meeting.kind" and kind in part.values
        for part in conditions(when)
    )


def first_lawful(day: date, lengths: tuple[Length, ...], nation: str) -> date | None:
    """The first working day on which a meeting may be held that is called on this day."""
    at = next_working_day(day, nation)
    while (at - day).days <= LONGEST:
        if all(days_before(at, length, nation) <= (at - day).days for length in lengths):
            return at
        at = next_working_day(at + timedelta(days=1), nation)
    return None


def calls(
    rules: Rules, scenario: Scenario, body: BodyRules, days: Sequence[date], levels: Sequence[int]
) -> Calls:
    """How meetings of a body are called for urgent business. `days`: those of the run, and `LONGEST` after
    it, each with its level."""
    working = [next_working_day(day, rules.nation) for day in days]
    idle = [period for period in scenario.periods if not period.meetings]
    for at in range(len(days) - 2, -1, -1):
        if any(period.on(working[at]) for period in idle):
            working[at] = working[at + 1]
    lawful = None
    never = days[-1].toordinal() + 1
    open_ = np.array([day.toordinal() for day in working])
    for meeting in callable_meetings(body):
        # Of several kinds, the one that can be held first.
        lengths = ahead(rules, kind(body.name), meeting.kind)
        first = [first_lawful(day, lengths, rules.nation) for day in days[: -LONGEST or None]]
        known = np.array([never if day is None else day.toordinal() for day in first], dtype=np.int64)
        then = open_.take(np.minimum(known, never - 1) - days[0].toordinal())
        lawful = then if lawful is None else np.minimum(lawful, then)
    return Calls(
        working=np.array([day.toordinal() for day in working], dtype=np.int64),
        lawful=lawful,
        level=np.array(levels, dtype=np.int64),
    )
