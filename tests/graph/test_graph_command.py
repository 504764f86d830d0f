"""`govmodel graph` as a user meets it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govmodel.cli.graph import FORMATS, command
from govmodel.errors import InputError

MODEL = str(Path(__file__).parents[2] / "models" / "oscp-2010.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, [MODEL, *arguments])


def told(result: Result) -> tuple[int, str]:
    """Exit code and words, as `main` makes them of an input that cannot be used."""
    if isinstance(result.exception, InputError):
        return 2, str(result.exception)
    return result.exit_code, result.output


@pytest.mark.parametrize("extension", FORMATS)
def test_every_format_by_its_extension(tmp_path: Path, extension: str) -> None:
    file = tmp_path / f"picture.{extension}"
    result = run("-o", str(file))
    assert (result.exit_code, result.output) == (0, "")
    again = run("-o", "-", "--format", extension)
    assert again.output == file.read_text(encoding="utf-8")
    start = {"svg": "<svg", "dot": "digraph", "mmd": "flowchart TB", "graphml": "<?xml", "json": "{"}
    assert again.output.startswith(start[extension])


def test_the_picture_of_oxfordshire() -> None:
    text = run("-o", "-", "--format", "svg").output
    said = " ".join(e.text or "" for e in ET.fromstring(text).iter("{http://www.w3.org/2000/svg}text"))
    for words in (
        "15 voting seats",
        "quorum 8",
        "Chairman",
        "with a casting vote",
        "Oxfordshire Public",
        "(17.1)",
    ):
        assert words in said


def test_the_ladder_of_disputes() -> None:
    text = run("-o", "-", "--format", "mmd", "--matter", "dispute", "--only", "escalates-to").output
    assert text.count("-->") == 2
    assert "only escalates to" not in text


def test_a_reading_changes_the_picture_and_is_named_in_it() -> None:
    base = run("-o", "-", "--format", "json")
    other = run("-o", "-", "--format", "json", "--reading", "local-government=one-member")
    assert json.loads(base.output)["reading"]["local-government"] == "each-council"
    assert json.loads(other.output)["reading"]["local-government"] == "one-member"
    svg = run("-o", "-", "--format", "svg", "--reading", "local_government=one-member").output
    assert "local-government = one-member" in svg


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-o", "x.png"), (".png", ".svg, .dot, .mmd, .graphml, .json")),
        (("-o", "x"), ("no extension", ".graphml")),
        (("-o", "-"), ("--format", "svg, dot, mmd, graphml, json")),
        (("-o", "-", "--format", "gif"), ("'gif'", "svg, dot, mmd, graphml, json")),
        (("-o", "-", "--format", "svg", "--reading", "chairsvote=casting"), ("did you mean 'chairs-vote'",)),
        (("-o", "-", "--format", "svg", "--reading", "chairs-vote=castin"), ("did you mean 'casting'",)),
        (("-o", "-", "--format", "svg", "--reading", "chairs-vote"), ("NAME=OPTION",)),
        (("-o", "-", "--format", "svg", "--only", "reportsto"), ("did you mean 'reports_to'",)),
        (("-o", "-", "--format", "svg", "--only", "zzz"), ("escalates_to",)),
        (("-o", "-", "--format", "svg", "--matter", "disput"), ("did you mean 'dispute'",)),
        (("-o", "no-such-folder/x.svg"), ("cannot write", "No such file")),
        ((), ("--output",)),
    ],
)
def test_slips_are_answered_plainly(arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    code, text = told(run(*arguments))
    assert code == 2
    for word in words:
        assert word in text
    assert "Traceback" not in text


def test_nothing_is_written_when_a_name_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "x.svg"
    assert told(run("-o", str(file), "--matter", "zzz"))[0] == 2
    assert not file.exists()
