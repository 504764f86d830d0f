"""What must hold of a block inside a body beyond the shape of its keys."""

from __future__ import annotations

from typing import Any

from govmodel.loading.reader import Reader
from govmodel.model.constitution import (
    ByReading,
    Cap,
    Decision,
    Inquorate,
    Meetings,
    Membership,
    Plain,
    Seat,
)


def check(reader: Reader, block: Any, present: set[str]) -> None:
    """Look at one block when it has been read. `present`: its keys, good or bad."""
    match block:
        case Seat():
            _seat(reader, block, present)
        case Cap():
            if not {"each", "together"} & present or {"each", "together"} <= present:
                reader.problems.add(
                    block.at,
                    "cap",
                    "a cap needs either each or together",
                    "each is for every party of a class, together for some parties as one.",
                )
        case Inquorate():
            _inquorate(reader, block, present)
        case Decision():
            _decision(reader, block, present)
        case Meetings():
            _meetings(reader, block, present)
        case Membership():
            _membership(reader, block, present)
        case _:
            pass


def _seat(reader: Reader, seat: Seat, present: set[str]) -> None:
    if {"party", "for-each"} <= present:
        reader.problems.add(
            seat.at, "two-fillers", "this seat says both party and for_each", "Write two seats."
        )
    if {"party", "nominated-by"} <= present:
        reader.problems.add(
            seat.at,
            "two-fillers",
            "this seat says both party and nominated_by",
            "A party that fills a seat nominates who sits; nominated_by is for seats without one.",
        )


def _membership(reader: Reader, rule: Membership, present: set[str]) -> None:
    if len({"joins", "leaves"} & present) == 1:
        return
    both = "joins" in present
    said = "both who joins and who leaves" if both else "neither who joins nor who leaves"
    reader.problems.add(
        rule.at, "membership", f"this rule on membership says {said}", "Write one block for each."
    )


def _inquorate(reader: Reader, rule: Inquorate, present: set[str]) -> None:
    later = {"resumes", "second-quorum", "second-notice"} & present
    if later and isinstance(rule.then, Plain) and rule.then.value == "continue":
        shown = sorted(later)[0].replace("-", "_")
        reader.problems.add(
            rule.at, "half-rule", f"the meeting continues, so {shown} is about no other", "Leave it out."
        )


def _decision(reader: Reader, decision: Decision, present: set[str]) -> None:
    _needs(reader, decision, present, {"silence", "within"}, "how")
    for words in _each(decision.how):
        if {"silence", "within"} & present and "writing" not in words:
            reader.problems.add(
                decision.at,
                "half-rule",
                "silence and within are about decisions in writing, and how does not name writing",
                "Add writing to how, or leave them out.",
            )
            break
    if decision.round is not None and 0 in _each(decision.round):
        reader.problems.add(
            decision.round.mark, "number", "round: there is no round 0", "The first round is 1."
        )


def _meetings(reader: Reader, meetings: Meetings, present: set[str]) -> None:
    _needs(reader, meetings, present, {"requesters", "then"}, "on-request-of")
    for value in (meetings.how_often, meetings.at_least):
        if value is not None and any(often.at for often in _each(value)):
            reader.problems.add(
                value.mark,
                "frequency",
                "a meeting cannot be held as often as there are meetings",
                "Say how often, or ahead_of whose meetings.",
            )


def _needs(reader: Reader, block: Any, present: set[str], keys: set[str], other: str) -> None:
    """Keys that say nothing without another one."""
    for key in sorted(keys & present):
        if other not in present:
            shown, wanted = key.replace("-", "_"), other.replace("-", "_")
            reader.problems.add(
                block.at,
                "half-rule",
                f"{shown} says nothing without {wanted}",
                f"Add {wanted}, or leave it out.",
            )


def _each(value: Any) -> tuple[Any, ...]:
    """The values that a key has, one for each option."""
    if isinstance(value, Plain):
        return (value.value,)
    return tuple(value.options.values()) if isinstance(value, ByReading) else ()
