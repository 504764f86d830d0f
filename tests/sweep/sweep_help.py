"""A small model and grid for the tests of sweeps."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOWN = ROOT / "tests" / "cli" / "models" / "town-board.yaml"
FIRE = ROOT / "tests" / "cli" / "models" / "fire-board.yaml"
PLAIN = ROOT / "scenarios" / "plain.yaml"

GRID = f"""\
govmodel: "1"
grid: test
about: a grid for tests
scenarios: [{PLAIN}]
vary:
  attendance: {{default: [0.6, 0.8]}}
  items: {{per_meeting: [2, 4, 8]}}
years: 1
replications: 20
seed: 1
"""


def grid(tmp_path: Path, text: str = GRID) -> Path:
    path = tmp_path / "grid.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def environment() -> dict[str, str]:
    paths = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": paths}


def start(*words: str, limit: int | None = None) -> subprocess.Popen[str]:
    """A sweep as a process of its own, which tells every cell that it says is recorded. `limit`: the most
    bytes that it can write into any file."""
    program = (
        "import sys, resource, govmodel\n"
        f"limit = {limit!r}\n"
        "if limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\n"
        "tell = lambda done, total: print(done, total, flush=True)\n"
        "models, grid, store, workers = sys.argv[1].split(','), *sys.argv[2:4], int(sys.argv[4])\n"
        "if __name__ == '__main__':\n"
        "    try:\n"
        "        govmodel.sweep(models, grid, store, workers=workers, progress=tell)\n"
        "    except Exception as error:\n"
        "        print(type(error).__name__, error, file=sys.stderr)\n"
        "        sys.exit(2)\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program, *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(), start_new_session=True,
    )  # fmt: skip


def kill(process: subprocess.Popen[str]) -> None:
    """-9, to it alone: what becomes of its workers is its own affair."""
    process.send_signal(signal.SIGKILL)
    process.wait(10)


def counted(store: Path) -> tuple[int, int]:
    """How many cells and figures a store has."""
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=30)
    try:
        (cells,) = db.execute("SELECT count(*) FROM cells").fetchone()
        (figures,) = db.execute("SELECT count(*) FROM figures").fetchone()
        (alone,) = db.execute(
            "SELECT count(*) FROM figures WHERE cell NOT IN (SELECT key FROM cells)"
        ).fetchone()
    finally:
        db.close()
    assert alone == 0
    return cells, figures
