"""Two cores change the time and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from govmodel.errors import InputError
from govmodel.study import sidebyside

ROOT = Path(__file__).parents[2]


def test_one_process_and_two_say_the_same_to_the_byte() -> None:
    from cli_help import environment

    said = []
    for workers in ("1", "2"):
        command = [sys.executable, "-m", "govmodel", "check", "models/oscp-2010.yaml", "--format", "json"]
        env = {**environment(), "GOVMODEL_WORKERS": workers}
        said.append(subprocess.run(command, cwd=ROOT, capture_output=True, env=env, check=False).stdout)
    assert said[0] == said[1] != b""


def in_a_process(program: str) -> str:
    """Forking is for processes without threads, and the test runner has some."""
    whole = f"from govmodel.study.sidebyside import both\n{program}"
    done = subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_both_halves_come_back_in_order() -> None:
    assert in_a_process("print(both(lambda: 'first', lambda: 'second', list))") == "('first', 'second')"


def test_what_the_other_process_raises_is_raised_here() -> None:
    program = (
        "def fail(): raise ValueError('no')\n"
        "try: both(fail, lambda: 1, list)\nexcept ValueError as error: print('raised', error)"
    )
    assert in_a_process(program) == "raised no"


def test_for_a_process_that_vanishes_somebody_else_answers() -> None:
    program = (
        "import os, signal\n"
        "print(both(lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: 1, lambda: 'lost'))"
    )
    assert in_a_process(program) == "('lost', 1)"


def test_what_is_raised_here_does_not_wait_for_the_other() -> None:
    """The other process has more to say than a pipe holds, and nobody reads it any more."""
    program = (
        "def fail(): raise ValueError('no')\n"
        "try: both(lambda: 'x' * 10**6, fail, list)\nexcept ValueError as error: print('raised', error)"
    )
    assert in_a_process(program) == "raised no"


def test_problems_travel() -> None:
    """An InputError comes back whole: it is pickled by what it was made of."""
    import pickle

    from govmodel.errors import Mark, Problem

    error = InputError((Problem(Mark("m.yaml", 1, 2), "code", "message", "help"),))
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


@pytest.mark.parametrize("word", ["1"])
def test_one_worker_is_asked_for_by_the_environment(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVMODEL_WORKERS", word)
    assert not sidebyside.possible()
