"""The intended check finds what was broken on purpose, and docs/mutation.md says what it does not find."""

from __future__ import annotations

from pathlib import Path

import pytest

from govmodel.checks import CATALOGUE
from mutation.operators import OPERATORS, Operator
from mutation.page import LEAST, PAGE, page, row, rows_of, survivors, survivors_of
from mutation.running import SOUND, Outcome, Survivor, outcome
from mutation.survivors import WHY
from mutation.trees import parsed, written

FEWEST = 40
"""Kinds of slip, at least."""

NEW = "docs/mutation.md is not what is found now: run `make mutation`, read what changed, and commit it"


@pytest.fixture(scope="module")
def text() -> str:
    return PAGE.read_text("utf-8")


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.says.replace(" ", "-"))
def test_the_page_says_what_is_found(operator: Operator, text: str) -> None:
    fresh = outcome(operator)
    assert fresh.made, "no sound text has room for it"
    assert row(fresh) in text.splitlines(), NEW
    assert list(survivors(fresh)) == survivors_of(text, operator), NEW


def test_the_intended_checks_find_nearly_all(text: str) -> None:
    """The rows of the page are held to what is found by the test above."""
    rows = rows_of(text)
    assert list(rows) == sorted(rows, key=[o.says for o in OPERATORS].index)
    assert set(rows) == {o.says for o in OPERATORS}
    made, found = sum(made for _, made, _ in rows.values()), sum(found for _, _, found in rows.values())
    assert 100 * found >= LEAST * made
    share = f"{100 * found / made:.1f} %"
    assert f"Of {made} mutants the intended checks find {found}, which is {share}." in text
    assert len(OPERATORS) >= FEWEST


def test_every_survivor_has_a_reason(text: str) -> None:
    assert "nobody has said why" not in text
    known = {o.says for o in OPERATORS}
    for says, model in WHY:
        assert says in known
        assert any(f"**{says}** " in line and f"`{model}`" in line for line in text.splitlines()), (
            says,
            model,
        )


def test_every_check_has_a_slip() -> None:
    covered = {check for operator in OPERATORS for check in operator.check.split(" or ")}
    there = {check.id for check in CATALOGUE}
    assert covered <= there
    assert {check for check in there if check < "GM6"} <= covered


def test_the_page_is_made_of_its_parts(text: str) -> None:
    """All but the numbers, which the tests above hold: what is between them is as the code has it."""
    lost = Survivor(SOUND[0].stem, "somewhere", "")
    made = page(Outcome(o, rows_of(text)[o.says][1], (lost,) * _lost(text, o)) for o in OPERATORS)
    plain = [line for line in made.splitlines() if not line.startswith("* ")]
    assert plain == [line for line in text.splitlines() if not line.startswith("* ")], NEW


def _lost(text: str, operator: Operator) -> int:
    _, made, found = rows_of(text)[operator.says]
    return made - found


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_every_slip_changes_something(path: Path) -> None:
    for operator in OPERATORS:
        mutants = [written(mutant) for _, mutant in operator.make(parsed(path))]
        assert written(parsed(path)) not in mutants, operator.says
        assert len(set(mutants)) == len(mutants), operator.says
