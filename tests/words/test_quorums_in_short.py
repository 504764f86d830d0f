"""Quorums in a few words."""

from __future__ import annotations

import pytest

from govmodel.loading import load_text
from govmodel.reading import read, under
from govmodel.words.quorums import quorum_in_short

MODEL = """govmodel: "1"
document: {title: A Board}
classes: {authority: {name: authorities, clause: "1"}}
bodies:
  board:
    name: the board
    clause: "1"
    seats: {members: {seats: 9}}
    quorum: {needs: %s}
clauses: {"1": one}
"""


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ("present >= 8", "8"),
        ("present > half of members", "more than 1/2 of members"),
        ("present >= members", "all members"),
        ("present >= nearest to one third of members", "the number nearest to 1/3 of members"),
        ("parties present >= 2", "2 organisations"),
        ("present >= 4 and parties present(authority) >= 1", "4 and 1 organisation of authority"),
        ("present >= 2 times members(authority)", "by a rule of its own"),
    ],
)
def test_a_quorum_is_said_in_a_few_words(needs: str, words: str) -> None:
    body = under(read(load_text(MODEL % needs, "m.yaml"))).bodies["board"]
    assert [quorum_in_short(quorum) for quorum in body.quorum] == [words]
