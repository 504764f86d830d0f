"""Constitutions of different designs in which nothing is the matter: no check may say otherwise. A text that
a careful reviewer would let pass stays as it is; a check that warns of it is mended."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govmodel.loading import load
from govmodel.reading import read
from govmodel.study.checking import check

FOLDER = Path(__file__).parents[1] / "sound"
TEXTS = sorted(FOLDER.glob("*.yaml"))
LEAST = 12

NOT_COUNTED = {"weighted-votes": "several votes"}
"""Texts of which something is not decided, with words of the reason."""


def test_there_are_enough_of_them() -> None:
    assert len(TEXTS) >= LEAST
    assert set(NOT_COUNTED) <= {path.stem for path in TEXTS}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_sound_text_says_what_it_is_an_example_of(path: Path) -> None:
    first = path.read_text("utf-8").splitlines()[0]
    assert re.fullmatch(r"# An example of: [a-z].+\.", first)
    constitution = load(path)
    assert constitution.notes == ()
    assert 5 <= len(read(constitution).clauses) <= 30


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_sound_text_gets_no_warning(path: Path) -> None:
    checked = check(load(path))
    wrong = [f"{f.level} {f.id}: {f.message}" for f in checked.findings if f.level != "note"]
    assert wrong == []
    words = NOT_COUNTED.get(path.stem)
    left = [f"{u.check}: {u.why}" for u in checked.undecided if words is None or words not in u.why]
    assert left == []
