"""docs/trace.md shows real output."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from govmodel.model.traced import Traced
from govmodel.report.tracing import as_text
from govmodel.study import trace

PAGE = (Path(__file__).parents[2] / "docs" / "trace.md").read_text("utf-8")
MODEL, TEXT, OUTPUT = re.findall(r"```(?:yaml|text)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def traced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Traced:
    monkeypatch.chdir(tmp_path)
    Path("board.yaml").write_text(MODEL, "utf-8")
    Path("board.txt").write_text(TEXT, "utf-8")
    return trace("board.yaml", "board.txt")


def test_output_is_real(traced: Traced) -> None:
    assert as_text(traced) == OUTPUT


def test_python_example_runs(traced: Traced) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "False"
