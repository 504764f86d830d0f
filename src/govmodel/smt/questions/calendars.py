"""Questions about calendars of meetings, which `exact.calendars` answers in closed form: a second voice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from govmodel.model.verdict import Answer, Verdict
from govmodel.smt.ask import EFFORT, Session


def kept_by_some(differences: Sequence[tuple[str, str, int]], *, effort: int = EFFORT) -> Answer:
    """FAILS iff no numbers for these days have all the differences (from, to, number): at least so many
    meetings more before the second day than before the first."""
    days = dict.fromkeys(day for one, two, _ in differences for day in (one, two))
    text = [f"(declare-const {day} Int)" for day in days]
    text += [f"(assert (>= (- {two} {one}) {_int(number)}))" for one, two, number in differences]
    return _answer(Session("\n".join(text), effort))


def kept_within(cut: Sequence[int], many: int, gap: int, *, effort: int = EFFORT) -> Answer:
    """FAILS iff no repeated calendar has `many` meetings in each period (they begin on the days of `cut`, the
    last of which is the end) and at most `gap` days from each to the next."""
    names = [f"m{number}" for number in range(many * (len(cut) - 1))]
    text = [f"(declare-const {name} Int)" for name in names]
    for number, name in enumerate(names):
        one, later = cut[number // many], cut[number // many + 1]
        text.append(f"(assert (and (<= {one} {name}) (< {name} {later})))")
    for one_, next_ in pairwise(names):
        text.append(f"(assert (and (< {one_} {next_}) (<= (- {next_} {one_}) {gap})))")
    text.append(f"(assert (<= (- (+ {names[0]} {cut[-1]}) {names[-1]}) {gap}))")
    return _answer(Session("\n".join(text), effort))


def _answer(session: Session) -> Answer:
    result = session.ask()
    if result.status == "unknown":
        return Answer(Verdict.UNKNOWN, why=result.why)
    return Answer(Verdict.HOLDS if result.status == "sat" else Verdict.FAILS)


def _int(number: int) -> str:
    return str(number) if number >= 0 else f"(- {-number})"
