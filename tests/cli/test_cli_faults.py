"""What a user sees when the solver gives up, or a part of govmodel fails: no traceback, a list of what is not
decided, exit code 3 unless something worse is known."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from typing import Any

import pytest
from cli_help import FIRE, NOISE, SAFEGUARDING, TOWN, environment, main

from govmodel.checks import CATALOGUE, entry
from govmodel.checks.context import Context
from govmodel.model.finding import CheckResult
from govmodel.smt.ask import Result, Session

MODELS = (TOWN, SAFEGUARDING, FIRE)
DECIDED = "Every question that was asked was decided."


class Silence:
    """The solver says nothing after so many answers; and who asked it then."""

    def __init__(self, patch: pytest.MonkeyPatch, after: int = 0) -> None:
        self.asked = 0
        real = Session.ask

        def ask(session: Session, assumptions: Any = ()) -> Result:
            self.asked += 1
            if self.asked > after:
                return Result("unknown", why="the solver was stopped by a test")
            return real(session, assumptions)

        patch.setattr(Session, "ask", ask)


def asking(model: str) -> set[str]:
    """The checks that ask the solver about a model, each alone."""
    found = set()
    for check in CATALOGUE:
        with pytest.MonkeyPatch.context() as patch:
            silence = Silence(patch)
            main("check", model, "--select", check.id)
        if silence.asked:
            found.add(check.id)
    return found


@pytest.mark.parametrize("model", MODELS)
def test_every_check_without_an_answer_is_listed(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asking(model)
    assert asked
    Silence(monkeypatch)
    select = ",".join(sorted(asked))
    told = json.loads(main("check", model, "--select", select, "--format", "json").clean().out)
    (only,) = told["models"]
    assert {line["check"] for line in only["undecided"]} == asked
    for format_ in ("text", "markdown"):
        done = main("check", model, "--select", select, "--fail-on", "never", "--format", format_).clean()
        assert done.code == 3
        assert DECIDED not in done.out
        after = done.out.split("Not decided", 1)[1]
        assert all(check in after for check in asked)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("fail_on", ["error", "warning", "note", "never"])
def test_only_what_is_worse_hides_the_exit_code(
    model: str, fail_on: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Silence(monkeypatch)
    told = main("check", model, "--format", "json", "--fail-on", fail_on).clean()
    levels = {finding["level"] for finding in json.loads(told.out)["models"][0]["findings"]}
    failing = {"error": {"error"}, "warning": {"error", "warning"}, "note": levels, "never": set()}[fail_on]
    assert told.code == (1 if levels & failing else 3)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ZeroDivisionError("division by zero"), "is a defect of govmodel"),
        (MemoryError(), "there was not enough memory"),
        (RecursionError("maximum recursion depth exceeded"), "is a defect of govmodel"),
        (KeyError("chair"), "is a defect of govmodel"),
    ],
)
def test_a_check_that_fails_stops_no_other(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = main("check", TOWN, "--format", "json").clean()
    broken = entry("GM202")
    assert broken is not None
    module = importlib.import_module(f"govmodel.checks.{broken.module}")

    def fail(_: Context) -> CheckResult:
        raise error

    monkeypatch.setattr(module, "CHECK", type(module.CHECK)(broken.id, broken.name, fail))
    done = main("check", TOWN, "--format", "json", "--fail-on", "never")
    assert (done.code, done.err) == (3, "")
    before, after = (json.loads(text)["models"][0] for text in (whole.out, done.out))
    assert after["findings"] == [f for f in before["findings"] if f["check"] != "GM202"]
    (told,) = [line for line in after["undecided"] if line["check"] == "GM202"]
    assert told["subject"] == "all of it"
    assert words in told["why"]
    assert "Traceback" not in main("check", TOWN).out


def test_what_a_process_did_that_the_system_ends_is_not_decided() -> None:
    """As it does where memory runs out. The other process ends at the first check that it takes, which this
    one waits for; what it took is not decided, and all else is told."""
    program = (
        "import os, signal, sys\n"
        "from govmodel.cli import main\n"
        "from govmodel.study import checking\n"
        "parent, real = os.getpid(), checking.run_checks\n"
        "def run_checks(*given):\n"
        "    if os.getpid() != parent: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)\n"
        "    return real(*given)\n"
        "checking.run_checks = run_checks\n"
        f"sys.argv = ['govmodel', 'check', {TOWN!r}, '--fail-on', 'never', '--format', 'json']\n"
        "main()"
    )
    env = {**environment(), "GOVMODEL_WORKERS": "2"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=env)
    assert (done.returncode, done.stderr) == (3, "")
    told = json.loads(done.stdout)["models"][0]
    (lost,) = told["undecided"]
    assert "ended without an answer" in lost["why"]
    whole = json.loads(main("check", TOWN, "--format", "json").clean().out)["models"][0]
    assert told["findings"] == [f for f in whole["findings"] if f["check"] != lost["check"]]


# repair

PAGE = entry("GM104")


@pytest.fixture
def narrowed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The first example of the page on narrowed permissions."""
    assert PAGE is not None
    file = tmp_path_factory.mktemp("faults") / "narrowed.yaml"
    file.write_text(PAGE.page().split("```yaml\n")[1].split("```")[0], "utf-8")
    return str(file)


def test_repair_offers_nothing_that_it_cannot_check(narrowed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.MonkeyPatch.context() as patch:
        counted = Silence(patch, 10**9)
        main("check", narrowed).clean()
        asked = counted.asked
        offered = main("repair", narrowed)
    assert "1 of 2 findings have a repair" in offered.clean().out
    Silence(monkeypatch, asked)
    done = main("repair", narrowed).clean()
    assert done.code == 1
    assert "0 of 2 findings have a repair" in done.out
    assert "not decided" in done.out
    assert "Gone with it" not in done.out


def test_repair_without_a_solver_says_what_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    Silence(monkeypatch)
    done = main("repair", TOWN).clean()
    assert done.code in (1, 3)
    assert "Not decided before any edit" in done.out
    assert "Nothing new comes with it." not in done.out


def test_an_edit_that_cannot_be_made_is_no_repair(narrowed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    for name in ("applied", "edits"):
        with monkeypatch.context() as patch:
            patch.setattr(importlib.import_module("govmodel.study.repairing"), name, fail)
            done = main("repair", narrowed)
        assert done.code == 1
        assert "which is a defect of govmodel" in " ".join(done.out.split())
        assert "Gone with it" not in done.out
        assert not NOISE.search(done.err)
