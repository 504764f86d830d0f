"""GM112: an answer that a body cannot give in time, whatever its calendar."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import lowered, result
from govmodel.checks.norms.answering import Found, found
from govmodel.checks.norms.telling import clauses_in_words
from govmodel.checks.stories import plural
from govmodel.model.expressions import Frequency
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.words.numbers import frequency, length

ID, NAME = "GM112", "unmeetable duty"


def run(context: Context) -> CheckResult:
    every, undecided, asked = found(context, "never")
    findings = [f for each in every if (f := _finding(context, each)) is not None]
    return result(
        ID, findings, [Undecided(check=ID, subject="calendar", why=why) for why in undecided], asked
    )


def _finding(context: Context, each: Found) -> Finding | None:
    owed, answered = each.owed, each.answered
    level = lowered("error", each.in_base)
    if level is None:
        return None
    index = context.rulebook.clauses
    within, share = length(owed.part.length), round(100 * answered.share)
    days = f"{share} days in 100" if share else "some days"
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=owed.clauses,
        subject=owed.norm.name,
        message=f"the {owed.body.title} cannot always answer within {within}, whenever it meets",
        mark=owed.norm.mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in owed.clauses if c in index),
            *(f"By {clauses_in_words(s.clauses)}, {s.words}." for s in owed.said),
            *called_too_late(each),
            f"However the meetings are laid, what comes in on {days}, or more, is answered too late.",
            enough(each),
        ),
        told_in=each.reading,
        help=f"Give the {owed.body.title} more time, or let somebody call a meeting or decide in between.",
        readings=each.readings,
        in_base=each.in_base,
        evidence={"share": round(answered.share, 3), "gap": answered.gap, "meetings": answered.fewest},
    )


def called_too_late(each: Found) -> tuple[str, ...]:
    """Why calling a meeting does not help, where one may be called."""
    if not each.owed.called:
        return ()
    return ("A meeting that is called for it comes too late, with the notice that every meeting takes.",)


def enough(each: Found) -> str:
    """The least calendar that would do, in a sentence."""
    answered = each.answered
    if answered.gap is None or answered.fewest is None:
        return "No calendar would do: not even a meeting on every day is soon enough."
    times = frequency(Frequency(answered.fewest, "year"))
    gap = plural(answered.gap, "day")
    return f"It would do to meet {times}, never more than {gap} after the meeting before."


CHECK = Check(ID, NAME, run)
