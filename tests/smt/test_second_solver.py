"""cvc5 says what z3 says, of the text that z3 itself prints: of questions about constitutions drawn from
seeds, and of those that the whole catalogue asks of real ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from govmodel.study import check
from strategies.agreement import judge_meetings, judge_norms
from strategies.compared import COMPARED, SECOND
from strategies.second import Question, recorded, second_opinions

cvc5 = pytest.importorskip("cvc5", reason="no second solver is installed (cvc5): z3 is not held against it")
PARTS, LEAST = 10, 120
"""Parts, and the fewest questions in each: together a thousand and more."""
MODELS = Path(__file__).parents[2] / "models"


def agree(questions: list[Question]) -> None:
    for question in questions:
        status = question.result.status
        assert second_opinions(cvc5, question) == [status, status], question
    COMPARED[SECOND] += len(questions)
    assert {q.result.status for q in questions} == {"sat", "unsat"}


@pytest.mark.parametrize("part", range(PARTS))
def test_on_drawn_constitutions(part: int) -> None:
    first = 50_000 + 100 * part
    with recorded(every=2) as asked:
        judge_meetings(range(first, first + 25))
    with recorded(every=4) as asked_of_norms:
        judge_norms(range(first, first + 10), timed=False)
    with recorded(every=2) as asked_of_days:
        judge_norms(range(first, first + 4), timed=True)
    assert asked
    assert asked_of_norms
    assert asked_of_days
    questions = [*asked, *asked_of_norms, *asked_of_days]
    assert len(questions) >= LEAST
    agree(questions)


@pytest.mark.parametrize("name", ["oscp-2010", "sop-coordination-group-2016"])
def test_on_real_constitutions(name: str) -> None:
    with recorded(every=10) as asked:
        check(str(MODELS / f"{name}.yaml"))
    agree(asked)
