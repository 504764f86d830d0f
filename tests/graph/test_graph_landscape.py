"""Landscapes as networks and pictures: one vertex for what is one thing, a frame for each text."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "loading"))
from landscape_help import loaded

from govmodel.graph.build import facts, network
from govmodel.graph.escalations import cycles, dead_ends
from govmodel.graph.layout import layout
from govmodel.graph.lines import double_lines
from govmodel.graph.powers import single_points
from govmodel.graph.sketch import describe, sketch
from govmodel.model.rules import Rules
from govmodel.model.verdict import Verdict
from govmodel.reading import read, under
from govmodel.report import picture
from govmodel.semantics.actors import Actor, ends, principal, resolve, title
from govmodel.semantics.replay import follows
from govmodel.study.drawing import draw

SAME = """same:
  - {names: [city.committee, county.committee], seats_of: city.committee, clause: "1"}
  - {names: [county.board, city.board], clause: "1"}
"""
SUCCESSION = """bodies:
  forum: {name: Forum, external: yes, clause: "2"}
succeeds:
  - {who: county.board, follows: forum, from: 2017-03, clause: "2"}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    return under(read(loaded(tmp_path, SAME, SUCCESSION)))


def test_what_is_one_thing_is_one_vertex(rules: Rules) -> None:
    graph = network(rules)
    assert "body:county.committee" not in graph
    assert graph.has_edge("body:county.board", "body:city.committee")
    assert {
        n: graph.nodes[n]["text"] for n in ("body:county.board", "body:city.committee", "body:forum")
    } == {
        "body:county.board": "county",
        "body:city.committee": "city",
        "body:forum": "",
    }
    (edge,) = [e for e in facts(rules).edges if e.verb == "succeeds"]
    assert (edge.tail, edge.head, edge.since) == ("body:county.board", "body:forum", "2017-03")


def test_whom_names_of_a_text_mean(rules: Rules) -> None:
    assert principal(rules) is None
    assert resolve(rules, "county.board.members") == Actor("members", "county.board.members")
    assert resolve(rules, "county.board.chair") == Actor("office", "county.chair")
    assert resolve(rules, "county.board.police") == Actor("seat", "county.board.police")
    assert resolve(rules, "county.agency") == Actor("class", "county.agency")
    assert title(rules, Actor("seat", "county.board.police")) == "police"
    assert title(rules, Actor("class", "county.agency")) == "agency"
    assert title(rules, Actor("members", "county.board.members")) == "members of County Board"
    assert [ends(rules, r).who[0].kind for r in rules.routes[:2]] == ["body", "members"]


def test_an_escalation_that_another_text_settles(tmp_path: Path) -> None:
    """The county's text says that the committee hears of disputes. Alone it is a dead end; where the city's
    text lets the same committee determine disputes of the county too, it is none."""
    alone = dead_ends(under(read(loaded(tmp_path))))
    assert [a.reason for a in alone if a.answer.verdict is Verdict.FAILS] == ["hears-only"]
    power = 'routes: {who: city.committee, determines: county.dispute, clause: "2"}\n'
    joined = under(read(loaded(tmp_path, SAME, power)))
    assert all(a.answer.verdict is Verdict.HOLDS for a in dead_ends(joined))


def test_an_escalation_that_goes_round_through_two_texts(tmp_path: Path) -> None:
    back = 'routes: {who: city.committee, escalates_to: county.board, matter: county.dispute, clause: "2"}\n'
    joined = under(read(loaded(tmp_path, SAME, back, county=_without_votes())))
    (asked,) = [a for a in cycles(joined) if a.answer.verdict is Verdict.FAILS]
    assert asked.clauses == ("2", "county:9")
    assert follows(joined, asked.path)
    apart = under(read(loaded(tmp_path, back, county=_without_votes())))
    assert all(a.answer.verdict is Verdict.HOLDS for a in cycles(apart)), "not joined, not a circle"


def _without_votes() -> str:
    from landscape_help import COUNTY

    return COUNTY.replace('    decisions: {matter: any, carried_by: majority of voting, clause: "4"}\n', "")


def test_two_lines_of_two_texts(tmp_path: Path) -> None:
    lines = """matters: {money: {name: money}}
routes:
  - {who: county.board, reports_to: city.committee, matter: money, clause: "1"}
  - {who: city.board, reports_to: county.police, matter: money, clause: "2"}
"""
    joined = under(read(loaded(tmp_path, SAME, lines)))
    (asked,) = [a for a in double_lines(joined) if a.answer.verdict is Verdict.FAILS]
    assert asked.clauses == ("1", "2")
    assert follows(joined, asked.path)


def test_powers_of_one_office_in_two_texts(tmp_path: Path) -> None:
    power = 'norms: {about: meeting of county.board, who: county.chair, may: cancelled, clause: "2"}\n'
    joined = under(read(loaded(tmp_path, SAME, power)))
    (asked,) = [a for a in single_points(joined) if a.answer.verdict is Verdict.FAILS]
    assert (asked.subject, asked.clauses) == ("county.chair", ("2",))


def test_a_frame_for_each_text(rules: Rules) -> None:
    drawn = sketch(rules, "County and City")
    assert drawn.texts == (("county", "County Board"), ("city", "City Committee"))
    assert {box.text for box in drawn.boxes} == {"", "county", "city"}
    placed = layout(drawn)
    frames = {frame.name: frame for frame in placed.frames if frame.title}
    assert {name: frame.title[0].text for name, frame in frames.items()} == {
        "county": "County Board",
        "city": "City Committee",
    }
    for box in placed.boxes:
        for name, frame in frames.items():
            across = frame.x <= box.x and box.x + box.width <= frame.x + frame.width
            down = frame.y <= box.y and box.y + box.height <= frame.y + frame.height
            apart = placed.apart is not None and box.y > placed.apart
            assert (across and down) == (box.box.text == name and not apart), (box.box.title, name)
    for frame in frames.values():
        for line in frame.title:
            assert all(
                not (b.x < line.x + 40 and line.x < b.x + b.width and b.y < line.y < b.y + b.height)
                for b in placed.boxes
            )


def test_what_took_the_place_of_what_is_told(rules: Rules) -> None:
    drawn = sketch(rules, "County and City")
    assert "County Board took the place of, from March 2017 (2): Forum." in describe(drawn)
    narrowed = sketch(rules, "County and City", only=("escalates_to",))
    assert "took the place of" not in describe(narrowed)


def test_a_text_alone_has_no_frames_of_texts() -> None:
    from landscape_help import CITY

    from govmodel.loading import load_text

    assert sketch(under(read(load_text(CITY))), "City").texts == ()


def test_every_format_names_the_texts(tmp_path: Path) -> None:
    drawing = draw(read(loaded(tmp_path, SAME, SUCCESSION)), {})
    assert drawing.layout is not None
    assert picture.svg(drawing.layout).count("City Committee") >= 2
    assert (
        'subgraph cluster_text_1 {\n    style=filled; color="#fbfaf6"; label="City Committee";'
        in picture.dot(drawing.sketch)
    )
    assert 'subgraph t1["City Committee"]' in picture.mermaid(drawing.sketch)
    assert 'key="node-text">city<' in picture.graphml(drawing.network)
    whole = json.loads(picture.as_json(drawing.network, drawing.title, drawing.reading))
    assert {node["text"] for node in whole["nodes"]} == {"", "city", "county"}
    assert [link["since"] for link in whole["links"] if link["verb"] == "succeeds"] == ["2017-03"]
