"""`kill -9` while a sweep runs: nothing that it said was recorded is lost, nothing is there twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sweep_help import FIRE, GRID, TOWN, counted, environment, grid, kill, start

from govmodel import sweep
from govmodel.report.sweeping import as_csv


def killed(tmp_path: Path, kills: int, cells: int, seed: int) -> None:
    """A sweep that is killed so often, at random moments of its work, ends with the table of one that
    is not."""
    dice = random.Random(seed)
    many = ", ".join(str(n) for n in range(1, cells // 4 + 1))
    path = grid(tmp_path, GRID.replace("[2, 4, 8]", f"[{many}]"))
    store, models = tmp_path / "killed.sqlite", f"{TOWN},{FIRE}"
    told = done = 0
    while done < kills:
        process = start(models, str(path), str(store), str(dice.choice((1, 2))))
        assert process.stdout is not None
        # Its first line says what was there: from then on it works.
        first = process.stdout.readline()
        assert first, process.stderr and process.stderr.read()
        recorded, total = map(int, first.split())
        assert recorded >= told, "what was told to be recorded is there"
        assert total == cells
        if recorded == total:
            raise AssertionError(f"all done after {done} kills")
        left = (total - recorded) / (kills - done)
        said = recorded
        # On the way through what this kill may use up, then a moment anywhere in a cell.
        for _ in range(dice.randint(0, max(0, int(left) - 1))):
            said = int(process.stdout.readline().split()[0])
        time.sleep(dice.random() * 0.05)
        kill(process)
        rest = [line for line in process.stdout.read().splitlines() if line.endswith(f" {total}")]
        told = int(rest[-1].split()[0]) if rest else said
        assert counted(store)[0] >= told
        done += 1
    models_list = [TOWN, FIRE]
    table = as_csv(sweep(models_list, path, store))
    assert table == as_csv(sweep(models_list, path, tmp_path / "whole.sqlite"))
    assert counted(store) == (cells, counted(tmp_path / "whole.sqlite")[1])


def test_a_few_kills(tmp_path: Path) -> None:
    killed(tmp_path, kills=3, cells=32, seed=1)


@pytest.mark.parametrize("wait", [0.0, 0.3])
def test_ctrl_c_says_how_to_go_on(tmp_path: Path, wait: float) -> None:
    """It reaches the workers too, as on a terminal, at any moment: here while they are still importing."""
    path = grid(tmp_path, GRID.replace("[2, 4, 8]", f"[{', '.join(map(str, range(1, 200)))}]"))
    store = tmp_path / "s.sqlite"
    sweeping = subprocess.Popen(
        [sys.executable, "-m", "govmodel", "sweep", str(TOWN), "--grid", str(path), "--store", str(store),
         "--workers", "2"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(), start_new_session=True,
    )  # fmt: skip
    while not store.exists() and sweeping.poll() is None:
        time.sleep(0.01)
    time.sleep(wait)
    os.killpg(sweeping.pid, signal.SIGINT)
    out, err = sweeping.communicate(timeout=60)
    assert (sweeping.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert err.startswith("stopped")
    if wait:
        there = counted(store)[0]
        assert f"stopped; {there} of 398 cells are recorded in {store} and stay there: the same" in err


@pytest.mark.slow
def test_forty_kills(tmp_path: Path) -> None:
    killed(tmp_path, kills=40, cells=320, seed=2)
