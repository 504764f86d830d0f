"""Statements: what they compare, and what the words of a clause point to."""

from __future__ import annotations

import pytest
from loading_help import bad, good, one

from govmodel.model.constitution import ByReading, Plain
from govmodel.model.rules import StatementRule
from govmodel.reading import read


def statement(rest: str) -> str:
    lines = "".join(f"    {line}\n" for line in rest.split("\n"))
    return f"statements:\n  - says: the text says so\n    clause: '1'\n{lines}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("nothing", ("nothing",)),
        ("'4.1'", ("4.1",)),
        ("['4.1', scp]", ("4.1", "scp")),
        ("funding", ("funding",)),
        ("disclosure", ("disclosure",)),
    ],
)
def test_a_reference_points_to_clauses_names_or_nothing(written: str, meant: tuple[str, ...]) -> None:
    (found,) = good(statement(f"refers_to: {written}")).statements
    assert isinstance(found.refers_to, Plain)
    assert found.refers_to.value == meant


def test_a_reference_may_depend_on_a_reading() -> None:
    model = good(statement("refers_to: {by_reading: minutes-clock, meeting: nothing, approval: '4.2'}"))
    assert isinstance(model.statements[0].refers_to, ByReading)
    rules = [r for r in read(model).rules if isinstance(r, StatementRule)]
    assert {(r.gate, r.refers_to) for r in rules} == {
        ((("minutes-clock", ("meeting",)),), ("nothing",)),
        ((("minutes-clock", ("approval",)),), ("4.2",)),
    }


def test_what_is_pointed_to_is_not_thereby_encoded() -> None:
    model = good(statement("refers_to: '4.4'"))
    assert {c for rule in read(model).rules for c in rule.clauses} == {"1"}


def test_an_unknown_target_is_told_with_the_nearest_known_one() -> None:
    assert one(statement("refers_to: '4.5'")) == (
        'unknown-target: refers_to: there is no clause "4.5", and nothing is called so; '
        'did you mean "4.4"? / '
        "Write nothing where the document has no such thing."
    )
    assert 'did you mean "secretariat"?' in one(statement("refers_to: secretariats"))


def test_nothing_stands_alone() -> None:
    assert one(statement("refers_to: [nothing, scp]")) == (
        "target: refers_to: nothing stands alone, or not at all"
    )


def test_nothing_is_no_name() -> None:
    (found,) = bad("instruments:\n  nothing: {name: n, kind: plan, external: yes}\n")
    assert found.startswith('name-taken: "nothing" is a word of the language')


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        (
            "note: no more",
            "empty-statement: this statement has nothing that can be looked at / "
            "Add holds, stated and listed, list and other_list, or refers_to.",
        ),
        (
            "stated: 7",
            "half-statement: this statement has stated without listed / "
            "A statement compares two things of the text.",
        ),
        (
            "other_list: [a, b]",
            "half-statement: this statement has other_list without list / "
            "A statement compares two things of the text.",
        ),
        (
            "refers_to: nothing\ninside: yes",
            "half-statement: inside belongs to a list and an other_list",
        ),
    ],
)
def test_a_statement_compares_two_things(rest: str, message: str) -> None:
    assert one(statement(rest)) == message
