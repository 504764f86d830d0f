"""From sessions to answers: whether something is possible, and how few it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govmodel.model.verdict import Answer, Verdict
from govmodel.smt.ask import Result, Session

FLIPPED = {Verdict.HOLDS: Verdict.FAILS, Verdict.FAILS: Verdict.HOLDS}


def numbered(name: str, numbers: Sequence[int]) -> dict[str, int]:
    """Values for the constants `name0`, `name1`, …"""
    return {f"{name}{i}": n for i, n in enumerate(numbers)}


def possible(session: Session, example: Mapping[str, int] | None = None) -> Answer:
    """FAILS iff something satisfies the session. A good `example` (values of all that is declared, from a
    closed form) saves the search and never changes the answer."""
    shown = session.at(example) if example is not None else None
    result = session.ask() if shown is None or shown.status == "unsat" else shown
    if result.status == "unknown":
        return Answer(Verdict.UNKNOWN, why=result.why)
    return Answer(Verdict.FAILS if result.status == "sat" else Verdict.HOLDS)


def least_of(
    session: Session,
    term: str,
    most: int,
    guess: int | None = None,
) -> Answer:
    """HOLDS with the least value of a term, by bisection; FAILS where nothing satisfies the session.

    A good `guess` (from a closed form) saves questions and never changes the answer.
    """
    session.add(f"(declare-const least Int)(assert (= least {term}))")
    asked: set[int] = set()

    def say(number: int) -> None:
        if number not in asked:
            asked.add(number)
            session.add(f"(declare-const m{number} Bool)(assert (=> m{number} (<= least {number})))")

    def at_most(number: int) -> Result:
        say(number)
        return session.ask([f"m{number}"])

    if guess is not None and 0 < guess <= most:
        say(guess - 1)  # the next question, in the same text

    low, high = 0, most
    if guess is not None and 0 <= guess <= most:
        high = guess
        result = at_most(guess)
        if result.status == "unsat":
            low, high = guess + 1, most
            result = session.ask()
    else:
        result = session.ask()
    if result.status == "unknown":
        return Answer(Verdict.UNKNOWN, why=result.why)
    if result.status == "unsat":
        return Answer(Verdict.FAILS)
    high = min(high, _least(result, high))
    middle = high - 1 if asked else (low + high) // 2
    while low < high:
        result = at_most(middle)
        if result.status == "unknown":
            return Answer(Verdict.UNKNOWN, why=result.why)
        if result.status == "sat":
            high = _least(result, middle)
        else:
            low = middle + 1
        middle = (low + high) // 2
    return Answer(Verdict.HOLDS, number=high)


def fewest_possible(
    session: Session,
    term: str,
    most: int,
    guess: int | None = None,
) -> Answer:
    """The same the other way round: FAILS, with the least value, iff something satisfies the session."""
    found = least_of(session, term, most, guess)
    return Answer(FLIPPED.get(found.verdict, found.verdict), number=found.number, why=found.why)


def _least(result: Result, at_most: int) -> int:
    """What the term comes to in what was found, where that is told; else no more than this."""
    return int(result.values.get("least", at_most))
