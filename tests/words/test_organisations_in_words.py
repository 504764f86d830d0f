"""Counting organisations reads unlike counting people."""

from __future__ import annotations

import pytest

from govmodel.loading import load_text
from govmodel.words.provisions import read_back
from govmodel.words.speaking import Speaker

MODEL = """govmodel: "1"
document: {title: A Board}
classes: {authority: {name: authorities, clause: "1"}}
bodies:
  board:
    name: Board
    quorum: {needs: %s, clause: "1"}
    clause: "1"
clauses: {"1": a}
"""


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ("parties present >= 3", "at least 3 organisations for whom somebody is present"),
        (
            "parties present(authority) >= 1",
            "at least 1 organisation among ‘authority’ for whom somebody is present",
        ),
        ("present >= parties present", "the organisations for whom somebody is present"),
        ("present >= parties seats", "the organisations that have some of the voting seats"),
    ],
)
def test_organisations(needs: str, said: str) -> None:
    told = " ".join(s.said for s in read_back(Speaker(load_text(MODEL % needs, "m.yaml"))))
    assert said in told


def test_an_organisation_keeps_the_article_that_its_name_has() -> None:
    parties = '{police: {name: the Constabulary, clause: "1"}, nhs: {name: NHS Moor, clause: "1"}}'
    model = MODEL.replace("bodies:", f"parties: {parties}\nbodies:") % "present(police) >= 1"
    told = " ".join(s.said for s in read_back(Speaker(load_text(model, "m.yaml"))))
    assert "at least 1 member from the Constabulary is present" in told
    assert "NHS Moor is an organisation" in told or "NHS Moor (‘nhs’) is an organisation" in told


def test_who_is_away_is_named_by_the_office_that_the_body_has() -> None:
    """The first office that presides is its chair, whatever it is called."""
    links = '[{who: vice, clause: "1"}, {who: agreed, when: chair is absent or vice is vacant, clause: "1"}]'
    model = MODEL.replace("    clause:", f"    presiding: {links}\n    clause:") % "present >= 1"
    model = model.replace("clauses:", 'offices: {vice: {name: the vice-chair, clause: "1"}}\nclauses:')
    told = " ".join(s.said for s in read_back(Speaker(load_text(model, "m.yaml"))))
    assert "presides over meetings of the Board when the vice-chair is absent or vacant" in told
