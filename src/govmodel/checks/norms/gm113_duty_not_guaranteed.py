"""GM113: an answer that a body gives in time under some of its lawful calendars only."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import lowered, result
from govmodel.checks.norms.answering import FEW, Found, found
from govmodel.checks.norms.gm112_unmeetable_duty import called_too_late, enough
from govmodel.checks.norms.telling import clauses_in_words
from govmodel.checks.stories import on
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.words.numbers import length

ID, NAME = "GM113", "duty that is not guaranteed"


def run(context: Context) -> CheckResult:
    every, undecided, asked = found(context, "unsure")
    findings = [f for each in every if (f := _finding(context, each)) is not None]
    return result(
        ID, findings, [Undecided(check=ID, subject="calendar", why=why) for why in undecided], asked
    )


def _finding(context: Context, each: Found) -> Finding | None:
    owed, answered = each.owed, each.answered
    full: Level = "warning" if answered.share >= FEW else "note"
    level = lowered(full, each.in_base)
    if level is None or answered.day is None or answered.due is None:
        return None
    index = context.rulebook.clauses
    earlier = max((day for day in answered.meetings if day < answered.day), default=None)
    later = min((day for day in answered.meetings if day > answered.due), default=None)
    around = [f"The {owed.body.title} meets on {on(day)}" for day in (earlier,) if day is not None]
    if later is not None:
        around.append(f"{'Its next meeting' if around else 'The next meeting'} is on {on(later)}")
    ready = answered.day
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=owed.clauses,
        subject=owed.norm.name,
        message=f"the {owed.body.title} may meet as its rules say and still not answer within "
        f"{length(owed.part.length)}",
        mark=owed.norm.mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in owed.clauses if c in index),
            *(f"By {clauses_in_words(s.clauses)}, {s.words}." for s in owed.said),
            *called_too_late(each),
            *(f"{sentence}." for sentence in around),
            f"What can be taken up from {on(ready)} has to be answered by {on(answered.due)}, and is not.",
            "Nothing makes an answer in time sure for what comes in on "
            f"{round(365 * answered.share)} of 365 days.",
            enough(each),
        ),
        told_in=each.reading,
        help="Say how many days may lie between two meetings, or let somebody call one in between.",
        readings=each.readings,
        in_base=each.in_base,
        evidence={
            "share": round(answered.share, 3),
            "gap": answered.gap,
            "meetings": answered.fewest,
            "calendar": [day.isoformat() for day in answered.meetings],
        },
    )


CHECK = Check(ID, NAME, run)
