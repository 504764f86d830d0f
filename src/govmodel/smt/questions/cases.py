"""Questions about single cases: whether there is one in which some things are so.

The answer is the most ordinary such case: the most ordinary start day (a working day, if one will do), as few
things so, happening or counted as can be, in declared order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from govmodel.model.expressions import Condition, Not
from govmodel.model.rules import NormRule, Reading
from govmodel.model.verdict import Answer, Case, Verdict
from govmodel.smt.ask import EFFORT, Session, Value
from govmodel.smt.case import CaseTheory
from govmodel.smt.operators import every, some


def grounds_apart(
    theory: CaseTheory, first: NormRule, second: NormRule, reading: Reading, *, effort: int = EFFORT
) -> Answer:
    """FAILS iff a case can be in which the first norm applies and the ground of the second is not there."""
    return some_case(
        theory, [theory.in_force(first, {}), f"(not {_ground(theory, second)})"], reading, effort
    )


def spoken_of(theory: CaseTheory, norm: NormRule, reading: Reading, *, effort: int = EFFORT) -> Answer:
    """FAILS iff no case can be of which the norm speaks: its `when` is never so."""
    when = theory.condition(norm.when, {}) if norm.when is not None else "true"
    return _never(theory, when, reading, effort)


def ever_in_force(
    theory: CaseTheory,
    norm: NormRule,
    reading: Reading,
    *,
    above: Collection[str] | None = None,
    effort: int = EFFORT,
) -> Answer:
    """FAILS iff no case can be in which the norm is in force: it is excepted, or another prevails over it,
    in each of which it speaks. `above`: the names of those to which alone it gives way."""
    return _never(theory, theory.in_force(norm, {}, above), reading, effort)


def _never(theory: CaseTheory, term: str, reading: Reading, effort: int) -> Answer:
    found = some_case(theory, [term], reading, effort)
    flipped = {Verdict.HOLDS: Verdict.FAILS, Verdict.FAILS: Verdict.HOLDS}
    return Answer(flipped.get(found.verdict, found.verdict), witness=found.witness, why=found.why)


def breaks_without(
    theory: CaseTheory, one: NormRule, asked: Condition, other: NormRule, others: Condition, reading: Reading,
    *, effort: int = EFFORT,
) -> Answer:  # fmt: skip
    """FAILS iff a case can be in which `one` applies and what it asks for is not so, while `other` does
    not apply or what it asks for is so: keeping the other does not keep the one."""
    broken = [theory.in_force(one, {}), theory.condition(Not(asked), {})]
    kept = f"(=> {theory.in_force(other, {})} {theory.condition(others, {})})"
    return some_case(theory, [*broken, kept], reading, effort)


def changed(
    theory: CaseTheory,
    before: Collection[str],
    after: Collection[str],
    reading: Reading,
    *,
    outside: Condition | None = None,
    effort: int = EFFORT,
) -> Answer:
    """FAILS iff a case can be (one in which `outside` is not so, where given) that keeps every norm named in
    `before` and breaks one named in `after`. The theory holds both, under different names."""
    terms = [every(f"c{i}" for i in range(len(theory.clauses)))]
    terms.append(every(theory.kept(n) for n in theory.hard if n.name in before))
    terms.append(f"(not {every(theory.kept(n) for n in theory.hard if n.name in after)})")
    if outside is not None:
        terms.append(f"(not {theory.condition(outside, {})})")
    return some_case(theory, terms, reading, effort)


def _ground(theory: CaseTheory, norm: NormRule) -> str:
    """When the norm says that its act is open: its `when` and its agreement, not its `unless`."""
    parts = ["true"]
    if norm.when is not None:
        parts.append(theory.condition(norm.when, {}))
    if norm.unless is not None:
        parts.append(f"(not {theory.condition(norm.unless, {})})")
    if norm.agreed_by is not None:
        parts.append(f"|agreed:{norm.name}|")
    return f"(and {' '.join(parts)})"


def some_case(theory: CaseTheory, terms: list[str], reading: Reading, effort: int) -> Answer:
    """FAILS iff there is a case in which these terms are so; the most ordinary one is the witness."""
    session = Session(theory.declarations(), effort)
    for term in terms:
        session.add(f"(assert {term})")
    chosen = theory.literals_of({**theory.rulebook.base, **reading})
    result = session.ask(chosen)
    if result.status == "unknown":
        return Answer(Verdict.UNKNOWN, why=result.why)
    if result.status == "unsat":
        return Answer(Verdict.HOLDS)
    values = result.values
    for number, term in enumerate(_ordinary(theory)):
        literal = f"z{number}"
        session.add(f"(declare-const {literal} Bool)(assert (=> {literal} {term}))")
        result = session.ask([*chosen, literal])
        if result.status == "unknown":
            return Answer(Verdict.UNKNOWN, why=result.why)
        if result.status == "sat":
            chosen.append(literal)
            values = result.values
    day = theory.shapes[_number(values.get("S"))].first
    return Answer(Verdict.FAILS, witness=Case(theory.situation, theory.body, day, theory.facts(values)))


def _number(value: Value | None) -> int:
    return int(value or 0)


def _ordinary(theory: CaseTheory) -> Iterator[str]:
    """What is so of an ordinary case, one thing after the other."""
    days = theory.days
    yield f"(= S {days.ordinary[0]})"
    yield some(f"(= S {n})" for n in days.ordinary if days.at_work(n))
    for name, kind in theory.kinds.items():
        if kind.kind == "yes-no":
            yield f"(not |{name}|)"
        elif kind.kind == "time":
            yield f"(not |{name}?|)"
            yield f"(= |{name}| 0)"
        elif kind.kind == "one-of":
            yield from (f"(<= |{name}| {n})" for n in range(len(kind.values)))
        else:
            yield f"(= |{name}| 0)"
    for name in theory.agreements:
        yield f"(not |{name}|)"
