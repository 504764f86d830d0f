"""The real texts against their models.

The texts belong to their authors and are no part of the project: a test that needs one is skipped
without it. `GOVMODEL_SOURCES` says where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import govmodel
from govmodel.loading.texts import read_text
from govmodel.model.traced import Traced

ROOT = Path(__file__).parents[2]
SOURCES = Path(os.environ.get("GOVMODEL_SOURCES", ROOT.parent / "shared" / "sources"))
TEXTS = {
    "oscp-2010": "oscp-2010",
    "sop-coordination-group-2016": "sop-coordination-group-2016",
    "warwickshire-scp": "warwickshire-scp",
    "bcp-csp-2021": "bcp-csp-2021",
    "oxfordshire-2016": "oxfordshire-scrutiny-report-2016",
}


@pytest.fixture(scope="module", params=TEXTS)
def traced(request: pytest.FixtureRequest) -> Traced:
    model, text = ROOT / "models" / f"{request.param}.yaml", SOURCES / f"{TEXTS[request.param]}.txt"
    if not model.exists():
        pytest.skip(f"there is no {model.name} yet")
    if not text.exists():
        pytest.skip(f"{text.name} is not at hand")
    return govmodel.trace(model, text, findings=False)


def test_nothing_is_unread_unknown_missing_or_changed(traced: Traced) -> None:
    off = [(c.ref, c.state) for c in traced.clauses if c.state != "same"]
    assert (off, traced.unknown, traced.hints) == ([], (), ())
    assert traced.faithful


def test_every_operative_clause_is_encoded(traced: Traced) -> None:
    assert [c.ref for c in traced.clauses if not c.encoded and c.disposition is None] == []
    assert [c.ref for c in traced.clauses if c.encoded and not c.provisions and not c.repeats] == []


def test_only_titles_and_the_page_are_left_out(traced: Traced) -> None:
    """Nothing that commands was taken for a heading."""
    assert traced.commanding == ()


def test_models_hold_no_sentence_of_their_sources(traced: Traced) -> None:
    """No twelve words in a row."""
    from govmodel.loading.prose import normal

    text = normal(read_text(traced.source).text).split()
    runs = {tuple(text[i : i + 12]) for i in range(len(text) - 11)}
    model = Path(traced.path).read_text("utf-8").split("\n\n")
    own = [normal(part).split() for part in model]
    assert [
        " ".join(words[i : i + 12])
        for words in own
        for i in range(len(words) - 11)
        if tuple(words[i : i + 12]) in runs
    ] == []
