"""Pictures: the same to the byte, well-formed, nothing hostile in them, nothing over an edge."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path as File

import networkx as nx
import pygraphviz
import pytest
from graph_worlds import HOSTILE, board, body, matter, networks, office, route, rules, seat
from hypothesis import given, settings
from hypothesis import strategies as st

from govmodel.graph.build import facts, network
from govmodel.graph.layout import PAD, Layout, layout
from govmodel.graph.measure import clean, width, wrap
from govmodel.graph.sketch import PHRASES, describe, family_of, sketch
from govmodel.model.rules import Rules
from govmodel.model.vocabulary import ROUTE_VERBS
from govmodel.report import picture

SVG = "{http://www.w3.org/2000/svg}"
HERE = File(__file__).parent


def drawn(r: Rules, title: str = "A title") -> Layout:
    return layout(sketch(r, title))


def texts(svg: str) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg).iter(f"{SVG}text")]


def every(r: Rules, title: str) -> dict[str, str]:
    made = sketch(r, title)
    return {
        "svg": picture.svg(layout(made)),
        "dot": picture.dot(made),
        "mmd": picture.mermaid(made),
        "graphml": picture.graphml(facts(r)),
        "json": picture.as_json(facts(r), title, {}),
    }


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    program = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1])\n"
        "from graph_worlds import board\nfrom test_graph_pictures import every\n"
        "print(*[hashlib.sha256(t.encode()).hexdigest() for t in every(board(), 'T').values()])\n"
    )
    source = HERE.parents[1] / "src"
    printed = {
        subprocess.run(
            [sys.executable, "-c", program, str(HERE)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(source)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(printed) == 1
    assert len(printed.pop().split()) == 5


def test_a_second_drawing_in_one_process_is_the_same() -> None:
    assert every(board(), "T") == every(board(), "T")


def test_the_picture_says_what_matters() -> None:
    svg = picture.svg(drawn(board()))
    said = " ".join(texts(svg))
    for words in (
        "The Board",
        "15 voting seats, up to 3 more",
        "quorum 8 (4.5)",
        "Chair",
        "presides, with a casting vote",
        "acts for it (5.3)",
        "decides policy (3.1)",
        "scrutinises itself (3.2)",
        "An outside body",
        "No receiver is",
        "may create (8.1)",
        "its chair reports",
        "(8.3)",
        "Whoever",
        "about The Board",
        "(11.1)",
        "Named without a route to another:",
        "A body without routes",
        "dashed: may",
    ):
        assert words in said, words
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("viewBox", "").startswith("0 0 ")
    labelled = (root.get("aria-labelledby") or "").split()
    assert [root.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")] == labelled  # type: ignore[union-attr]
    desc = root.findtext(f"{SVG}desc") or ""
    assert "should escalate dispute, to be settled for good (17.1): An outside body" in desc


def test_parallel_routes_are_one_link() -> None:
    made = sketch(board(), "T")
    pairs = [frozenset((link.tail, link.head)) for link in made.links]
    assert len(pairs) == len(set(pairs))
    (groups,) = [link for link in made.links if {"body:b", "body:f"} == {link.tail, link.head}]
    assert (groups.tail, groups.forward, groups.backward) == ("body:f", True, True)
    assert not groups.dashed


def test_only_and_matter_leave_what_they_name() -> None:
    made = sketch(board(), "T", only=("escalates_to",))
    assert {label.verb for link in made.links for label in link.labels} == {"escalates_to"}
    assert "body:alone" not in {box.key for box in made.boxes}
    ladder = sketch(board(), "T", matter=("dispute",))
    assert [(link.tail, link.head) for link in ladder.links] == [
        ("outsider:complainant", "office:c"),
        ("body:b", "body:x"),
    ]
    kind = rules(
        matter("m"), matter("k", kind_of="m"), route("public", "escalates_to", "complainant", matters=("k",))
    )
    assert sketch(kind, "T", matter=("m",)).links
    assert not sketch(kind, "T", matter=("n",)).links
    placed = {p.box.key: p for p in layout(ladder).boxes}
    assert placed["outsider:complainant"].y < placed["office:c"].y
    assert placed["body:b"].y < placed["body:x"].y


def test_every_verb_has_a_family_and_words() -> None:
    drawn = (*ROUTE_VERBS, "succeeds")
    assert set(PHRASES) == set(drawn)
    assert {family_of(verb) for verb in drawn} == set(picture.COLOURS) == set(picture.FAMILY_WORDS)


def test_colours_can_be_read_on_white() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for colour in (*picture.COLOURS.values(), picture.MUTED, picture.INK):
        assert 1.05 / (light(colour) + 0.05) >= 5
        assert (light("#eef3f8") + 0.05) / (light(colour) + 0.05) >= 4.5


# ------------------------------------------------------------------ nothing over an edge


def check_geometry(made: Layout) -> None:
    boxes = [(p.x, p.y, p.x + p.width, p.y + p.height) for p in made.boxes]
    for place, (left, top, right, low) in enumerate(boxes):
        assert left >= 0
        assert top >= 0
        assert right <= made.width
        assert low <= made.height
        for other in boxes[place + 1 :]:
            assert right <= other[0] or other[2] <= left or low <= other[1] or other[3] <= top
    for p in made.boxes:
        for line in p.lines:
            wide = width(line.text, line.size, line.bold)
            start = line.x - wide / 2 if line.middle else line.x
            assert start >= p.x + PAD - 4
            assert start + wide <= p.x + p.width - PAD + 4
            assert p.y + line.size * 0.7 <= line.y <= p.y + p.height - 3
    for link in made.links:
        assert (len(link.spline) - 1) % 3 == 0
        assert bool(link.head_tip) == link.link.forward
        assert bool(link.tail_tip) == link.link.backward


@settings(max_examples=60, deadline=None)
@given(networks())
def test_any_network_can_be_drawn(r: Rules) -> None:
    made = drawn(r)
    check_geometry(made)
    svg = picture.svg(made)
    ET.fromstring(svg)
    assert svg == picture.svg(drawn(r))


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_names_stay_inside_their_boxes(title: str) -> None:
    check_geometry(drawn(board(title, title), title))


def test_nothing_one_and_thirty() -> None:
    empty = picture.svg(drawn(rules()))
    assert "There is nothing to show." in texts(empty)
    check_geometry(drawn(rules(body("a", seats=(seat("a", "s"),)))))
    many = [
        body(f"b{n}", f"Board number {n} for a matter of some importance", external=n % 3 == 0)
        for n in range(30)
    ]
    up = [route(f"b{n}", "reports_to", f"b{n // 3}", f"{n}.1") for n in range(1, 30)]
    check_geometry(drawn(rules(*many, *up, office("c", "b1"), office("d", "b1"))))
    check_geometry(drawn(rules(*many)))


def test_measuring_and_breaking() -> None:
    assert width("W" * 10, 10) > width("i" * 10, 10)
    for text in ("one two three four five", "W" * 100, "a" * 30 + " b"):
        lines = wrap(text, 60, 10)
        assert all(width(line, 10) <= 60 for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert wrap("one two three four five six", 40, 10, lines=2)[-1].endswith("…")
    assert wrap("", 40, 10) == ()
    assert clean("a\x00b\nc\ud800") == "a b c"


# ------------------------------------------------------------------ nothing hostile


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_escaped(name: str) -> None:
    r = board(name, name)
    route_ = r.routes[0]
    hostile_clause = replace(route_, clauses=(name or "1",))
    r = replace(r, routes=(hostile_clause, *r.routes[1:]))
    made = every(r, name)

    root = ET.fromstring(made["svg"])
    allowed = {"svg", "title", "desc", "rect", "path", "polygon", "g", "text"}
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= allowed
    for element in root.iter():
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on")
            assert attribute not in ("href", "style", "{http://www.w3.org/1999/xlink}href")
            assert name not in value or len(name) < 4

    graph = pygraphviz.AGraph(string=made["dot"])
    plain = sketch(r, name)
    labels = {str(node.attr["label"]) for node in graph.nodes()}
    assert len(labels) <= len(plain.boxes) == len(graph.nodes())
    assert len(graph.edges()) == len(plain.links)
    for box in plain.boxes:
        text = "\\n".join(s.text.replace("\\", "\\\\") for s in box.said)
        assert text in labels or text.replace('"', '\\"') in labels or not box.title

    for line in made["mmd"].splitlines():
        assert "<script" not in line
        assert "<!--" not in line
        assert "%%" not in line
        assert line.count('"') in (0, 2)
        assert "`" not in line
        assert "\\" not in line
    assert "\r" not in made["mmd"]

    back = nx.parse_graphml(made["graphml"].removeprefix("<?xml version='1.0' encoding='utf-8'?>\n"))
    assert len(back.edges) == len(facts(r).edges)
    for text in made.values():
        text.encode("utf-8")
    assert json.loads(made["json"])["nodes"]


def test_control_and_lone_surrogates_reach_no_file() -> None:
    for text in every(board("a\x00b\ud800", "c\x1bd"), "t\x07").values():
        assert not {"\x00", "\x1b", "\x07", "\ud800"} & set(text)


# ------------------------------------------------------------------ the whole network


def test_graphml_and_json_hold_everything() -> None:
    r = board()
    plain = facts(r)
    back = nx.parse_graphml(picture.graphml(plain), force_multigraph=True)
    assert set(back.nodes) == {node.key for node in plain.nodes}
    assert len(back.edges) == len(plain.edges) == len(r.routes) + 1
    assert back.nodes["body:b"]["external"] is False
    assert back.nodes["body:f"]["family"] is True
    data = json.loads(picture.as_json(plain, "T", {"x": "y"}))
    assert (data["title"], data["reading"], data["schema"]) == ("T", {"x": "y"}, 1)
    assert nx.node_link_graph(data, edges="links").number_of_edges() == len(plain.edges)


@settings(max_examples=60, deadline=None)
@given(networks())
def test_the_network_has_every_route(r: Rules) -> None:
    graph = network(r)
    made = [(d["verb"], d["clauses"]) for _, _, d in graph.edges(data=True) if d["route"] is not None]
    assert sorted(made) == sorted((it.verb, it.clauses) for it in r.routes for _ in it.who for _ in it.whom)
    assert [n.key for n in facts(r).nodes] == list(graph.nodes)


def test_the_description_tells_all_links() -> None:
    made = sketch(board(), "T")
    told = describe(made)
    assert all(label.text in told for link in made.links for label in link.labels)


def test_outsiders_share_a_box_only_where_the_same_is_done_to_them() -> None:
    r = board()
    outside = [body(name, external=True) for name in ("office", "agency", "institute")]
    told = [
        route("b", "reports_to", "office", matters=("crime",)),
        route("b", "reports_to", "agency", matters=("crime",)),
        route("b", "reports_to", "institute", matters=("drugs",)),
    ]
    r = replace(r, bodies={**r.bodies, **{b.name: b for b in outside}}, routes=(*r.routes, *told))
    titles = [box.title for box in sketch(r, "T").boxes]
    assert "The office and The agency" in titles
    assert "The institute" in titles


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_well_formed(text: str) -> None:
    ET.fromstring(picture.svg(drawn(board(text, text), text)))
