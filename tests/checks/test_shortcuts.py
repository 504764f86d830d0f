"""What a check leaves out to be quick changes nothing that it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_pages import collected

from govmodel.checks import CATALOGUE, entry
from govmodel.checks.context import Context
from govmodel.checks.membership import gm204_quorum_on_optional_members as optional_members
from govmodel.loading import load, load_text
from govmodel.model.finding import CheckResult
from govmodel.model.rules import Rulebook
from govmodel.reading import read

EFFORT = 2_000_000
ROOT = Path(__file__).parents[2]
FILES = (*sorted((ROOT / "tests" / "sound").glob("*.yaml")), ROOT / "models" / "oscp-2010.yaml")


def books() -> list[Rulebook]:
    pages = [example for check in CATALOGUE for example in collected(check)]
    own = [read(load_text(example.text, f"{example.id}.yaml")) for example in pages]
    return [*own, *(read(load(path)) for path in FILES)]


def test_seats_that_are_filled_in_any_case_answer_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """GM204 looks at surely filled seats first; the whole question has the same answer."""
    check = entry("GM204")
    assert check is not None
    short = long = 0

    def told(result: CheckResult) -> object:
        return result.findings, result.undecided

    for book in books():
        quick = check.load().run(Context(book, EFFORT))
        with monkeypatch.context() as patch:
            patch.setattr(optional_members, "_never_rests", lambda *_: 0)
            whole = check.load().run(Context(book, EFFORT))
        assert told(quick) == told(whole), book.path
        short += not quick.findings
        long += bool(whole.findings)
    assert short >= 20
    assert long >= 2
