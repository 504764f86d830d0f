"""A landscape as one rulebook: names, clauses and readings of each text, and what is one thing once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "loading"))
from landscape_help import CITY, COUNTY, loaded

from govmodel.model.constitution import Constitution
from govmodel.model.language import Shape
from govmodel.model.rules import InstrumentRule, NormRule, Rulebook, Rules
from govmodel.reading import read, under
from govmodel.reading.joining import _gates

SAME = 'same: {names: [city.committee, county.committee], seats_of: city.committee, clause: "1"}\n'
WHICH = """readings:
  which: {question: "Which is meant?", options: {one: the one, other: the other}, base: one, clause: "1"}
"""


def book(where: Path, *parts: str, **others: str) -> Rulebook:
    return read(loaded(where, *parts, **others))


def routes(rules: Rules) -> list[tuple[Any, ...]]:
    return [(r.who, r.verb, r.whom, r.clauses) for r in rules.routes]


def test_names_clauses_and_readings_bear_the_name_of_their_text(tmp_path: Path) -> None:
    rulebook = book(tmp_path)
    rules = under(rulebook)
    assert rulebook.title == "County and City"
    assert {name: text.title for name, text in rulebook.texts.items()} == {
        "county": "County Board",
        "city": "City Committee",
    }
    assert list(rules.bodies) == [
        "county.board",
        "county.committee",
        "county.sub-group",
        "city.committee",
        "city.board",
    ]
    assert rules.offices["county.clerk"].of == "county.board"
    assert rules.parties["county.police"].classes == ("county.agency",)
    assert set(rules.matters) == {"county.dispute", "city.dispute"}
    assert "county:9" in rulebook.clauses
    assert "county.size" in rulebook.ambiguities
    few, many = (
        under(rulebook, {"county.size": option}).bodies["county.board"].seats for option in ("few", "many")
    )
    assert [s.low for s in few] == [1, 3]
    assert [s.low for s in many] == [1, 9]
    assert few[0].classes == ("county.agency",)
    assert "county.wing" in under(rulebook, {"county.size": "many"}).bodies


def test_bare_words_speak_of_the_body_of_their_own_text(tmp_path: Path) -> None:
    found = routes(under(book(tmp_path)))
    assert (("county.board.members",), "informs", ("county.chair",), ("county:9",)) in found
    assert (("county.board.police",), "reports_to", ("county.board",), ("county:9",)) not in found
    assert (("county.police",), "reports_to", ("county.board",), ("county:9",)) in found
    assert (("party(county.chair)",), "funds", ("county.sub-group",), ("county:9",)) in found


def test_bare_words_within_a_body_stay(tmp_path: Path) -> None:
    """There they speak of the body around them, and engines know them as they are."""
    more = """    standins: {kind: deputy, named_by: member, votes: yes, clause: "2"}
    membership: {leaves: members, told: chair, clause: "2"}
    meetings: {kind: ordinary, cancelled_by: chair, consults: members, clause: "3"}
"""
    text = COUNTY.replace("    decisions: {matter: any", f"{more}    decisions: {{matter: any")
    board = under(book(tmp_path, county=text)).bodies["county.board"]
    assert board.standins[0].named_by == "member"
    assert board.membership[0].leaves == ("members",)
    assert board.meetings[0].consults == "members"
    assert board.meetings[0].cancelled_by == "county.chair"
    assert board.presiding[0].who == "county.chair"


def test_norms_are_about_the_bodies_of_their_own_text(tmp_path: Path) -> None:
    norms = {r.name: r for r in book(tmp_path).rules if isinstance(r, NormRule)}
    noted = norms["county.noted@county.board"]
    assert (noted.situation, noted.body, noted.who) == ("meeting", "county.board", "county.chair")
    assert norms["county.noted@county.sub-group"].body == "county.sub-group"
    assert noted.content.attribute == "meeting.county-minuted"  # type: ignore[union-attr]
    assert norms["county.asked"].situation == "county.question"
    assert book(tmp_path).situations["county.question"].part_of == "meeting"
    assert norms["county.open"].situation == "county.visit"
    assert norms["county.open"].content.attribute == "county.visit.welcome"  # type: ignore[union-attr]


def test_nothing_is_joined_by_equal_spelling(tmp_path: Path) -> None:
    rules = under(book(tmp_path))
    assert rules.parties["county.police"].title == "Police"
    assert rules.parties["city.police"].title == "City Police"
    assert rules.bodies["county.committee"].external
    assert not rules.bodies["city.committee"].external


def test_what_is_one_thing_bears_the_name_of_the_text_that_makes_it(tmp_path: Path) -> None:
    """Whichever is listed first."""
    for names in ("[city.committee, county.committee]", "[county.committee, city.committee]"):
        rules = under(book(tmp_path, f'same: {{names: {names}, seats_of: city.committee, clause: "1"}}\n'))
        committee = rules.bodies["city.committee"]
        assert "county.committee" not in rules.bodies
        assert (committee.title, committee.external) == ("City Committee", False)
        assert set(committee.clauses) == {"city:1", "county:5", "1"}
        assert [s.low for s in committee.seats] == [4]
        assert (("county.board",), "escalates_to", ("city.committee",), ("county:9",)) in routes(rules)


def test_lists_of_seats_that_add_up(tmp_path: Path) -> None:
    more = """bodies:
  ours: {name: Committee, external: yes, seats: {mayor: {seats: 1}}, clause: "2"}
same:
  - {names: [ours, city.committee, county.committee], seats_of: [ours, city.committee], clause: "1"}
"""
    seats = under(book(tmp_path, more)).bodies["city.committee"].seats
    assert {s.name: s.low for s in seats} == {"elders": 4, "mayor": 1}


def test_joined_parties_have_the_classes_of_all(tmp_path: Path) -> None:
    same = 'same: {names: [city.police, county.police], clause: "1"}\n'
    rules = under(book(tmp_path, same))
    assert "county.police" not in rules.parties
    assert rules.parties["city.police"].classes == ("county.agency",)
    assert rules.bodies["county.board"].seats[0].party == "city.police"


def test_a_join_under_a_reading(tmp_path: Path) -> None:
    same = 'same: {names: [city.strategy, county.plan], reading: {which: one}, clause: "1"}\n'
    rulebook = book(tmp_path, WHICH, same)
    assert set(under(rulebook).instruments) == {"county.plan"}
    assert set(under(rulebook, {"which": "other"}).instruments) == {"county.plan", "city.strategy"}
    assert {r.name: r.gate for r in rulebook.rules if isinstance(r, InstrumentRule) and r.external} == {
        "city.strategy": (("which", ("other",)),)
    }
    assert all(not r.gate for r in rulebook.rules if isinstance(r, NormRule)), "what both say needs no guard"


def test_a_difference_of_two_texts_is_told(tmp_path: Path) -> None:
    """The plan is made each year by the one text, and every two years by the other."""
    rulebook = book(tmp_path, 'same: {names: [city.strategy, county.plan], clause: "1"}\n')
    (note,) = rulebook.notes
    assert note.level == "note"
    assert "two texts differ on every of county.plan" in note.message


def test_a_text_that_was_followed_by_another_has_no_rules(tmp_path: Path) -> None:
    follows = 'succeeds: {who: city, follows: county, from: 2017, clause: "1"}\n'
    own = 'routes: {who: city.committee, informs: county.sub-group, clause: "2"}\n'
    rulebook = book(tmp_path, follows, own)
    rules = under(rulebook)
    assert {b for b in rules.bodies if b.startswith("county.")} == {"county.sub-group"}
    assert rules.bodies["county.sub-group"].external
    assert all(not r.clauses[0].startswith("county:") for r in (*rules.routes, *rules.norms))
    assert "county.size" not in rulebook.ambiguities
    assert "county:9" in rulebook.clauses, "its clauses can still be cited"


def test_a_succession_under_a_reading(tmp_path: Path) -> None:
    follows = 'succeeds: {who: city, follows: county, from: 2017-05, reading: {which: one}, clause: "1"}\n'
    rulebook = book(tmp_path, WHICH, follows)
    assert "county.board" not in under(rulebook).bodies
    assert "county.board" in under(rulebook, {"which": "other"}).bodies
    few = under(rulebook, {"which": "other", "county.size": "few"}).bodies["county.board"].seats
    assert [s.low for s in few] == [1, 3]


@pytest.mark.parametrize(
    ("since", "stands"), [("2017-06", True), ("2018", True), ("2017-05-31", False), ("2016", False)]
)
def test_a_succession_that_is_still_to_come(tmp_path: Path, since: str, stands: bool) -> None:
    """The landscape is read on its own day, which is May 2017 here: a day of that month has come."""
    rules = under(book(tmp_path, f'succeeds: {{who: city, follows: county, from: {since}, clause: "1"}}\n'))
    assert ("county.board" in rules.bodies) is stands


def test_successions_of_bodies(tmp_path: Path) -> None:
    rulebook = book(
        tmp_path,
        'same: {names: [city.committee, county.committee], seats_of: city.committee, clause: "1"}\n',
        'succeeds: {who: county.committee, follows: county.board, from: 2017-03, clause: "2"}\n',
    )
    (succession,) = under(rulebook).successions
    assert (succession.who, succession.follows, succession.since) == (
        "city.committee",
        "county.board",
        "2017-03",
    )
    assert {"1", "2"} <= set(rulebook.also_cited)


def test_conventions_on_which_the_texts_agree(tmp_path: Path) -> None:
    def silent(text: str, *answers: str) -> str:
        return text.replace("bodies:", f"where_silent: {{{', '.join(answers)}}}\nbodies:", 1)

    rulebook = book(
        tmp_path,
        county=silent(COUNTY, "equal_votes: undecided", "rounding: down", "day_count: clear"),
        city=silent(CITY, "equal_votes: undecided", "rounding: nearest"),
    )
    base = rulebook.base
    assert base["equal-votes"] == "undecided"
    assert base["rounding"] == "up"  # they do not agree
    assert base["day-count"] == "clear"


def test_a_landscape_of_landscapes(tmp_path: Path) -> None:
    loaded(tmp_path, SAME)
    (tmp_path / "report.yaml").rename(tmp_path / "inner.yaml")
    from govmodel.loading import load

    outer = tmp_path / "outer.yaml"
    outer.write_text(
        'govmodel: "1"\ndocument: {title: x}\nlandscape: Region\nmodels: {inner: inner.yaml}\n'
        'bodies: {forum: {name: Forum, external: yes, clause: "1"}}\n'
        'same: {names: [forum, inner.county.committee], clause: "1"}\n'
        'routes: {who: inner.county.board, informs: forum, clause: "inner:county:9"}\nclauses: {"1": one}\n'
    )
    rules = under(read(load(outer)))
    assert "forum" not in rules.bodies, "three names of one body"
    assert (("inner.county.board",), "informs", ("inner.city.committee",), ("inner:county:9",)) in routes(
        rules
    )
    assert rules.bodies["inner.city.committee"].clauses == ("inner:city:1", "1", "inner:county:5", "inner:1")


def test_a_text_alone_is_read_as_before() -> None:
    from govmodel.loading import load_text

    assert read(load_text(COUNTY)).texts == {}


def test_every_name_of_the_real_models_is_renamed() -> None:
    """No name that a text declares is left bare in the landscape."""
    from dataclasses import fields

    from govmodel.loading import load
    from govmodel.reading.renaming import Renaming

    for path in sorted((Path(__file__).parents[2] / "models").glob("*.yaml")):
        model = load(path)
        if model.members:
            continue
        renaming = Renaming("far", model, {})
        declared = {
            heading: set(getattr(model, heading))
            for heading in ("classes", "parties", "bodies", "offices", "instruments", "matters", "readings")
        }
        for spec in fields(Constitution):
            shape = spec.metadata.get("shape")
            blocks = getattr(model, spec.name)
            if shape in ("named", "blocks"):
                each = blocks.values() if shape == "named" else blocks
                for block in each:
                    _no_bare_name(renaming.block(block, renaming.home), declared, path.name)


def _no_bare_name(value: Any, declared: dict[str, set[str]], where: str) -> None:
    from dataclasses import fields, is_dataclass

    from govmodel.model.constitution import Block, ByReading, Plain, SetBy

    if isinstance(value, Block):
        assert all(ref.startswith("far:") for ref in value.clauses), where
        assert all(name.startswith("far.") for name, _ in value.gate), where
        for spec in fields(value):
            if not spec.metadata:
                continue
            found = getattr(value, spec.name)
            refers = spec.metadata["refers"]
            if spec.metadata["shape"] in ("name", "names") and refers and refers[0] != "seats":
                headings = [*declared][:5] if "any" in refers else refers
                known = {name for heading in headings for name in declared.get(heading, ())}
                assert not _strings(found) & known, (where, value.at, spec.name)
            elif spec.metadata["shape"] == "named":
                for each in found.values():
                    _no_bare_name(each, declared, where)
            elif spec.metadata["shape"] in ("blocks", "block"):
                for each in found if isinstance(found, tuple) else (found,):
                    _no_bare_name(each, declared, where)
    elif isinstance(value, (Plain, ByReading, SetBy)):
        assert is_dataclass(value)


def _strings(value: Any) -> set[str]:
    from govmodel.model.constitution import ByReading, Plain, SetBy

    match value:
        case str():
            return {value}
        case tuple():
            return {s for each in value for s in _strings(each)}
        case Plain():
            return _strings(value.value)
        case ByReading():
            return {s for each in value.options.values() for s in _strings(each)}
        case SetBy():
            return {value.who}
        case _:
            return set()


def test_every_shape_of_the_language_is_known() -> None:
    """The renaming has a case for each; this holds the list beside it for whoever adds one."""
    from typing import get_args

    assert set(get_args(Shape)) == {
        "sentence", "name", "names", "word", "words", "condition", "carried", "length", "frequency", "span",
        "number", "votes", "about", "date", "clauses", "target", "block", "blocks", "named", "words-by-name",
        "patterns", "sentences",
        "options",
    }  # fmt: skip


def test_gates_let_through_what_is_asked_and_nothing_twice() -> None:
    """Against trying every combination, for every set of combinations of two and three options."""
    from itertools import combinations, product

    from govmodel.model.rules import stands

    names = ["a", "b"]
    under_all = list(product(("x", "y"), ("p", "q", "r")))
    for size in range(1, len(under_all) + 1):
        for where in combinations(under_all, size):
            gates = _gates(names, under_all, where)
            for options in under_all:
                reading = dict(zip(names, options, strict=True))
                assert sum(stands(gate, reading) for gate in gates) == (options in where)
