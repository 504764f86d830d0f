"""The one place that talks to the solver."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import z3

from govmodel.smt.ask import Numbers, Result, Session, shrink
from strategies.stopping import stop

PIGEONS = "(declare-const a Bool)(declare-const b Bool)(declare-const c Bool)(declare-const n Int)"


def test_three_answers() -> None:
    session = Session(PIGEONS + "(assert (=> a (> n 3)))(assert (=> b (< n 2)))")
    assert session.ask(["a"]).status == "sat"
    found = session.ask(["a", "-c"])
    assert (found.values["c"], found.values["a"]) == (False, True)
    assert isinstance(found.values["n"], int)
    assert found.values["n"] > 3
    none = session.ask(["c", "a", "b"])
    assert none.status == "unsat"
    assert set(none.core) == {"a", "b"}
    assert session.ask(["-a", "b"]).status == "sat"


def test_a_result_is_no_bool() -> None:
    with pytest.raises(TypeError, match="three values"):
        bool(Result("unsat"))


@pytest.mark.parametrize(
    "text", ["", "(declare-const a Bool)(assert a)(assert (not a))", "(declare-const a Bool)"]
)
def test_without_effort_nothing_is_known(text: str) -> None:
    found = Session(text, 1).ask()
    assert (found.status, dict(found.values), found.core) == ("unknown", {}, ())
    assert found.why


def test_text_that_the_solver_refuses_makes_every_answer_unknown() -> None:
    session = Session("(declare-const a Bool)(assert (and a")
    assert session.ask().status == "unknown"
    session = Session("(declare-const a Bool)")
    session.add("(declare-const a Bool)")
    assert session.ask(["a"]).status == "unknown"


def test_a_solver_that_raises_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session("(declare-const a Bool)(assert a)")
    assert session.ask().status == "sat"
    stop(monkeypatch, 0, z3.Z3Exception(b"out of memory"))
    found = session.ask()
    assert (found.status, dict(found.values), found.core) == ("unknown", {}, ())
    assert "out of memory" in found.why


def test_a_core_is_made_minimal_and_later_ones_go_first() -> None:
    session = Session(PIGEONS + "(assert (not (and a b)))(assert (not (and b c)))(assert (not (and a c)))")
    assert shrink(session, ["a", "b", "c"], []) == ("a", "b")
    assert shrink(session, ["b", "c"], ["a"]) == ("b",)


def test_a_core_that_cannot_be_made_minimal_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(PIGEONS + "(assert (not (and a b)))")
    stop(monkeypatch, 1)
    assert shrink(session, ["a", "b", "c"], []) is None


SUM = "(declare-const m Int)(declare-const n Int)(assert (< m n))(assert (= (+ m n) 7))"


@pytest.mark.parametrize("beside", [Numbers, lambda: None], ids=["one of many", "alone"])
def test_an_example_is_reckoned_out(beside: Callable[[], Numbers | None]) -> None:
    session = Session(SUM, beside=beside())
    assert session.at({"m": 3}) is None
    assert session.at({"m": 3, "n": 4, "of-another": 0}) == Result("sat")
    assert session.at({"m": 4, "n": 3}) == session.at({"m": 3, "n": 5}) == Result("unsat")
    session.add("(assert (> m 3))")
    assert session.at({"m": 3, "n": 4}) == Result("unsat")
    assert session.ask().status == "unsat"


def test_what_is_left_open_is_neither_true_nor_false() -> None:
    text = "(assert (exists ((n Int)) (= (* n n) (+ n 7))))"
    assert Session(text, beside=Numbers(), closed=True).ask().status == "unknown"


def test_an_example_needs_effort_and_a_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers, example = Numbers(), {"m": 3, "n": 4}
    little = Session(SUM, 1, beside=numbers).at(example)
    stop(monkeypatch, 1, z3.Z3Exception(b"out of memory"))
    session = Session(SUM, beside=numbers)
    assert session.at(example) == Result("sat")
    for found in (little, session.at(example), session.ask()):
        assert found is not None
        assert found.status == "unknown"
        assert found.why
