"""Words that stories of several checks have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from govmodel.checks.context import Context
from govmodel.model.rules import (
    BodyRules,
    Rules,
)
from govmodel.model.verdict import Gathering


def plural(number: int, one: str, many: str | None = None) -> str:
    return f"{count(number, 'no')} {one if number == 1 else many or one + 's'}"


def count(number: int, nobody: str = "none") -> str:
    """A number, in words up to ten. `nobody`: what is said for nothing."""
    words = (nobody, "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if 0 <= number < len(words) else str(number)


def on(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def next_meeting(context: Context) -> date:
    """The day on which stories of a meeting are set: the first Thursday of the document's year."""
    from govmodel.calendar import is_working_day

    day = context.rulebook.first_day
    while day.weekday() != 3 or not is_working_day(day, context.rulebook.nation):
        day += timedelta(days=1)
    return day


def seat_title(rules: Rules, body: BodyRules, place: str) -> str:
    """A seat in words: the organisation's name, with the seat's where it has several; else the seat's."""
    name, _, number = place.partition("#")
    seat = next((s for s in body.seats if s.name == name), None)
    party = rules.parties.get(seat.party) if seat and seat.party else None
    own = name.replace("-", " ").replace(".", " ")
    title = party.title if party else own
    if seat is not None and party and not name.endswith(f".{seat.party}") and not number:
        several = any(s.party == seat.party and s.name != name for s in body.seats)
        title = f"{title}: {own}" if several else title
    return f"{title} ({number})" if number else title


def some(rules: Rules, body: BodyRules, seats: Sequence[str], most: int = 4) -> str:
    """Some seats in words, in alphabetical order, the rest counted."""
    names = [seat_title(rules, body, place) for place in seats]
    parts = sorted(names[:most], key=_in_order)
    if len(names) > most:
        parts.append(f"{len(names) - most} more")
    if len(parts) > 1 and any("," in part for part in parts):
        return "; ".join([*parts[:-1], f"and {parts[-1]}"])
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _in_order(name: str) -> list[str]:
    """The ninth before the tenth."""
    return [part.zfill(9) if part.isdecimal() else part.casefold() for part in re.split(r"([0-9]+)", name)]


def gathering_facts(gathering: Gathering) -> dict[str, object]:
    """A gathering as plain data, for evidence."""
    return {
        "body": gathering.body,
        "present": list(gathering.present),
        "in_favour": list(gathering.in_favour),
        "against": list(gathering.against),
        "presider": gathering.presider,
        "chair": gathering.chair,
        "deputy": gathering.deputy,
    }
