"""Input that cannot be used, through every command that reads a model: one clear message, exit code 2."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bad_files import BAD, GOOD, Bad
from cli_help import FIRE, HARBOUR, PLACE, PLAIN, call, main

import govmodel
from govmodel.errors import InputError
from govmodel.report.diagnostics import problems_text

COMMANDS = {
    "check": ("check",),
    "show": ("show",),
    "graph": ("graph", "-o", "-", "--format", "json"),
    "simulate": ("simulate", "--scenario", PLAIN, "--years", "1", "--replications", "2"),
    "trace": ("trace", "--source", HARBOUR),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_bad_models(bad: Bad, command: str, tmp_path: Path) -> None:
    path = bad.put(tmp_path)
    done = main(*COMMANDS[command], path).clean()
    assert (done.code, done.out) == (2, "")
    first, *rest = done.err.splitlines()
    place = f"{path}:{bad.line}:{bad.column}: error: " if bad.line else f"{path}: error: "
    assert first.startswith(place), first
    assert bad.said in done.err
    assert rest
    assert all(ord(c) >= 32 or c == "\n" for c in done.err), "nothing that steers a terminal"
    assert len(done.err) < 20_000


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_bad_scenarios(bad: Bad, tmp_path: Path) -> None:
    """Whatever cannot be read as a model cannot be read as a scenario either."""
    done = main("simulate", FIRE, "--scenario", bad.put(tmp_path)).clean()
    assert (done.code, done.out) == (2, "")
    assert done.err.splitlines()[0].startswith(str(tmp_path))


def test_as_a_process(tmp_path: Path) -> None:
    """All kinds in one call: nothing crashes, and each file is named."""
    paths = [bad.put(tmp_path) for bad in BAD if bad.name != "alias-bomb"]
    done = call("check", *paths).clean()
    assert (done.code, done.out) == (2, "")
    for path in paths[:20]:
        assert path in done.err
    places = [line for line in done.err.splitlines() if ": error: " in line]
    assert sum(bool(PLACE.match(line)) for line in places) > 30


def test_every_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    full = tmp_path / "a.yaml"
    full.write_text(GOOD + "".join(f"key-{i}: x\n" for i in range(60)), "utf-8")
    last = tmp_path / "b.yaml"
    last.write_text("", "utf-8")
    done = main("check", str(full), str(last)).clean()
    assert str(last) in done.err


def test_every_problem_of_a_file_in_one_go(tmp_path: Path) -> None:
    file = tmp_path / "many.yaml"
    text = GOOD.replace("quorum:", "quorom:").replace("party: north", "party: nort")
    text = text.replace("3 working", "3 wroking").replace('clause: "6"', 'clause: "66"')
    file.write_text(text, "utf-8")
    done = main("check", str(file)).clean()
    found = [line for line in done.err.splitlines() if PLACE.match(line)]
    assert len(found) == 4
    lines = [int(line.split(":")[1]) for line in found]
    assert lines == sorted(lines)
    assert done.err.splitlines()[-1].startswith("4 problems")


def test_an_alias_bomb_in_a_sound_model_costs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "bomb.yaml"
    bomb = next(bad for bad in BAD if bad.name == "alias-bomb").content
    assert isinstance(bomb, bytes)
    file.write_bytes(GOOD.encode() + b"x: &x [1]\ny: [*x, *x]\n" + bomb)
    assert main("check", str(file)).clean().code == 2


# what is no fault


def test_a_number_that_other_programs_would_change_is_read_and_noted(tmp_path: Path) -> None:
    quoted, bare = tmp_path / "quoted.yaml", tmp_path / "bare.yaml"
    text = GOOD.replace('"7"', '"1.10"')
    quoted.write_text(text, "utf-8")
    bare.write_text(text.replace('clause: "1.10"', "clause: 1.10", 1), "utf-8")
    for words in ((), ("--fail-on", "error")):
        one, other = (main("check", str(f), *words).clean() for f in (quoted, bare))
        assert one.code == other.code == (0 if words else 1)
    noted = main("check", str(bare)).clean()
    assert "1.10" in noted.out
    assert any(PLACE.match(line) and ": note: " in line for line in noted.out.splitlines())
    assert "note: " not in main("check", str(quoted)).out.split("Bounds")[1]
    assert main("check", str(bare), "--select", "GM602").clean().code == 0, "the note is no finding"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.rstrip("\n").encode(),
        GOOD.encode() + b"# " + b"x" * 1_000_000 + b"\n",
        b"%YAML 1.2\n---\n" + GOOD.encode() + b"...\n",
    ],
    ids=["byte-order-mark", "crlf", "no-last-newline", "a-very-long-line", "directive"],
)
def test_the_same_model_in_another_dress(content: bytes, tmp_path: Path) -> None:
    for name, data in (("plain", GOOD.encode()), ("dressed", content)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "m.yaml").write_bytes(data)
    plain, dressed = (
        main("check", str(tmp_path / name / "m.yaml"), "--select", "GM2,GM6").clean()
        for name in ("plain", "dressed")
    )
    assert plain.code == dressed.code == 1
    shift = content.startswith(b"%YAML")
    assert shift or plain.out.replace("/plain/", "/dressed/") == dressed.out


def test_a_sentence_of_a_megabyte(tmp_path: Path) -> None:
    file = tmp_path / "long.yaml"
    file.write_text(GOOD.replace("the proper officer", "very " * 200_000 + "proper officers"), "utf-8")
    assert main("check", str(file), "--select", "GM6,GM101").clean().code == 0


# names of files

NAMES = (
    "two words.yaml",
    "line\nbreak.yaml",
    "Ünïted 消防 🔥.yaml",
    "no-extension",
    "'quote\".yaml",
    "$HOME.yaml",
)


@pytest.mark.parametrize("name", NAMES)
def test_odd_names(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(GOOD, "utf-8")
    done = main("check", str(path), "--select", "GM602").clean()
    assert (done.code, done.err) == (0, "")
    assert main(*COMMANDS["graph"], str(path)).clean().code == 0
    path.unlink()
    assert main("check", str(path)).clean().code == 2


def test_a_name_that_begins_with_a_dash(tmp_path: Path) -> None:
    (tmp_path / "-model.yaml").write_text(GOOD, "utf-8")
    assert call("check", "--select", "GM602", "--", "-model.yaml", cwd=tmp_path).clean().code == 0
    done = call("check", "-model.yaml", cwd=tmp_path).clean()
    assert done.code == 2
    assert "No such option" in done.err
    assert call("check", "-", cwd=tmp_path).clean().code == 2


def test_a_name_that_is_not_unicode(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/bad \xff.yaml")
    Path(path).write_text(GOOD, "utf-8")
    done = call("check", path, "--select", "GM602", errors="replace").clean()
    assert done.code == 0
    Path(path).unlink()
    assert call("check", path, errors="replace").clean().code == 2


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = str(tmp_path / "a\n\x1b[31mb.yaml")
    missing = main("check", path).clean()
    assert "\x1b" not in missing.err
    Path(path).write_text(GOOD, "utf-8")
    assert "\x1b" not in main("check", path).clean().out


# numbers that load, and must not be the end of an engine


@pytest.mark.parametrize("date", ["1850-05", "2100-11", "2150-05", "9999-12-31"])
def test_a_document_outside_the_calendar(date: str, tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text(GOOD.replace("2021-05", date), "utf-8")
    done = main("check", str(file)).clean()
    assert done.code in (1, 2, 3)


def test_a_notice_of_centuries(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text(GOOD.replace("3 working", "999999 working"), "utf-8")
    assert main("check", str(file)).clean().code in (1, 2, 3)


def test_a_quorum_that_is_never_missed(tmp_path: Path) -> None:
    """A hundred members, four of whom are enough: the exact share of inquorate meetings is about 1e-60."""
    file = tmp_path / "m.yaml"
    file.write_text(GOOD.replace("seats: 4", "seats: 100"), "utf-8")
    assert main(*COMMANDS["simulate"], str(file)).clean().code == 0


def test_a_thousand_members(tmp_path: Path) -> None:
    file = tmp_path / "m.yaml"
    file.write_text(GOOD.replace("seats: 4", "seats: 1000").replace(">= 4", ">= 501"), "utf-8")
    done = call("check", str(file), "--format", "json").clean()
    assert done.code == 1
    assert '"effort": 2000000' in done.out


@pytest.mark.parametrize("command", [("check",), ("repair",), ("show", "clocks")], ids=lambda c: c[0])
def test_a_year_of_which_no_holidays_are_known_is_told_at_its_place(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "far.yaml"
    path.write_text(GOOD.replace("date: 2021-05", "date: 9999-04"), "utf-8")
    first, *more = command
    done = main(first, str(path), *more).clean()
    assert done.code == 2
    assert done.err.startswith(f"{path}:6:9: error: start days cannot run from 9999-04-01")


def test_one_mistake_on_many_lines_is_told_once(tmp_path: Path) -> None:
    """A name that is wrong all through a table: the first place, and the lines of the others."""
    table = tmp_path / "minutes.csv"
    rows = [f"2010-{month:02}-07,polis,yes" for month in range(1, 13)]
    table.write_text("\n".join(["date,seat,came", *rows, "2011-01-07,nobody,yes"]) + "\n", encoding="utf-8")
    town = Path(__file__).parent / "models" / "town-board.yaml"
    with pytest.raises(InputError) as found:
        govmodel.fit(table, town)
    text = problems_text(found.value.problems)
    assert text.count('"polis"') == 1
    assert "    the same on lines 3, 4, 5, 6, 7, 8, 9, 10 and 3 more\n" in text
    assert '"nobody"' in text
    assert "13 problems" in text


def test_the_package_offers_what_is_for_others() -> None:
    assert [name for name in dir(govmodel) if not name.startswith("_")] == sorted(govmodel.__all__)
