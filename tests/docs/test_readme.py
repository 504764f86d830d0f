"""The README shows real output: every block that claims to be part of an output is."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(
    r"<!-- part of: govmodel (.+?) -->\n```text\n(.*?)```", (ROOT / "README.md").read_text(), re.S
)


def govmodel(arguments: str) -> str:
    command = [sys.executable, "-m", "govmodel", *shlex.split(arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_the_readme_shows_output() -> None:
    assert len(BLOCKS) == 2


@pytest.mark.parametrize(("arguments", "shown"), BLOCKS, ids=[b[0].split()[0] for b in BLOCKS])
def test_output_is_real(arguments: str, shown: str) -> None:
    assert shown in govmodel(arguments)


@pytest.mark.parametrize(
    ("arguments", "picture"),
    [
        ("oscp-2010.yaml", "oscp-2010.svg"),
        ("oscp-2010.yaml --matter dispute", "oscp-2010-dispute.svg"),
        ("oxfordshire-2016.yaml", "oxfordshire-2016.svg"),
    ],
)
def test_pictures_are_current(arguments: str, picture: str) -> None:
    made = govmodel(f"graph models/{arguments} -o - --format svg")
    assert made == (ROOT / "docs" / "pictures" / picture).read_text()


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", (ROOT / "README.md").read_text()):
        assert (ROOT / target).exists(), target


def test_python_example_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "error GM104" in done.stdout
