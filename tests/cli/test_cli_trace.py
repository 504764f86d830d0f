"""trace, end to end: an invented board whose text stands beside its model, and everything that can be off."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cli_help import HERE, MODELS, Done, call, main

import govmodel
from govmodel.errors import InputError

MODEL = MODELS / "harbour-board.yaml"
TEXT = MODELS / "harbour-board.txt"


class Pair:
    """A copy of the model and of its text, to be changed."""

    def __init__(self) -> None:
        self.model, self.text = Path("board.yaml"), Path("board.txt")
        self.model.write_bytes(MODEL.read_bytes())
        self.text.write_bytes(TEXT.read_bytes())

    def but(self, *, text: tuple[str, str] = ("", ""), model: tuple[str, str] = ("", "")) -> Pair:
        for path, (old, new) in ((self.text, text), (self.model, model)):
            before = path.read_text("utf-8")
            assert old in before
            path.write_text(before.replace(old, new, 1), "utf-8")
        return self

    def run(self, *more: str) -> Done:
        return main("trace", str(self.model), "--source", str(self.text), *more).clean()

    def out(self, code: int, *more: str) -> str:
        done = self.run("--brief", *more)
        assert (done.code, done.err) == (code, "")
        return done.out

    def json(self, code: int = 1, *more: str) -> dict[str, Any]:
        done = self.run("--format", "json", *more)
        assert (done.code, done.err) == (code, "")
        whole = json.loads(done.out)
        jsonschema.validate(whole, json.loads((HERE / "trace.schema.json").read_text("utf-8")))
        found: dict[str, Any] = whole["models"][0]
        return found

    def clause(self, ref: str, code: int = 1) -> dict[str, Any]:
        found: dict[str, Any] = next(c for c in self.json(code)["clauses"] if c["clause"] == ref)
        return found


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pair:
    """In the working directory, so that no line is broken for the length of a path."""
    monkeypatch.chdir(tmp_path)
    return Pair()


def test_a_model_that_says_what_its_text_says(pair: Pair) -> None:
    text = pair.out(0)
    assert text.endswith("\nNothing is unread, unknown, missing or changed.\n")
    assert "8 of 8 operative clauses (100 %), 2 of them in part." in text
    assert "5 clauses set aside: 2 procedure, 1 description, 1 aspiration, 1 external." in text
    assert "1.3  board.txt:15  aspiration, with “should”" in text
    assert (
        "headings: 1 Saltmere Harbour Board · 3 Terms of reference · 5 1. The Board · 19 2. Meetings" in text
    )
    assert "of the page: 25 Page 1 of 2\n" in text
    found = pair.json(0)
    assert found["faithful"] is True
    assert found["unread"] == found["unknown"] == found["missing"] == found["changed"] == []
    assert found["tally"] == {
        "clauses": 13, "operative": 8, "encoded": 8, "in_part": 2, "share": 1.0,
        "set_aside": {"procedure": 2, "description": 1, "aspiration": 1, "external": 1},
    }  # fmt: skip


def test_every_clause_with_what_it_became(pair: Pair) -> None:
    text = pair.run().out
    _, _, clauses = text.partition("\nClauses\n")
    assert "  2.1  lines 21 to 23\n    There is a meeting each quarter" in clauses
    assert "Clauses" not in pair.out(0)
    became = {c["clause"]: c["provisions"] for c in pair.json(0)["clauses"]}
    lines = MODEL.read_text("utf-8").splitlines()
    for ref, provisions in became.items():
        for provision in provisions:
            file, line, _ = provision["place"].rsplit(":", 2)
            assert file == str(pair.model)
            assert any(ref in near for near in lines[int(line) - 1 : int(line) + 3]), provision
    assert [len(became[ref]) for ref in ("1.1", "1.2(i)", "2.1", "2.2", "1.3")] == [1, 2, 3, 1, 0]


def test_a_clause_that_the_index_lacks(pair: Pair) -> None:
    pair.but(text=("2.3 The", "2.2A new words.\n\n2.4 No boat may moor.\n\n2.3 The"))
    text = pair.out(1)
    assert "Unread: 1 clause\n" in text
    assert "  2.4  board.txt:31  “No boat may moor.”" in text
    assert text.endswith("\n1 unread, 1 changed.\n")
    assert pair.json()["unread"] == ["2.4"]
    assert pair.json()["changed"] == ["2.2"]


def test_the_fingerprint_of_an_unread_clause_is_the_one_to_write(pair: Pair) -> None:
    pair.but(text=("2.3 The", "2.4 No boat may moor.\n\n2.3 The"))
    fingerprint = pair.clause("2.4")["fingerprint"]
    pair.but(model=("  S1:\n", f'  "2.4": {{says: no mooring, is: external, text: {fingerprint}}}\n  S1:\n'))
    assert pair.json(0)["faithful"]


def test_a_new_item_and_a_new_sentence_are_unread_and_not_swallowed(pair: Pair) -> None:
    pair.but(text=("- the town\n", "- the town\n- the gulls\n"))
    pair.but(text=("a casting vote.", "a casting vote. It may use it."))
    found = pair.json()
    assert (found["unread"], found["changed"]) == (["1.2(iv)", "2.3s3"], [])


def test_what_the_index_calls_unread_is_unread(pair: Pair) -> None:
    pair.but(model=("is: aspiration", "is: unread"))
    assert "called unread at board.yaml:" in pair.out(1)
    assert pair.json()["unread"] == ["1.3"]


def test_a_line_that_no_pattern_claims(pair: Pair) -> None:
    pair.but(text=("1. The Board\n", "This is a preamble, which nobody numbered.\n\n1. The Board\n"))
    text = pair.out(1)
    assert "Unknown: 1 line\n" in text
    assert "  board.txt:5  “This is a preamble, which nobody numbered.”" in text
    assert [line["line"] for line in pair.json()["unknown"]] == [5]


def test_an_entry_that_the_text_lacks_with_what_rests_on_it(pair: Pair) -> None:
    pair.but(text=("2.2 Two members are a quorum.\n", ""))
    text = pair.out(1)
    assert "Missing: 1 clause\n" in text
    assert "Two are a quorum" in text
    assert "rests on it: a meeting of the Board is quorate when at least 2 members are present" in text
    assert "it is not said" not in text
    assert pair.json()["missing"] == ["2.2"]
    assert pair.clause("2.2")["lines"] == []


def test_a_changed_clause_names_the_findings_that_cite_it(pair: Pair) -> None:
    pair.but(text=("the chair has a casting vote", "the chair has two votes"))
    text = pair.out(1)
    clause = pair.clause("2.3s2")
    assert clause["state"] == "changed"
    assert clause["fingerprint"] != clause["indexed"]
    cited = {f.id for f in govmodel.check(pair.model).findings if "2.3s2" in f.clauses}
    assert cited
    assert set(clause["findings"]) == cited == {f["id"] for f in pair.json()["findings"]}
    for id in cited:
        assert id in text
    assert pair.json()["checked"] is True
    assert pair.json(1, "--no-findings")["checked"] is False
    assert "cited by" not in pair.out(1, "--no-findings")


def test_marks_of_type_and_punctuation_change_nothing(pair: Pair) -> None:
    pair.but(text=("Two members are a quorum.", "**Two** <b>members</b> – are a “quorum”;"))
    pair.but(text=("board.¹", "board."))
    pair.but(text=("¹ By the Harbour Order.", ""), model=('  "1.1fn":', '  "1.1p2":'))
    found = pair.json()
    assert found["changed"] == []
    assert found["missing"] == ["1.1p2"]


def test_renumbered_clauses_are_recognised(pair: Pair) -> None:
    pair.but(text=("2.2 Two", "2.2 A new clause stands here.\n\n2.4 Two"))
    assert "2.4  board.txt:29  “Two members are a quorum.”\n    the very words that the index has as 2.2" in (
        pair.out(1)
    )
    pair.but(text=("2.2 A new clause stands here.\n\n", ""))
    assert "its very words are now 2.4" in pair.out(1)
    assert (pair.clause("2.4")["same_words_as"], pair.clause("2.2")["same_words_as"]) == ("2.2", "2.4")


def test_an_entry_without_a_fingerprint_is_said_and_is_no_fault(pair: Pair) -> None:
    lines = MODEL.read_text("utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if "Two are a quorum" in line)
    pair.model.write_text("".join(lines[: at + 1] + lines[at + 2 :]), "utf-8")
    text = pair.out(0)
    assert "Not compared: 1 clause\n" in text
    fingerprint = pair.clause("2.2", 0)["fingerprint"]
    assert f'text: "{fingerprint}"' in text
    assert fingerprint in lines[at + 1]
    assert pair.json(0)["not_compared"] == ["2.2"]


def test_headings_with_words_of_command_are_looked_at_again(pair: Pair) -> None:
    pair.but(text=("Members of staff\n", "Members of staff must swim\n"))
    assert "heading  board.txt:33  “Members of staff must swim”" in pair.out(0)


def test_hints_where_a_part_or_a_beginning_is_not_found(pair: Pair) -> None:
    pair.but(text=("Appendix\n", "Annex\n"))
    text = pair.out(1)
    assert "help: the line at which S begins, by the layout, is not in the text." in text
    pair.but(text=("Annex\n", "1.1 Another first clause.\n\n1.2 And another.\n"))
    assert "help: the number 1.1 is printed again at line 31; where a part begins" in pair.out(1)


def test_the_layout_may_be_left_out(pair: Pair) -> None:
    text = pair.model.read_text("utf-8")
    start = text.index("  layout:\n")
    pair.model.write_text(text[:start] + text[text.index("\nparties:") :], "utf-8")
    found = pair.json()
    assert found["changed"] == []
    assert found["missing"] == ["S1", "S2"]


def test_from_python() -> None:
    traced = govmodel.trace(govmodel.load(MODEL), TEXT)
    assert traced.faithful
    assert traced.to_dict()["source"] == str(TEXT)
    rows = traced.rows()
    assert [row["clause"] for row in rows][:3] == ["1.1", "1.2", "1.2(i)"]
    assert {row["state"] for row in rows} == {"same"}


def test_output_goes_to_a_file_but_over_no_input(pair: Pair, tmp_path: Path) -> None:
    assert pair.out(0, "-o", str(tmp_path / "out.txt")) == ""
    assert "Nothing is unread" in (tmp_path / "out.txt").read_text("utf-8")
    for path in (pair.model, pair.text):
        before = path.read_bytes()
        done = pair.run("-o", str(path))
        assert (done.code, path.read_bytes()) == (2, before)
    assert pair.run("-o", str(tmp_path)).code == 2


def test_the_same_answer_twice_and_as_a_process() -> None:
    first = call("trace", str(MODEL), "--source", str(TEXT)).clean()
    assert (first.code, first.err) == (0, "")
    assert first.out == main("trace", str(MODEL), "--source", str(TEXT)).out


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        (None, "", "there is no such file"),
        (b"", "", "there is nothing in this file"),
        (b" \n\n", "", "there is nothing in this file"),
        (b"1.1 Fine.\n1.2 \xe9lan.\n", ":2:5", "is not UTF-8"),
        (b"1.1 Fine.\n1.2 \0\n", ":2:5", "a control character, U+0000, stands here"),
        (b"1.1 \x1b[31mred\n", ":1:5", "a control character, U+001B, stands here"),
        (b"%PDF-1.7\n%\xe2\xe3", "", "is a PDF, and plain text is read"),
        (b"PK\x03\x04rest", "", "is a Word or other packed file"),
        ("text".encode("utf-16"), "", "is text in UTF-16"),
        (b"x" * (16 * 1024 * 1024 + 1), "", "is larger than 16 MiB"),
    ],
    ids=["missing", "empty", "blank", "latin-1", "nul", "escape", "pdf", "word", "utf-16", "huge"],
)
def test_texts_that_cannot_be_used(content: bytes | None, place: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    if content is not None:
        path.write_bytes(content)
    done = main("trace", str(MODEL), "--source", str(path)).clean()
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{path}{place}: error: ")
    assert said in done.err
    assert "include" not in done.err
    with pytest.raises(InputError):
        govmodel.trace(MODEL, path)


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    done = main("trace", str(MODEL), "--source", str(tmp_path)).clean()
    assert (done.code, done.out) == (2, "")
    assert "is a directory; a text is one file" in done.err


def test_a_model_that_cannot_be_used(pair: Pair) -> None:
    pair.but(model=("present >= 2", "presents >= 2"))
    done = pair.run()
    assert (done.code, done.out) == (2, "")
    assert f"{pair.model}:31:14" in done.err


def test_slips() -> None:
    assert "Missing option '--source'" in main("trace", str(MODEL)).clean().err
    assert "Missing argument 'MODEL'" in main("trace", "--source", str(TEXT)).clean().err


def test_marks_and_tabs_and_line_ends_of_other_systems(pair: Pair) -> None:
    pair.text.write_bytes(b"\xef\xbb\xbf" + TEXT.read_bytes().replace(b"\n", b"\r\n"))
    assert pair.json(0)["faithful"]
    assert pair.clause("2.2", 0)["lines"] == [27]


def test_nothing_of_the_text_can_steer_a_terminal(pair: Pair) -> None:
    pair.but(text=("2.2 Two", "2.2 \u202eTwo\u2028"))
    out = pair.run("--no-findings").out + pair.run("--no-findings", "--format", "json").out
    assert not {"\u202e", "\u2028"} & set(out)


def test_a_fingerprint_that_is_none_is_refused(pair: Pair) -> None:
    pair.but(model=('Two are a quorum.\n    text: "', 'Two are a quorum.\n    text: "0x'))
    done = pair.run()
    assert done.code == 2
    assert "is no fingerprint" in done.err


def test_a_landscape_is_held_against_its_own_text_alone(pair: Pair) -> None:
    Path("shore.yaml").write_text(
        'govmodel: "1"\ndocument: {title: The shore}\nlandscape: The shore\nmodels: {harbour: board.yaml}\n'
        'clauses: {"1": {says: there are boards, is: description}}\n',
        "utf-8",
    )
    Path("shore.txt").write_text("1. There are boards along the shore.\n", "utf-8")
    done = main("trace", "shore.yaml", "--source", "shore.txt").clean()
    assert (done.code, done.err) == (0, "")
    assert "shore.yaml beside shore.txt: 1 clause, 1 line of text." in done.out
    assert "harbour:" not in done.out
