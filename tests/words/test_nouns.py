"""Singular and plural of what a model calls things."""

from __future__ import annotations

import pytest

from govmodel.words.text import clause, plural, singular


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("tenant member", "tenant members"),
        ("authority", "authorities"),
        ("lead officer of a group", "lead officers of a group"),
        ("chairman", "chairmen"),
        ("church", "churches"),
        ("body or person", "bodies or person"),
    ],
)
def test_there_and_back(one: str, several: str) -> None:
    assert plural(one) == several
    assert singular(several) == one


def test_clauses_with_their_verb() -> None:
    assert clause(["1.2"]) == "clause 1.2"
    assert clause(["1.2", "1.2"], "is", "are") == "clause 1.2 is"
    assert clause(["1.2", "1.3", "2"], "is", "are") == "clauses 1.2, 1.3 and 2 are"
    assert clause(["1.2", "2"], last="or") == "clauses 1.2 or 2"
