"""Questions about two norms, or a norm and what is left of it: whether the one says more than the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govmodel.model.expressions import Condition, Not
from govmodel.model.rules import NormRule, Reading
from govmodel.model.verdict import Answer, Conflict, Verdict
from govmodel.smt.ask import EFFORT, Session, shrink
from govmodel.smt.case import CaseTheory
from govmodel.smt.operators import every, some
from govmodel.smt.questions.cases import some_case


class _Unknown(Exception):
    pass


class _Asking:
    """One theory, asked about terms. What cannot be decided makes the whole answer unknown."""

    def __init__(self, theory: CaseTheory, effort: int) -> None:
        self.session = Session(theory.declarations(), effort)
        self.number = 0

    def literal(self, *terms: str) -> str:
        """A name under which these terms are assumed."""
        self.number += 1
        name = f"t{self.number}"
        self.session.add(f"(declare-const {name} Bool)(assert (=> {name} {every(terms)}))")
        return name

    def possible(self, assumed: Sequence[str], *terms: str) -> bool:
        """Whether there is a case in which these terms are so."""
        result = self.session.ask([*assumed, self.literal(*terms)])
        if result.status == "unknown":
            raise _Unknown(result.why)
        return result.status == "sat"


def subsumed(
    theory: CaseTheory,
    norm: NormRule,
    asked: Condition,
    other: NormRule,
    others: Condition,
    reading: Reading,
    *,
    effort: int = EFFORT,
) -> Answer:
    """FAILS iff `other` is in force whenever `norm` is, can then be kept, and whoever keeps it does what
    `norm` asks for, while there is a case in which `norm` is kept and `other` is not: the witness."""
    asking = _Asking(theory, effort)
    fixed = theory.literals_of({**theory.rulebook.base, **reading})
    one, two = theory.in_force(norm, {}), theory.in_force(other, {})
    done, more = theory.condition(asked, {}), theory.condition(others, {})
    try:
        if not asking.possible(fixed, one, more):
            return Answer(Verdict.HOLDS)
        if asking.possible(fixed, one, f"(not {two})"):
            return Answer(Verdict.HOLDS)
        if asking.possible(fixed, one, more, theory.condition(Not(asked), {})):
            return Answer(Verdict.HOLDS)
    except _Unknown as error:
        return Answer(Verdict.UNKNOWN, why=str(error))
    kept = [two, f"(=> {one} {done})", theory.condition(Not(others), {})]
    found = some_case(theory, [one, *kept], reading, effort)
    return found if found.verdict is not Verdict.HOLDS else some_case(theory, kept, reading, effort)


def idle(
    theory: CaseTheory,
    norms: Sequence[NormRule],
    left: Mapping[int, NormRule],
    *,
    effort: int = EFFORT,
) -> Answer:
    """FAILS iff in every reading in which these norms stand the lawful cases are the same whether the norms
    are as they are or as in `left` (by `id`), there are lawful cases in which they are in force, and in the
    base reading the rest does not only say the same again. `conflict.clauses`: fewest clauses by which that
    is so, beside those of the norms themselves."""
    asking = _Asking(theory, effort)
    own = {c for n in norms for c in n.clauses}
    always = [theory.clause_literal(c) for c in theory.clauses if c in own]
    others = [theory.clause_literal(c) for c in theory.clauses if c not in own]
    rest = every(theory.kept(n) for n in theory.hard if not any(n is o for o in norms))
    before = every(theory.kept(n) for n in norms)
    after = every(theory.kept(left[id(n)]) for n in norms)
    stands = some(theory.gate(n.gate) for n in norms)
    used = some(f"(and {theory.gate(n.gate)} {theory.in_force(n, {})})" for n in norms)
    whole = [*always, *others]
    try:
        if asking.possible(whole, rest, stands, f"(not (= {before} {after}))"):
            return Answer(Verdict.HOLDS)
        if not asking.possible(whole, rest, before, used):
            return Answer(Verdict.HOLDS)
        differs = asking.literal(rest, stands, f"(not (= {before} {after}))")
        needed = shrink(asking.session, others, [*always, differs])
        if needed is None:
            raise _Unknown("the solver gave up while clauses were made fewest")
        clauses = [c for c in theory.clauses if theory.clause_literal(c) in needed]
        if clauses:
            only = [c if c in needed else f"-{c}" for c in others]
            say = [n for n in theory.hard if set(n.clauses) & set(clauses)]
            broken = f"(not {every(theory.kept(n) for n in say)})"
            base = theory.literals_of(theory.rulebook.base)
            if not asking.possible([*always, *only, *base], stands, before, broken):
                return Answer(Verdict.HOLDS)
    except _Unknown as error:
        return Answer(Verdict.UNKNOWN, why=str(error))
    names = tuple(n.name for n in theory.hard if set(n.clauses) & set(clauses))
    return Answer(Verdict.FAILS, conflict=Conflict(tuple(clauses), names, {}, {}))
