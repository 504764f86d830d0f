"""A text under another name says the same: every check finds in it what it finds in the text alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from govmodel.checks import CATALOGUE
from govmodel.checks.context import Context
from govmodel.loading import load
from govmodel.model.rules import Rulebook
from govmodel.reading import read
from govmodel.study.preparing import EFFORT

TESTS = Path(__file__).parents[1]
MODELS = (
    *(TESTS / "cli" / "models" / f"{name}.yaml" for name in ("town-board", "safeguarding", "fire-board")),
    TESTS.parent / "models" / "sop-coordination-group-2016.yaml",
    *(
        pytest.param(TESTS.parent / "models" / f"{name}.yaml", marks=pytest.mark.slow)
        for name in ("oscp-2010", "warwickshire-scp", "bcp-csp-2021")
    ),
)


def found(rulebook: Rulebook) -> dict[str, list[tuple[Any, ...]]]:
    context = Context(rulebook, EFFORT)
    told: dict[str, list[tuple[Any, ...]]] = {}
    for entry in CATALOGUE:
        result = entry.load().run(context)
        rows: list[tuple[Any, ...]] = [
            (f.level, f.clauses, f.subject, f.message, f.readings, f.in_base) for f in result.findings
        ]
        # How far a search comes in so many guesses depends on the order of names.
        rows += [(u.subject, u.why) for u in result.undecided if "guesses" not in u.why]
        told[entry.id] = [_bare(row) for row in rows]
    return told


def _bare(value: Any) -> Any:
    """Without the name of the text, wherever it stands."""
    match value:
        case str():
            return re.sub(r"\bfar[.:-]", "", value)
        case tuple():
            return tuple(_bare(each) for each in value)
        case dict():
            return {_bare(key): _bare(each) for key, each in value.items()}
        case _:
            return value


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_the_same_is_found_under_another_name(tmp_path: Path, model: Path) -> None:
    alone = load(model)
    (tmp_path / "far.yaml").write_text(model.read_text(encoding="utf-8"), encoding="utf-8")
    assert alone.document is not None
    date = f", date: {alone.document.date.value}" if alone.document.date else ""
    nation = f", nation: {alone.document.nation.value}" if alone.document.nation else ""
    report = tmp_path / "report.yaml"
    report.write_text(
        f'govmodel: "1"\ndocument: {{title: report{date}{nation}}}\nmodels: {{far: far.yaml}}\n'
        'clauses: {"1": {says: nothing, is: description}}\n'
    )
    whole = read(load(report))
    assert set(whole.texts) == {"far"}
    assert found(replace(whole, texts={})) == found(read(alone))
