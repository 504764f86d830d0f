"""GM112: an answer that a body cannot give in time, whatever its calendar; a meeting that cannot be."""

from __future__ import annotations

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, lowered, result
from govmodel.checks.norms.answering import FEW, Found, found
from govmodel.checks.norms.requests import TooSoon, too_soon
from govmodel.checks.norms.telling import clauses_in_words
from govmodel.checks.stories import on, plural
from govmodel.model.expressions import Frequency
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.words.numbers import frequency, length
from govmodel.words.text import clause

ID, NAME = "GM112", "unmeetable duty"


def run(context: Context) -> CheckResult:
    every, undecided, asked = found(context, "never")
    findings = [f for each in every if (f := _finding(context, each)) is not None]
    soon, unsure, duties = too_soon(context)
    findings += [f for each in soon if (f := _on_request(context, each)) is not None]
    left = [("calendar", why) for why in undecided] + list(unsure)
    open_ = [Undecided(check=ID, subject=subject, why=why) for subject, why in left]
    return result(ID, findings, open_, asked + duties)


def _on_request(context: Context, each: TooSoon) -> Finding | None:
    """A meeting that is to be held sooner after its request than it can be called."""
    full: Level = "error" if each.share == 1 else "warning" if each.share >= FEW else "note"
    level = lowered(full, each.in_base)
    if level is None:
        return None
    index = context.rulebook.clauses
    rules = context.rules(each.reading)
    body = rules.bodies.get(each.norm.body or "")
    meeting = f"a meeting of the {body.title}" if body is not None else "a meeting"
    own, others = clauses_in_words(each.norm.clauses), clauses_in_words(clauses_of(*each.ahead))
    within = length(each.part.length)
    days = "whenever it is" if each.share == 1 else f"on {round(100 * each.share) or 'a few'} days in 100"
    days = days.replace("on a few days in 100", "on a few days of the year")
    first = f"the first on which it can be is {on(each.lawful)}" if each.lawful else "there is none later"
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=each.clauses,
        subject=each.norm.name,
        message=f"{meeting} that is asked for cannot be held within {within}, {days}",
        mark=each.norm.mark,
        story=(
            *(f"Clause {c}: {index[c].says}." for c in each.clauses if c in index),
            f"On {on(each.day)} {meeting} is asked for. By {own} it is on {on(each.last)} at the latest.",
            f"By {others} no day up to then will do, though everything is sent at once; {first}.",
        ),
        told_in=each.reading,
        help=f"Let such a meeting be called at shorter notice in {others}, or give it more time in {own}.",
        readings=each.readings,
        in_base=each.in_base,
        evidence={"share": round(each.share, 3), "day": each.day.isoformat(), "last": each.last.isoformat()},
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
    owed = each.owed
    if not owed.called:
        return ()
    called = f"A meeting that is called for it, by {clause(clauses_of(*owed.called))}, comes too late"
    if not owed.notices:
        return (f"{called} too.",)
    ahead = clause(clauses_of(*owed.notices), "asks", "ask")
    return (f"{called}, with what {ahead} for before every meeting.",)


def enough(each: Found) -> str:
    """The least calendar that would do, in a sentence."""
    answered = each.answered
    if answered.gap is None or answered.fewest is None:
        return "No calendar would do: not even a meeting on every day is soon enough."
    times = frequency(Frequency(answered.fewest, "year"))
    gap = plural(answered.gap, "day")
    return f"It would do to meet {times}, never more than {gap} after the meeting before."


CHECK = Check(ID, NAME, run)
