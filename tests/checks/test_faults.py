"""What becomes of a check whose solver gives up, raises or may not work, whose judge says no, whose other
engine fails: it is listed as not decided, and nothing that it did not find out is shown as fine.

Which checks these are is read from what they import, so that a new one is here from its first day.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest
import z3
from test_pages import Example, collected

import govmodel.checks
from govmodel.checks import CATALOGUE, Entry
from govmodel.checks.context import Context
from govmodel.loading import load, load_text
from govmodel.model.finding import CheckResult
from govmodel.model.rules import Rulebook
from govmodel.reading import read
from govmodel.smt.ask import Result, Session
from govmodel.study.checking import run_checks
from govmodel.study.preparing import EFFORT
from strategies.stopping import stop

TESTS = Path(__file__).parents[1]
MODELS = TESTS.parent / "models"
FILES = (
    *sorted((TESTS / "cli" / "models").glob("*.yaml")),
    *sorted((TESTS / "sound").glob("*.yaml")),
    *(MODELS / f"{name}.yaml" for name in ("oscp-2010", "oxfordshire-2016", "sop-coordination-group-2016")),
)
WHY = "the solver was stopped by a test"
PLACES = 4
"""Questions of one check in one model, one of which is left without an answer, at most."""


# which checks reach the solver


@cache
def imported(module: str) -> frozenset[str]:
    """The modules of govmodel that a module names in an import, wherever it stands, but for types only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(inspect.getsource(importlib.import_module(module)))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("govmodel"):
            found.add(str(node.module))
    return frozenset(found)


def through_checks(module: str) -> frozenset[str]:
    """A module of the checks with all others of them that it uses; not `context`, which all use."""
    found, new = {module}, [module]
    while new:
        for other in imported(new.pop()):
            if other.startswith("govmodel.checks.") and other != "govmodel.checks.context":
                if other not in found:
                    new.append(other)
                found.add(other)
    return frozenset(found)


def reaches(check: Entry) -> bool:
    """Whether a function of `smt` is named by the check, or by a function of the checks that it names."""
    todo: list[Any] = [check.load().run]
    seen: set[int] = set()
    while todo:
        function = todo.pop()
        for name in names(function.__code__):
            value = vars(importlib.import_module(function.__module__)).get(name)
            home = str(getattr(value, "__module__", None) or getattr(value, "__name__", ""))
            if home.startswith("govmodel.smt") and not isinstance(value, type):
                return True
            if home.startswith("govmodel.checks") and id(value) not in seen:
                seen.add(id(value))
                inside = vars(value).values() if isinstance(value, type) else (value,)
                todo.extend(part for part in inside if inspect.isfunction(part))
    return False


def names(code: CodeType) -> Iterator[str]:
    """What a function names, with the functions inside it."""
    yield from code.co_names
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from names(part)


REACHING = [pytest.param(check, id=check.id) for check in CATALOGUE if reaches(check)]
EVERY = [pytest.param(check, id=check.id) for check in CATALOGUE]


# the models


@cache
def books() -> tuple[tuple[str, Rulebook], ...]:
    """All that is tried: every example of every page, and models of files."""
    pages = (example for check in CATALOGUE for example in collected(check))
    own = [(example.id, book_of(example)) for example in pages]
    return (*own, *((path.name, read(load(path))) for path in FILES))


@cache
def book_of(example: Example) -> Rulebook:
    return read(load_text(example.text, f"{example.id}.yaml"))


def examples(check: Entry) -> Iterator[tuple[str, Rulebook]]:
    """The examples of a page, and those of other pages in which the check finds something."""
    for entry in CATALOGUE:
        for example in collected(entry):
            if entry == check or check.id in example.claims:
                yield example.id, book_of(example)


def answer(book: Rulebook, check: Entry, effort: int = EFFORT) -> CheckResult:
    """What a check says alone: nothing was asked before by another."""
    return run_checks(Context(book, effort), [check], None)[0]


class Solver:
    """Counts the questions, and leaves one of them (from 1), or all (0), without an answer."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.asked = 0
        self.unknown = 0
        self.silent: int | None = None
        real = Session.ask

        def ask(session: Session, assumptions: Any = ()) -> Result:
            self.asked += 1
            silent = self.silent in (0, self.asked)
            found = Result("unknown", why=WHY) if silent else real(session, assumptions)
            self.unknown += found.status == "unknown"
            return found

        patch.setattr(Session, "ask", ask)

    def over(self, book: Rulebook, check: Entry, silent: int | None) -> CheckResult:
        self.asked, self.unknown, self.silent = 0, 0, silent
        return answer(book, check)


@pytest.fixture
def solver(monkeypatch: pytest.MonkeyPatch) -> Solver:
    return Solver(monkeypatch)


def told(result: CheckResult) -> None:
    """Everything that is not decided has a check, a subject and a reason."""
    for undecided in result.undecided:
        assert undecided.check == result.check
        assert undecided.subject
        assert undecided.why


# the solver


@pytest.mark.parametrize("check", EVERY)
def test_a_check_whose_solver_never_answers_is_not_decided(check: Entry, solver: Solver) -> None:
    reached = 0
    for name, book in books():
        found = solver.over(book, check, 0)
        told(found)
        if solver.asked:
            reached += 1
            assert found.undecided, f"{name}: {check.id} asked {solver.asked} questions, and says nothing"
    assert bool(reached) == reaches(check), (
        "no model here makes it ask" if not reached else "not in the table"
    )


@pytest.mark.parametrize("check", REACHING)
def test_one_question_without_an_answer_is_told_or_was_not_needed(check: Entry, solver: Solver) -> None:
    """The finding may be the same without that answer, as where a proof was only to be made shorter. It may
    not be lost in silence."""
    for name, book in examples(check):
        truth = solver.over(book, check, None)
        step = max(1, solver.asked // PLACES)
        for place in range(1, solver.asked + 1, step):
            found = solver.over(book, check, place)
            told(found)
            assert found.undecided != truth.undecided or found.findings == truth.findings, (name, place)


@pytest.mark.parametrize("check", REACHING)
def test_a_solver_that_raises_is_a_solver_that_does_not_answer(
    check: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = stop(monkeypatch, -1, z3.Z3Exception(b"out of memory"))
    for name, book in examples(check):
        before = len(asked)
        found = answer(book, check)
        assert len(asked) == before or found.undecided, name
        told(found)
    assert asked


@pytest.mark.parametrize("part", ["Context", "SimpleSolver"])
def test_a_solver_that_cannot_be_made_answers_nothing(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise z3.Z3Exception(b"out of memory")

    monkeypatch.setattr(z3, part, fail)
    first = Session("(declare-const a Bool)")
    for session in (first, Session("(assert true)", beside=first)):
        session.add("(declare-const b Bool)")
        found = session.ask(["a"])
        assert (found.status, found.core) == ("unknown", ())
        assert "out of memory" in found.why


@pytest.mark.parametrize("check", REACHING)
def test_without_effort_nothing_is_decided(check: Entry, solver: Solver) -> None:
    """But for what z3 sees while it reads the text: such an answer is as good as any."""
    for name, book in examples(check):
        solver.asked = solver.unknown = 0
        found = answer(book, check, effort=1)
        assert not solver.unknown or found.undecided, name
        told(found)


@pytest.mark.parametrize("check", [p for p in REACHING if p.values[0].family != "norms"])  # type: ignore[union-attr]
def test_a_solver_that_says_no_to_all_is_found_out(check: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is a closed form too, the two disagree wherever there is something to be found."""
    asked: list[str] = []

    def no(_: Session, assumptions: Any = ()) -> Result:
        asked.append("")
        return Result("unsat", core=tuple(assumptions))

    for name, book in examples(check):
        with monkeypatch.context() as patch:
            truth = answer(book, check)
            patch.setattr(Session, "ask", no)
            found = answer(book, check)
        assert found.undecided or found.findings == truth.findings, name
    assert asked


@pytest.mark.parametrize("check", [p for p in REACHING if p.values[0].family != "norms"])  # type: ignore[union-attr]
def test_a_solver_that_says_yes_to_all_is_found_out(check: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def yes(_: Session, assumptions: Any = ()) -> Result:
        asked.append("")
        return Result("sat")

    for name, book in examples(check):
        with monkeypatch.context() as patch:
            truth = answer(book, check)
            patch.setattr(Session, "ask", yes)
            found = answer(book, check)
        assert found.undecided or found.findings == truth.findings, name
    assert asked


# the judge and the other engines


def modules(check: Entry) -> list[ModuleType]:
    return [importlib.import_module(m) for m in sorted(through_checks(f"govmodel.checks.{check.module}"))]


def replaced(
    patch: pytest.MonkeyPatch, check: Entry, of: tuple[str, ...], by: Callable[..., object]
) -> list[str]:
    """Every function of these packages that the modules of a check have taken in is replaced. The list that
    comes back grows with every call."""
    called: list[str] = []

    def instead(name: str) -> Callable[..., object]:
        def call(*_: object, **__: object) -> object:
            called.append(name)
            return by()

        return call

    for module in modules(check):
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__.startswith(of):
                patch.setattr(module, name, instead(name))
    return called


JUDGES = ("govmodel.semantics.replay",)
ENGINES = ("govmodel.exact", "govmodel.graph", "govmodel.smt")


@pytest.mark.parametrize("check", EVERY)
def test_what_the_judge_does_not_confirm_is_not_decided(
    check: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A judge who always says no, and one who always says yes: to one of them, what is found is not so."""
    for name, book in examples(check):
        truth = answer(book, check)
        used, unsure = False, False
        for says in (False, True):
            with monkeypatch.context() as patch:
                called = replaced(patch, check, JUDGES, partial(bool, says))
                found = answer(book, check)
            told(found)
            assert called or found == truth, name
            assert found.undecided or found.findings == truth.findings, name
            used, unsure = used or bool(called), unsure or bool(called and found.undecided)
        assert unsure == used, name


@pytest.mark.parametrize("error", [ValueError("no such cell"), MemoryError(), RecursionError("too deep")])
@pytest.mark.parametrize("check", EVERY)
def test_a_check_whose_engine_fails_is_not_decided(
    check: Entry, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise error.with_traceback(None)  # else it would hold on to all that failed before

    called = replaced(monkeypatch, check, (*ENGINES, *JUDGES), fail)
    for name, book in examples(check):
        before = len(called)
        found = answer(book, check)
        told(found)
        if len(called) == before:
            assert not found.undecided, name
            continue
        (only,) = found.undecided
        assert found.findings == ()
        assert only.subject == "all of it"
        assert "not enough memory" in only.why if isinstance(error, MemoryError) else str(error) in only.why


def test_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Context) -> CheckResult:
        raise ArithmeticError("one\ntwo")

    broken = CATALOGUE[0]
    module = importlib.import_module(f"govmodel.checks.{broken.module}")
    check = module.CHECK
    monkeypatch.setattr(module, "CHECK", type(check)(check.id, check.name, fail))
    book = book_of(collected(CATALOGUE[0])[0])
    first, *others = run_checks(Context(book, EFFORT), CATALOGUE, None)
    assert [u.why for u in first.undecided] == [
        "the check failed (ArithmeticError: one two), which is a defect of govmodel and not of the text"
    ]
    assert [a.check for a in others] == [e.id for e in CATALOGUE[1:]]
    assert any(a.asked for a in others)


def test_to_find_the_defect_the_error_itself_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVMODEL_DEBUG", "1")

    def fail(_: Context, __: object = None) -> None:
        raise ArithmeticError("one")

    monkeypatch.setattr(Context, "rules", fail)
    book = book_of(collected(CATALOGUE[0])[0])
    with pytest.raises(ArithmeticError):
        run_checks(Context(book, EFFORT), [e for e in CATALOGUE if e.id == "GM205"], None)


def test_every_check_is_looked_through() -> None:
    """No module of the checks is out of sight of the table."""
    used = {m for check in CATALOGUE for m in through_checks(f"govmodel.checks.{check.module}")}
    packages = {f"govmodel.checks.{check.family}" for check in CATALOGUE}
    there = {m.name for m in pkgutil.walk_packages(govmodel.checks.__path__, "govmodel.checks.")}
    assert there - packages - {"govmodel.checks.context"} <= used
