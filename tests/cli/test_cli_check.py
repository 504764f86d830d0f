"""`govmodel check`: exit codes, the shape of its JSON, its options."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cli_help import FIRE, HERE, OXFORD, SAFEGUARDING, TOWN, call, called, main

from govmodel.cli import COMMANDS

ALL = (OXFORD, TOWN, SAFEGUARDING, FIRE)
LEVELS = ("error", "warning", "note")


def models(*arguments: str) -> list[dict[str, Any]]:
    """The models of a call with `--format json`."""
    done = called("check", "--format", "json", *arguments).clean()
    found: list[dict[str, Any]] = json.loads(done.out)["models"]
    return found


@pytest.fixture(scope="session")
def everything() -> dict[str, Any]:
    done = called("check", "--format", "json", *ALL).clean()
    assert (done.code, done.err) == (1, "")
    whole: dict[str, Any] = json.loads(done.out)
    return whole


@pytest.fixture
def broken(tmp_path: Path) -> str:
    file = tmp_path / "broken.yaml"
    file.write_text(Path(FIRE).read_text("utf-8").replace("party: north", "party: nort"), "utf-8")
    return str(file)


# exit codes


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--select", "GM602"), 0),
        (("--select", "GM303"), 1),
        (("--select", "GM303", "--fail-on", "note"), 1),
        (("--select", "GM303", "--fail-on", "warning"), 1),
        (("--select", "GM303", "--fail-on", "error"), 0),
        (("--select", "GM303", "--fail-on", "never"), 0),
        (("--select", "GM201", "--effort", "1"), 3),
        (("--select", "GM201", "--effort", "1", "--fail-on", "never"), 3),
        (("--select", "GM201,GM202", "--effort", "1"), 1),
        (("--select", "GM201,GM202", "--effort", "1", "--fail-on", "warning"), 1),
        (("--select", "GM201,GM202", "--effort", "1", "--fail-on", "error"), 3),
        (("--select", "GM201,GM202", "--effort", "1", "--fail-on", "never"), 3),
    ],
)
def test_exit_codes_of_one_model(words: tuple[str, ...], code: int) -> None:
    """The fire board has warnings and no error; at an effort of 1 its quorum is undecided."""
    assert main("check", FIRE, *words).clean().code == code


def test_a_note_counts_unless_the_failing_level_is_higher() -> None:
    assert main("check", OXFORD, "--select", "GM602").clean().code == 1
    assert main("check", OXFORD, "--select", "GM602", "--fail-on", "warning").clean().code == 0
    assert main("check", OXFORD, "--select", "GM602", "--fail-on", "error").clean().code == 0


@pytest.mark.parametrize("fail_on", ["note", "error", "never"])
def test_input_that_cannot_be_used_wins_over_everything(broken: str, fail_on: str) -> None:
    for order in ((broken, TOWN), (TOWN, broken), (FIRE, broken, TOWN)):
        done = main("check", *order, "--effort", "1", "--fail-on", fail_on).clean()
        assert done.code == 2
        assert f'{broken}:21:22: error: party: nothing is called "nort"; did you mean' in done.err


def test_findings_win_over_what_is_undecided() -> None:
    """The safeguarding partnership has findings; of the fire board, nothing is known at an effort of 1."""
    words = ("check", SAFEGUARDING, FIRE, "--select", "GM201,GM404", "--effort", "1")
    assert main(*words).clean().code == 1
    assert main(*words, "--fail-on", "error").clean().code == 3
    assert main(*words, "--fail-on", "never").clean().code == 3


def test_the_exit_code_is_that_of_the_process(broken: str) -> None:
    assert call("check", FIRE, "--select", "GM602").clean().code == 0
    assert called("check", FIRE).clean().code == 1
    assert call("check", broken).clean().code == 2
    assert call("check", FIRE, "--select", "GM201", "--effort", "1").clean().code == 3


def test_it_is_not_said_that_nothing_was_checked_when_something_was(broken: str) -> None:
    done = main("check", broken, FIRE).clean()
    assert "Carrow Fire Board" in done.out
    assert "nothing was checked" not in done.err


# what is undecided


def test_with_too_little_effort_nothing_is_made_up(everything: dict[str, Any]) -> None:
    """What the solver was not allowed to decide is listed; no finding is new, and none rests on it."""
    known = {f["id"] for model in everything["models"] for f in model["findings"]}
    for model in models("--effort", "1", *ALL):
        assert {f["id"] for f in model["findings"]} <= known
        open_questions = {(u["check"], u["subject"]) for u in model["undecided"]}
        assert open_questions
        assert not open_questions & {(f["check"], f["subject"]) for f in model["findings"]}
        assert not {f["check"] for f in model["findings"]} & {"GM101", "GM102", "GM103"}
        assert model["bounds"]["effort"] == 1


def test_what_is_undecided_is_told_in_text() -> None:
    text = called("check", "--effort", "1", FIRE).clean().out
    after = text.split("\nNot decided\n")[1].split("\nReadings covered\n")[0]
    assert "GM201 board" in after
    assert "Every question that was asked was decided." not in text
    assert "Every question that was asked was decided." in called("check", FIRE).clean().out


def test_more_effort_decides_no_less() -> None:
    for effort in ("4294967295", "4294967297"):
        done = main("check", FIRE, "--select", "GM101", "--effort", effort)
        assert done.code == 0 or "--effort" in done.err, effort


# JSON


def test_the_shape_of_the_json(everything: dict[str, Any]) -> None:
    schema = json.loads((HERE / "check.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    little = json.loads(called("check", "--format", "json", "--effort", "1", *ALL).out)
    for whole in (everything, little):
        assert [e.message for e in validator.iter_errors(whole)] == []


def test_one_object_a_call_with_the_models_in_order(everything: dict[str, Any]) -> None:
    ids = [model["id"] for model in everything["models"]]
    assert ids == ["oscp-2010", "town-board", "children-safeguarding", "fire-board"]
    assert [model["path"] for model in everything["models"]] == list(ALL)


def test_findings_are_ordered_and_known_by_their_ids(everything: dict[str, Any]) -> None:
    for model in everything["models"]:
        ids = [f["id"] for f in model["findings"]]
        assert len(ids) == len(set(ids))
        levels = [LEVELS.index(f["level"]) for f in model["findings"]]
        assert levels == sorted(levels)
        for f in model["findings"]:
            assert f["id"] == f"{f['check']}:{'+'.join(f['clauses'])}:{f['subject']}"


def test_places_lie_in_the_file(everything: dict[str, Any]) -> None:
    for model in everything["models"]:
        lines = Path(model["path"]).read_text("utf-8").splitlines()
        for f in model["findings"]:
            path, line, column = f["place"].rsplit(":", 2)
            assert path == model["path"]
            assert 1 <= int(column) <= len(lines[int(line) - 1]) + 1


def test_clauses_readings_and_options_are_those_of_the_model(everything: dict[str, Any]) -> None:
    for model in everything["models"]:
        text = Path(model["path"]).read_text("utf-8")
        index = text[text.index("\nclauses:") :]
        options = {c["name"]: c["options"] for c in model["readings_covered"]}
        for c in model["readings_covered"]:
            assert c["base"] in c["options"]
            known = {f["id"] for f in model["findings"]}
            for option, ids in c["findings"].items():
                assert option in c["options"]
                assert set(ids) <= known
        for f in model["findings"]:
            for clause in f["clauses"]:
                assert re.search(rf'^  "?{re.escape(clause)}"?:', index, re.MULTILINE), clause
            for partial in f["readings"] if f["readings"] != "all" else ():
                assert all(option in options[name] for name, option in partial.items())


def test_text_and_json_tell_the_same(everything: dict[str, Any]) -> None:
    text = called("check", *ALL).clean().out
    for model in everything["models"]:
        assert model["title"] in text
        for f in model["findings"]:
            assert re.search(rf"^  id       {re.escape(f['id'])}$", text, re.MULTILINE)
            assert f"{f['level']} {f['check']}: {f['name']}  {f['place']}" in text


def test_a_broken_model_among_others_leaves_json_of_the_others(broken: str) -> None:
    done = main("check", broken, FIRE, "--format", "json").clean()
    assert done.code == 2
    assert [m["id"] for m in json.loads(done.out)["models"]] == ["fire-board"]


def test_json_is_an_object_even_when_no_model_can_be_used(broken: str) -> None:
    done = main("check", broken, "--format", "json").clean()
    assert done.code == 2
    assert json.loads(done.out)["models"] == []


def test_a_model_twice_and_two_of_one_name(tmp_path: Path) -> None:
    other = tmp_path / "town-board.yaml"
    other.write_bytes(Path(FIRE).read_bytes())
    done = main("check", TOWN, str(other), TOWN, "--format", "json", "--select", "GM2,GM3").clean()
    first, second, third = json.loads(done.out)["models"]
    assert (first["id"], second["id"], third["id"]) == ("town-board",) * 3
    assert (first["path"], second["path"]) == (TOWN, str(other))
    assert first == third != second


# -o


def test_output_goes_to_a_file_and_nowhere_else(tmp_path: Path) -> None:
    for words in ((), ("--format", "json")):
        file = tmp_path / "report"
        done = main("check", FIRE, *words, "-o", str(file)).clean()
        assert (done.code, done.out, done.err) == (1, "", "")
        assert file.read_text("utf-8") == called("check", FIRE, *words).out
        assert file.read_text("utf-8").endswith("\n")


@pytest.mark.parametrize("target", [".", "no-such-directory/x", "/dev/full"])
def test_a_file_that_cannot_be_written(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = main("check", FIRE, "--select", "GM602", "-o", target).clean()
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"Error: cannot write {target}: ")


# --select, --ignore


def test_select_and_ignore_take_ids_and_families_in_any_case() -> None:
    def asked(*words: str) -> list[str]:
        return list(
            json.loads(main("check", FIRE, "--format", "json", *words).clean().out)["models"][0]["asked"]
        )

    everything = asked()
    assert everything == sorted(everything)
    assert asked("--select", "gm602, GM303") == ["GM303", "GM602"]
    assert asked("--select", "GM2") == [c for c in everything if c.startswith("GM2")]
    assert asked("--ignore", "GM1,GM607") == [c for c in everything if c[:3] != "GM1" and c != "GM607"]
    assert asked("--select", "GM6", "--ignore", "GM607") == [
        c for c in everything if c[:3] == "GM6" and c != "GM607"
    ]


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_check_is_named_with_the_nearest(option: str) -> None:
    done = main("check", FIRE, option, "GM6022").clean()
    assert (done.code, done.out) == (2, "")
    assert "there is no check 'GM6022'; did you mean 'GM602'?" in done.err
    assert main("check", FIRE, option, "nonsense").clean().code == 2


def test_a_wrong_option_is_told_once() -> None:
    done = main("check", FIRE, TOWN, "--select", "GM6022").clean()
    assert done.err.count("GM6022") == 1


def test_select_given_twice_means_both() -> None:
    done = main("check", FIRE, "--select", "GM303", "--select", "GM602", "--format", "json").clean()
    assert done.code == 2 or list(json.loads(done.out)["models"][0]["asked"]) == ["GM303", "GM602"]


def test_a_call_that_asks_nothing_is_refused() -> None:
    assert main("check", FIRE, "--select", "GM1", "--ignore", "GM1").code == 2


# --reading


def test_a_reading_is_fixed_and_named() -> None:
    free = models(TOWN)[0]
    assert next(c for c in free["readings_covered"] if c["name"] == "chair-vote")["fixed"] is None
    for name in ("chair-vote", "chair_vote"):
        done = main("check", TOWN, "--reading", f"{name}=always", "--format", "json").clean()
        model = json.loads(done.out)["models"][0]
        assert next(c for c in model["readings_covered"] if c["name"] == "chair-vote")["fixed"] == "always"
        assert "GM209" in {f["check"] for f in free["findings"]}
        assert "GM209" not in {f["check"] for f in model["findings"]}
    assert "chair-vote (fixed: always)" in main("check", TOWN, "--reading", "chair-vote=always").out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("chair-vote",), "NAME=OPTION"),
        (("=tie",), "NAME=OPTION"),
        (("chair-vote=",), "NAME=OPTION"),
        (("chair-vot=tie",), "did you mean 'chair-vote'?"),
        (("chair-vote=tied",), "did you mean 'tie'?"),
        (("chair-vote=tie", "chair-vote=always"), "chair-vote"),
        (("zzz=tie",), "'zzz'"),
    ],
)
def test_wrong_readings(given: tuple[str, ...], said: str) -> None:
    done = main("check", TOWN, *(w for text in given for w in ("--reading", text))).clean()
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_the_same_reading_twice_is_no_slip() -> None:
    words = ("--reading", "chair-vote=tie")
    assert main("check", TOWN, *words, *words, "--select", "GM602").clean().code == 0


def test_two_spellings_of_one_reading_cannot_say_two_things() -> None:
    assert main("check", TOWN, "--reading", "chair-vote=tie", "--reading", "chair_vote=always").code == 2


def test_options_are_found_in_either_spelling() -> None:
    done = main("check", TOWN, "--reading", "equal_votes=not_carried", "--select", "GM602")
    assert done.code == 0


def test_readings_that_exclude_one_another() -> None:
    pair = ("--reading", "fire-and-county=together", "--reading", "local-government=one-member")
    done = main("check", OXFORD, *pair).clean()
    assert done.code == 2
    assert "makes sense only with" in done.err


# --from


def test_from_moves_the_stories() -> None:
    done = main("check", TOWN, "--from", "2030-01-01", "--select", "GM104", "--format", "json").clean()
    model = json.loads(done.out)["models"][0]
    assert model["bounds"]["first_day"] == "2030-01-01"
    (finding,) = model["findings"]
    assert re.search(r"\b20(29|30)\b", finding["story"][0])


def test_a_wrong_day() -> None:
    for day in ("2010-13-01", "tomorrow", "2010-02-30"):
        done = main("check", TOWN, "--from", day).clean()
        assert done.code == 2
        assert day in done.err


@pytest.mark.parametrize("day", ["0001-01-01", "1850-01-01", "2150-01-01", "9999-12-31"])
def test_a_day_without_a_calendar(day: str) -> None:
    done = main("check", TOWN, "--from", day).clean()
    assert done.code == 2
    assert "bank holidays" in done.err


# words that are no options


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check",), "Missing argument 'MODEL...'"),
        (("check", FIRE, "--formt", "json"), "No such option '--formt'. (Did you mean one of: "),
        (("check", FIRE, "--format", "yml"), "'yml' is not one of 'text', 'json'"),
        (
            ("check", FIRE, "--fail-on", "errors"),
            "'errors' is not one of 'error', 'warning', 'note', 'never'",
        ),
        (("check", FIRE, "--effort", "0"), "0 is not in the range"),
        (("check", FIRE, "--effort", "much"), "'much' is not a valid integer"),
        (("chek", FIRE), "There is no command 'chek'. Did you mean check?"),
        (("zzz",), f"The commands are {', '.join(COMMANDS)}"),
        (("--versoin",), "No such option '--versoin'. Did you mean '--version'?"),
    ],
)
def test_slips_on_the_command_line(words: tuple[str, ...], said: str) -> None:
    done = main(*words).clean()
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())


# readings beyond count


def test_readings_that_were_not_all_covered_are_not_called_all(tmp_path: Path) -> None:
    """Fourteen questions, each of a seat: with every seat there are 21, and a quorum of 20 can be reached."""
    readings = "".join(
        f'  r{i:02}: {{clause: "1", question: "Seat {i}?", options: {{out: no, in: yes}}, base: out}}\n'
        for i in range(14)
    )
    seats = "".join(
        f'      s{i}: {{party: north, reading: {{r{i:02}: in}}, clause: "1"}}\n' for i in range(14)
    )
    text = Path(FIRE).read_text("utf-8").replace("parties:", f"readings:\n{readings}\nparties:", 1)
    text = text.replace("    seats:\n", f"    seats:\n{seats}", 1).replace(">= 4", ">= 20")
    file = tmp_path / "m.yaml"
    file.write_text(text, "utf-8")
    done = main("check", str(file), "--select", "GM201", "--format", "json").clean()
    model = json.loads(done.out)["models"][0]
    assert [u["check"] for u in model["undecided"]] == ["GM201"]
    assert all(f["readings"] != "all" for f in model["findings"])


CLASHING = """govmodel: "1"
document: {title: A Safety Partnership}
bodies:
  board: {name: Safety Partnership, clause: "1"}
norms:
  - {about: meeting of board, must: open-to-public, always: yes, clause: "2"}
  - {about: meeting of board, must: open-to-public, always: yes, clause: "3"}
  - {about: meeting of board, must_not: open-to-public, always: yes, clause: "4"}
  - {about: meeting of board, must_not: open-to-public, always: yes, clause: "5"}
clauses:
  "1": there is a Safety Partnership
  "2": every meeting is held in public
  "3": nobody is kept from a meeting
  "4": no meeting is held in public
  "5": nobody but members comes to a meeting
"""


def test_conflicts_are_looked_for_up_to_a_number_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "clashing.yaml"
    file.write_text(CLASHING, "utf-8")
    words = (str(file), "--select", "GM101")
    (whole,) = models(*words)
    assert {tuple(f["clauses"]) for f in whole["findings"]} == {
        ("2", "4"),
        ("2", "5"),
        ("3", "4"),
        ("3", "5"),
    }
    assert whole["undecided"] == []
    assert whole["bounds"]["conflicts"].startswith("20 minimal sets")
    (some,) = models(*words, "--most-conflicts", "3")
    assert len(some["findings"]) == 3
    assert {u["why"] for u in some["undecided"]} == {"stopped at 3 minimal clause sets"}
    assert some["bounds"]["conflicts"].startswith("3 minimal sets")
    assert main("check", *words, "--most-conflicts", "3", "--fail-on", "never").clean().code == 3
    assert main("check", *words, "--most-conflicts", "0").code == 2
