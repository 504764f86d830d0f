"""show, end to end: what is read back, in every form, and every call that cannot be answered."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from cli_help import FIRE, SAFEGUARDING, TOWN, call, main

import govmodel
from govmodel.errors import InputError
from govmodel.loading import load_text
from govmodel.model.shown import WHATS

FORMATS = ("text", "json", "markdown", "csv")


def out(*arguments: str) -> str:
    done = main("show", *arguments).clean()
    assert (done.code, done.err) == (0, "")
    return done.out


def flat(text: str) -> str:
    """The text as one line, so that it does not matter where lines are broken."""
    return " ".join(text.split())


def test_a_board_read_back() -> None:
    text = flat(out(TOWN))
    for sentence in (
        "The text constitutes the Millbrook Town Board [1.1].",
        "Each of the class ‘public sector’ has 1 voting seat on the Millbrook Town Board, with 1 vote [2.1].",
        "Millbrook Chamber of Trade has 2 voting seats on the Millbrook Town Board, with 1 vote each [2.2].",
        "A meeting of the Millbrook Town Board is quorate when at least 4 members are present; without a "
        "quorum the meeting cannot be held [3.2].",
        "It is not said when the quorum of the Millbrook Town Board must be there [the text is silent].",
        "A decision of the Millbrook Town Board on spending from the town fund is carried by at least "
        "two thirds of the members present [4.2].",
        "The Chair, presiding, has, if ‘chair-vote’ is read as ‘tie’ (the base), a casting vote when votes "
        "are equal; if as ‘always’, an additional vote in every ballot [4.3].",
        "The Clerk must send out the papers at least 5 working days before every meeting of the Millbrook "
        "Town Board; the text says this of every case [3.3]. (papers)",
        "If a meeting of the Millbrook Town Board is an urgent one, the Chair may give notice of the meeting "
        "at least 2 working days before the meeting; the bound is exhaustive: what lies outside it is "
        "forbidden [3.4].",
        "The Millbrook Town Board must escalate a dispute between members to the Borough Cabinet; the "
        "outcome is final [6.1].",
        "Nothing rests on this clause, since it is an aspiration: “the town should thrive” [1.2].",
    ):
        assert sentence in text


def test_a_reading_that_is_settled() -> None:
    text = flat(out(TOWN, "--reading", "chair-vote=always"))
    presides = (
        "The Chair, first in order, presides over meetings of the Millbrook Town Board; the Chair, "
        "presiding, has an additional vote in every ballot [4.3]."
    )
    assert presides in text
    assert "if ‘chair-vote’" not in text
    assert "It is read here as ‘always’: in every vote [4.3]." in text
    assert "where chair-vote is read as always" in text


def test_by_clause_in_the_order_of_the_index() -> None:
    lines = out(TOWN, "--by", "clause").splitlines()
    heads = [line for line in lines if re.fullmatch(r"\d\.\d", line)]
    assert heads == [
        "1.1",
        "1.2",
        "2.1",
        "2.2",
        "3.1",
        "3.2",
        "3.3",
        "3.4",
        "4.1",
        "4.2",
        "4.3",
        "4.4",
        "5.1",
        "6.1",
    ]
    text = flat("\n".join(lines))
    assert "1.2 the town should thrive – Nothing rests on it: it is an aspiration." in text
    office = "The Millbrook Town Board has the office of Clerk"
    assert f"3.3 the clerk sends papers five working days ahead – {office}" in text


@pytest.mark.parametrize("model", [TOWN, SAFEGUARDING, FIRE], ids=["town", "safeguarding", "fire"])
@pytest.mark.parametrize("what", WHATS)
def test_every_table_in_every_form(model: str, what: str) -> None:
    for form in FORMATS:
        text = out(model, what, "--format", form)
        assert text.endswith("\n")
        assert text == out(model, what, "--format", form)
        assert "\x1b" not in text
    assert max(len(line) for line in out(model, what).splitlines()) <= 100 or what not in (
        "sentences",
        "summary",
    )
    assert out(model, what, "--format", "markdown").startswith("# ")


@pytest.mark.parametrize("what", WHATS)
def test_rows_are_flat_and_the_same_in_every_form(what: str) -> None:
    shown = govmodel.show(TOWN, what)
    rows = shown.rows()
    assert rows
    assert all(set(row) == set(rows[0]) for row in rows)
    assert {type(v) for row in rows for v in row.values()} <= {str, int, float, bool, type(None)}
    read = list(csv.DictReader(io.StringIO(out(TOWN, what, "--format", "csv"))))
    assert len(read) == len(rows)
    assert list(read[0]) == list(rows[0])
    whole = json.loads(out(TOWN, what, "--format", "json"))
    assert (whole["schema"], whole["id"], whole["what"]) == (1, "town-board", what)
    plain = {key: value for key, value in whole.items() if key not in ("govmodel", "schema")}
    assert plain == json.loads(json.dumps(shown.to_dict()))


def test_rows_for_a_data_frame() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(govmodel.show(TOWN, "seats").rows())
    assert int(frame.seats_min.sum()) == 8
    assert list(frame.columns[:3]) == ["model", "body", "seat"]


def test_seats_are_counted_under_every_reading() -> None:
    whole = govmodel.show(TOWN, "seats").to_dict()
    (total,) = whole["totals"]
    assert (total["seats"], total["votes"], total["votes_min"], total["votes_max"]) == (8, 8, 8, 9)
    assert total["depends_on"] == "chair-vote"
    (fixed,) = govmodel.show(TOWN, "seats", reading={"chair-vote": "always"}).to_dict()["totals"]
    assert (fixed["votes"], fixed["votes_min"], fixed["votes_max"], fixed["depends_on"]) == (9, 9, 9, None)


def test_a_body_at_a_glance() -> None:
    (row,) = govmodel.show(TOWN, "summary").rows()
    assert row["quorum"] == "At least 4 members are present"
    assert row["decided_by"].startswith("A majority of the votes cast for and against; at least two thirds")
    assert row["chair"] == "The Chair, then somebody on whom they agree"
    assert row["meetings"] == "4 a year (ordinary, every quarter); urgent ones"
    assert row["notice"].startswith("May be at least 2 working days before the meeting")
    assert row["depends_on"] == "chair-vote"


def test_clocks_count_days() -> None:
    rows = {row["event"]: row for row in govmodel.show(TOWN, "clocks").rows()}
    papers = rows["the papers go out"]
    assert (papers["bound"], papers["days"], papers["days_worst"], papers["force"]) == (
        "at least 5 working days before the meeting", 7, 12, "must",
    )  # fmt: skip
    assert rows["Chair"]["bound"] == "2 years"
    assert [row["event"].lower() for row in govmodel.show(TOWN, "clocks").rows()] == sorted(
        e.lower() for e in rows
    )


def test_what_depends_on_a_reading() -> None:
    row = next(r for r in govmodel.show(TOWN, "readings").rows() if r["reading"] == "chair-vote")
    assert row["depends_on_it"] == "Millbrook Town Board, Who presides [4.3]"
    assert row["options"] == "tie: only when the votes are equal; always: in every vote"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((TOWN, "sentnces"), "there is nothing to show called 'sentnces'; did you mean 'sentences'?"),
        ((TOWN, "everything"), "There are sentences, summary, seats, readings, routes, clocks"),
        ((TOWN, "--by", "claus"), "sentences are ordered by subject or by clause, not by 'claus'"),
        ((TOWN, "seats", "--by", "clause"), "only sentences can be ordered by clause, not seats"),
        ((TOWN, "--reading", "chairs-vote=tie"), "has no reading 'chairs-vote'; did you mean 'chair-vote'?"),
        ((TOWN, "--reading", "chair-vote=ties"), "has no option 'ties'; did you mean 'tie'?"),
        ((TOWN, "--reading", "chair-vote"), "--reading wants NAME=OPTION"),
        ((TOWN, "--format", "xml"), "'xml' is not one of"),
        (("no-such-file.yaml",), "no-such-file.yaml"),
        ((TOWN, "-o", TOWN), "town-board.yaml is what the output is made from; write it to another file"),
        ((TOWN, "-o", "no/such/folder"), "cannot write no/such/folder"),
        ((), "Missing argument 'MODEL'"),
    ],
)
def test_calls_that_cannot_be_answered(arguments: tuple[str, ...], said: str) -> None:
    done = main("show", *arguments).clean()
    assert (done.code, done.out) == (2, "")
    assert said in flat(done.err)


def test_from_python_a_wrong_name_is_an_input_error() -> None:
    with pytest.raises(InputError, match="did you mean 'seats'"):
        govmodel.show(TOWN, "seat")


def test_to_a_file(tmp_path: Path) -> None:
    page = tmp_path / "board.md"
    assert out(TOWN, "summary", "--format", "markdown", "-o", str(page)) == ""
    assert page.read_text("utf-8").startswith("# Millbrook Town Board, terms of reference\n")


def test_as_a_process_whose_reader_goes_away() -> None:
    done = call("show", TOWN, "routes").clean()
    assert (done.code, done.err) == (0, "")
    assert "Millbrook Town Board" in done.out


def test_where_it_goes_if_it_is_about_the_receiver_stands_in_the_table_of_routes() -> None:
    text = """\
govmodel: "1"
document: {title: A Board}
bodies:
  board: {name: the board, clause: "1"}
  council: {name: the council, external: yes, clause: "1"}
offices:
  chair: {name: the chair, of: board, clause: "1"}
matters:
  complaint: {name: a complaint}
routes:
  - who: complainant
    escalates_to: chair
    matter: complaint
    about: board
    about_receiver: council
    clause: "1"
clauses: {"1": a}
"""
    shown = govmodel.show(load_text(text, "board.yaml"), "routes")
    (row,) = shown.rows()
    assert (row["about"], row["about_receiver"]) == ("board", "council")
