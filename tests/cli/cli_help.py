"""How the tests call govmodel: as a process of its own, or through its main function in this one."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OXFORD = str(ROOT / "models" / "oscp-2010.yaml")
PLAIN = str(ROOT / "scenarios" / "plain.yaml")
HERE = Path(__file__).parent
MODELS = HERE / "models"
TOWN, SAFEGUARDING, FIRE = (str(MODELS / f"{n}.yaml") for n in ("town-board", "safeguarding", "fire-board"))
HARBOUR = str(MODELS / "harbour-board.txt")

NOISE = re.compile(r"Traceback|is a defect of govmodel|Exception ignored|Error in sys|RuntimeWarning")
PLACE = re.compile(r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?:error|note): .+ \[[a-z0-9-]+\]$")


@dataclass(frozen=True)
class Done:
    """What a call left behind."""

    code: int
    out: str
    err: str

    def clean(self) -> Done:
        """The same, once it is certain that no crash shows in it."""
        assert not NOISE.search(self.out + self.err), self.err
        assert self.code in (0, 1, 2, 3), (self.code, self.err)
        return self


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """That of the tests, without what steers colours, with this checkout before any installed govmodel."""
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "GOVMODEL_DEBUG")}
    paths = os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH"))))
    return {**kept, "PYTHONPATH": paths, **(more or {})}


def words(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "govmodel", *arguments]


def call(
    *arguments: str, env: Mapping[str, str] | None = None, cwd: Path | None = None, errors: str = "strict"
) -> Done:
    """govmodel as a process."""
    done = subprocess.run(
        words(*arguments), capture_output=True, env=environment(env), cwd=cwd, stdin=subprocess.DEVNULL,
        timeout=60,
    )  # fmt: skip
    return Done(done.returncode, done.stdout.decode(errors=errors), done.stderr.decode(errors=errors))


@cache
def called(*arguments: str) -> Done:
    """The same, once for all tests of this process that ask it."""
    return call(*arguments)


def main(*arguments: str) -> Done:
    """The console script in this process, as it stands: exit codes and last words included."""
    from govmodel.cli import main as script

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    code: object = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["govmodel", *arguments])
        patch.delenv("GOVMODEL_DEBUG", raising=False)
        patch.setattr("govmodel.cli.check.short_lived", lambda: None)  # this process lives long
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                script()
            except SystemExit as stop:
                code = stop.code
    assert isinstance(code, int)
    return Done(code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8", "surrogateescape")
