"""Ctrl-C ends a run, whenever it comes, and says no more than that."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time

import pytest
from cli_help import OXFORD, TOWN, environment

BEGINS = "import os, signal, sys\nfrom govmodel.cli import main\n"
COMPARES = "sys.argv = ['govmodel', 'compare', {model!r}]\nmain()\n"

IN_CLEARING = """
import govmodel.study.comparing as comparing
from threading import Timer
class Cleared:
    def __del__(self):
        while True: pass
def work(*_, **__):
    Timer(0.01, os.kill, (os.getpid(), signal.SIGINT)).start()
    for _ in range(20): Cleared()
    while True: pass
comparing.compare = work
"""

IN_A_SEARCH = """
import govmodel.study.comparing as comparing
from threading import Timer
from govmodel.smt.ask import Session
HOLES = range(8)
def work(*_, **__):
    names = [[f"p{pigeon}-{hole}" for hole in HOLES] for pigeon in (*HOLES, "last")]
    text = [f"(declare-const {name} Bool)" for row in names for name in row]
    text += [f"(assert (or {' '.join(row)}))" for row in names]
    text += [f"(assert (not (and {one[hole]} {other[hole]})))"
             for hole in HOLES for n, one in enumerate(names) for other in names[:n]]
    session = Session("".join(text), effort=20_000_000)
    Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
    print(session.ask())
    while True: pass
comparing.compare = work
"""


IN_A_LIBRARY = """
import govmodel.study.comparing as comparing
def work(*_, **__):
    try:
        os.kill(os.getpid(), signal.SIGINT)
        while True: pass
    except: raise ImportError("a library that makes another error of it")
comparing.compare = work
"""


@pytest.mark.parametrize(
    "meanwhile",
    [IN_CLEARING, IN_A_SEARCH, IN_A_LIBRARY],
    ids=["in clearing away", "in a search", "in a library"],
)
def test_it_is_heard_where_python_or_the_solver_would_drop_it(meanwhile: str) -> None:
    program = BEGINS + meanwhile + COMPARES.format(model=TOWN)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment(), timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "stopped.")


WHILE_ANOTHER_READS = """
import govmodel.study.preparing as preparing
def reads(*_):
    while True: pass
def imports(*_):
    os.kill(os.getpid(), signal.SIGINT)
    while True: pass
preparing.prepare, preparing._import = reads, imports
"""


def test_whoever_reads_models_beside_it_ends_too() -> None:
    """What that one would print on is closed with it: were it still there, nobody would come to the end."""
    checks = f"sys.argv = ['govmodel', 'check', {OXFORD!r}, {OXFORD!r}]\nmain()\n"
    done = subprocess.run(
        [sys.executable, "-c", BEGINS + WHILE_ANOTHER_READS + checks], capture_output=True, text=True,
        env={**environment(), "GOVMODEL_WORKERS": "2"}, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "stopped.")


def interrupted(wait: float) -> bool:
    """Whether a comparison that is interrupted after so many seconds had not ended before. It says that it
    has begun, since Python itself prints a traceback until then."""
    program = f"{BEGINS}print('begun', flush=True)\n{COMPARES.format(model=OXFORD)}"
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(),
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(wait)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    if process.returncode == 0:
        return False
    assert (process.returncode, out, err.strip()) == (130, "", "stopped."), wait
    return True


def test_at_some_moments() -> None:
    assert interrupted(0.05)
    assert interrupted(0.3)


@pytest.mark.slow
def test_at_two_hundred_moments() -> None:
    dice = random.Random(1)
    assert sum(interrupted(dice.uniform(0.01, 1.5)) for _ in range(200)) > 100
