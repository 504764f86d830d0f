"""More cores change the time and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import pytest

from govmodel.errors import InputError
from govmodel.loading import load
from govmodel.reading import read
from govmodel.study import preparing, sidebyside

ROOT = Path(__file__).parents[2]


TOWN, OXFORD = "tests/cli/models/town-board.yaml", "models/oxfordshire-2016.yaml"


def test_any_number_of_processes_says_the_same_to_the_byte() -> None:
    from cli_help import environment

    said = []
    for workers in ("1", "2", "3"):
        command = [
            sys.executable,
            "-m",
            "govmodel",
            "check",
            TOWN,
            "missing.yaml",
            OXFORD,
            "--format",
            "json",
        ]
        env = {**environment(), "GOVMODEL_WORKERS": workers}
        said.append(subprocess.run(command, cwd=ROOT, capture_output=True, env=env, check=False))
    assert {(done.stdout, done.stderr, done.returncode) for done in said} == {
        (said[0].stdout, said[0].stderr, 2)
    }
    told = json.loads(said[0].stdout)
    assert [model["path"] for model in told["models"]] == [TOWN, OXFORD]


def in_a_process(program: str) -> str:
    """Forking is for processes without threads, and the test runner has some."""
    whole = f"import os, signal\nfrom govmodel.study.sidebyside import share\n{program}"
    done = subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


@pytest.mark.parametrize("workers", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("queues", [[], [[]], [["a"]], [["a", "b"], [], ["c"], ["d", "e", "f"]]])
def test_every_task_is_done_once_and_answers_come_back_in_order(
    queues: list[list[str]], workers: int, tmp_path: Path
) -> None:
    program = (
        f"def work(task):\n"
        f"    with open({str(tmp_path / 'done')!r}, 'a') as log: log.write(task)\n"
        f"    return task.upper()\n"
        f"print(share({queues!r}, work, str.lower, {workers}))"
    )
    assert in_a_process(program) == repr([[task.upper() for task in queue] for queue in queues])
    done = (tmp_path / "done").read_text() if any(queues) else ""
    assert sorted(done) == sorted(task for queue in queues for task in queue)


@pytest.mark.parametrize("workers", range(1, 9))
@pytest.mark.parametrize("queues", [1, 2, 5, 24])
def test_every_worker_comes_by_every_queue(queues: int, workers: int) -> None:
    for number in range(workers):
        assert sorted(sidebyside._way(queues, number, workers)) == list(range(queues))


def test_two_begin_at_the_ends() -> None:
    assert sidebyside._way(4, 0, 2) == [0, 1, 2, 3]
    assert sidebyside._way(4, 1, 2) == [3, 2, 1, 0]


WAITING = """
parent = os.getpid()
def work(task):
    # The other process is the first to have a task, and this one goes on when it is through with that.
    if os.getpid() != parent:
        {then}
        return 'other'
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    return 'own'
"""


def test_a_task_of_a_process_that_vanishes_is_lost_and_no_other() -> None:
    program = WAITING.format(then="os.kill(os.getpid(), signal.SIGKILL)")
    said = in_a_process(f"{program}print(share([list('abc')], work, lambda task: 'lost', 2))")
    assert sorted(said.strip("[]").split(", ")) == ["'lost'", "'own'", "'own'"]


def test_what_the_other_process_raises_is_raised_here() -> None:
    program = WAITING.format(then="raise ValueError('no')")
    call = "try: share([['a', 'b']], work, str, 2)\nexcept ValueError as error: print('raised', error)"
    assert in_a_process(program + call) == "raised no"


def test_what_is_raised_here_does_not_wait_for_the_other() -> None:
    """The other process would never end, and has more to say than a pipe holds."""
    program = (
        "import time\nparent = os.getpid()\n"
        "def work(task):\n"
        "    if os.getpid() == parent: raise ValueError('no')\n"
        "    time.sleep(3600)\n"
        "try: share([['a'], ['b']], work, str, 2)\nexcept ValueError as error: print('raised', error)"
    )
    assert in_a_process(program) == "raised no"


def test_answers_larger_than_a_pipe_come_back() -> None:
    assert in_a_process(
        "print(sum(map(len, share([[1, 2], [3, 4]], lambda n: 'x' * 10**6, str, 2)[0])))"
    ) == ("2000000")


def test_where_nothing_can_be_forked_one_process_does_it() -> None:
    program = "def fork(): raise BlockingIOError(11, 'no more')\nos.fork = fork\n"
    assert in_a_process(f"{program}print(share([['a'], ['b']], str.upper, str, 4))") == "[['A'], ['B']]"


def test_problems_travel() -> None:
    """An InputError comes back whole: it is pickled by what it was made of."""
    import pickle

    from govmodel.errors import Mark, Problem

    error = InputError((Problem(Mark("m.yaml", 1, 2), "code", "message", "help"),))
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_the_environment_says_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for said, wanted in (("1", 1), ("3", 3), ("1000", sidebyside.MOST)):
        monkeypatch.setenv("GOVMODEL_WORKERS", said)
        assert sidebyside.possible() == wanted
    for word in ("0", "-1", "two", "1.5", "²"):
        monkeypatch.setenv("GOVMODEL_WORKERS", word)
        with pytest.raises(InputError, match="a number of processes is expected"):
            sidebyside.possible()


LARGE = [f"models/{name}.yaml" for name in ("bcp-csp-2021", "oscp-2010", "sop-coordination-group-2016")]


def reading(models: list[str], workers: int, then: str, log: Path) -> tuple[int, str, str]:
    """Exit code, output and errors of a quick check. Each process notes what it reads and does `then`."""
    from cli_help import environment

    program = (
        "import contextlib, os, signal, sys, time\n"
        "from govmodel.cli import main\n"
        "from govmodel.study import preparing\n"
        "parent, real = os.getpid(), preparing.prepare\n"
        "def prepare(model, *more):\n"
        f"    log = {str(log)!r}\n"
        "    with open(log, 'a') as said: said.write(f'{os.getpid() == parent} {model}\\n')\n"
        f"    {then}\n"
        "    return real(model, *more)\n"
        "preparing.prepare = prepare\n"
        f"sys.argv = ['govmodel', 'check', *{models!r}, '--select', 'GM208', '--format', 'json']\n"
        "main()"
    )
    env = {**environment(), "GOVMODEL_WORKERS": str(workers)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, env=env, text=True, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


WAIT = (
    "with contextlib.suppress(ChildProcessError):\n"
    "        if os.getpid() == parent: os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)"
)
"""Until the other process has ended."""
MEET = "while os.getpid() == parent and 'False' not in open(log).read(): time.sleep(0.01)"
"""Until the other process has begun to read."""


def test_files_are_read_side_by_side_and_what_is_wrong_is_told_in_turn(tmp_path: Path) -> None:
    models = LARGE.copy()
    for number in range(2):
        broken = tmp_path / f"broken-{number}.yaml"
        broken.write_text(f"{(ROOT / OXFORD).read_text('utf-8')}\nfolly-{number}: 1\nnonsense: 2\n", "utf-8")
        models.insert(2 * number, str(broken))
    one, two = tmp_path / "one", tmp_path / "two"
    alone = reading(models, 1, "pass", one)
    assert one.read_text().splitlines() == [f"True {model}" for model in models]
    assert alone[0] == 2
    faults = [line for line in alone[2].splitlines() if "error:" in line]
    told = [Path(line.partition(":")[0]).stem for line in faults]
    assert (list(dict.fromkeys(told)), told) == (["broken-0", "broken-1"], sorted(told))
    assert [model["path"] for model in json.loads(alone[1])["models"]] == LARGE
    assert reading(models, 2, MEET, two) == alone
    read_by = [line.split() for line in two.read_text().splitlines()]
    assert sorted(model for _, model in read_by) == sorted(models)
    assert {who for who, _ in read_by} == {"True", "False"}
    assert LARGE[0] in (read_by[0][1], read_by[1][1])  # the largest first


def test_what_a_process_read_that_the_system_ends_is_read_again(tmp_path: Path) -> None:
    alone = reading(LARGE, 1, "pass", tmp_path / "one")
    then = f"{WAIT}\n    if os.getpid() != parent: os.kill(os.getpid(), signal.SIGKILL)"
    assert reading(LARGE, 2, then, tmp_path / "two") == alone
    read_by = [line.split() for line in (tmp_path / "two").read_text().splitlines()]
    assert sorted(model for who, model in read_by if who == "True") == sorted(LARGE)
    assert [who for who, _ in read_by].count("False") == 1


def test_small_files_and_pipes_are_read_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared: list[list[int]] = []

    def share(queues: list[list[int]], *_: object, meanwhile: Callable[[], None]) -> list[list[int]]:
        shared.extend(queues)
        meanwhile()
        return [[0] * len(queue) for queue in queues]

    monkeypatch.setenv("GOVMODEL_WORKERS", "2")
    monkeypatch.setattr(sidebyside, "share", share)
    monkeypatch.setattr(preparing, "prepare", lambda *_: 1)
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(ROOT)

    def answers(models: list[str], workers: int) -> list[object]:
        return [*preparing.prepare_each(models, preparing.Wanted(), True, workers)]

    for models in ([TOWN, OXFORD], [*LARGE, str(tmp_path / "pipe")], [*LARGE, "no\0file"]):
        assert answers(models, 2) == [1] * len(models)
    assert answers(LARGE, 1) == [1, 1, 1]
    assert not shared
    assert answers([TOWN, *reversed(LARGE)], 2) == [0] * 4
    assert answers(LARGE[:1], 2) == [0]  # another reads it while this process imports the checks
    assert shared == [[3, 2, 1, 0], [0]]


def test_every_check_of_every_model_is_in_one_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of a family to which nobody gave a place among the others."""
    from govmodel.study import checking

    monkeypatch.setattr(checking, "SHARED", ("norms", "decisions"))
    entries = preparing.pick((), ())
    models = [
        preparing.Prepared(read(load(str(ROOT / path))), entries, {}, preparing.EFFORT, 20)
        for path in (TOWN, OXFORD, TOWN)
    ]
    queues = checking._queues(models)
    asked = [(task.model, task.entry.id) for queue in queues for task in queue]
    assert sorted(asked) == sorted((n, entry.id) for n in range(3) for entry in entries)
    assert all(len({(task.model, task.entry.family) for task in queue}) == 1 for queue in queues)
    order = [checking.DEAREST.index(id) if id in checking.DEAREST else 99 for _, id in asked]
    sizes = [len(queue) for queue in queues]
    for end, size in zip(accumulate(sizes), sizes, strict=True):
        assert order[end - size : end] == sorted(order[end - size : end])
    assert {*checking.DEAREST} <= {entry.id for entry in entries}
