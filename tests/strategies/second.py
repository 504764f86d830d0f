"""A second solver, asked what z3 was asked in the text that z3 itself prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from govmodel.smt.ask import Result, Session, Value


@dataclass(frozen=True, slots=True)
class Question:
    """What z3 holds and was asked, as it prints it, and what it answered."""

    text: str
    assumptions: tuple[str, ...]
    result: Result


@contextmanager
def recorded(every: int) -> Iterator[list[Question]]:
    """Each so-manieth question that is put to z3 meanwhile and that it answers."""
    asked: list[Question] = []
    count = 0

    def ask(session: Session, assumptions: Sequence[str] = ()) -> Result:
        nonlocal count
        result = original(session, assumptions)
        if result.status != "unknown":
            count += 1
            if count % every == 0:
                asked.append(Question(session._solver.sexpr(), tuple(assumptions), result))
        return result

    original = Session.ask
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "ask", ask)
        yield asked


def second_opinions(cvc5: Any, question: Question) -> list[str]:
    """What the second solver says of the question as it was asked; of z3's values, or of the assumptions
    that z3 needed."""
    terms = [[_literal(name) for name in question.assumptions]]
    if question.result.status == "unsat":
        terms.append([_literal(name) for name in question.result.core])
    else:
        terms.append([*terms[0], *_equal(question.result.values)])
    text = ["(set-logic ALL)(set-option :incremental true)", question.text, *_unprinted(question)]
    for asserted in terms:
        text.append(f"(push 1){''.join(f'(assert {term})' for term in asserted)}(check-sat)(pop 1)")
    return _answers(cvc5, "\n".join(text))


def _unprinted(question: Question) -> Iterator[str]:
    """Declarations of names in the question that nothing asserted speaks of: z3 prints none of those."""
    printed = {name.strip("|") for name in re.findall(r"\(declare-fun (\|[^|]*\||\S+) ", question.text)}
    flags = {name.removeprefix("-") for name in question.assumptions}
    flags |= {name for name, value in question.result.values.items() if isinstance(value, bool)}
    for name in sorted((flags | question.result.values.keys()) - printed):
        yield f"(declare-const |{name}| {'Bool' if name in flags else 'Int'})"


def _literal(name: str) -> str:
    return f"(not |{name[1:]}|)" if name.startswith("-") else f"|{name}|"


def _equal(values: Mapping[str, Value]) -> Iterator[str]:
    for name, value in values.items():
        number = str(value).lower() if isinstance(value, bool) or value >= 0 else f"(- {-value})"
        yield f"(= |{name}| {number})"


def _answers(cvc5: Any, text: str) -> list[str]:
    solver = cvc5.Solver(cvc5.TermManager())
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "z3")
    symbols, said = parser.getSymbolManager(), ""
    while not (command := parser.nextCommand()).isNull():
        said += command.invoke(solver, symbols)
    return said.split()
