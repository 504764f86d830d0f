"""The catalogue: one line for each check, and what `govmodel explain` makes of it."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from govmodel.checks import CATALOGUE, FAMILIES, Entry, entry
from govmodel.cli.explain import command
from govmodel.study.preparing import pick

NUMBER_OF_FAMILY = {
    "norms": "GM1", "membership": "GM2", "decisions": "GM3", "routes": "GM4", "offices": "GM5",
    "drafting": "GM6", "practice": "GM7",
}  # fmt: skip
SOUNDS_LIKE_A_VOWEL = re.compile(r"[aeio]|un(?!i)|u(?!n)")
MANY = {"GM105", "GM115", "GM208", "GM605"}
"""Names of several things: this constitution has figures that do not add up."""

ENTRIES = [pytest.param(check, id=check.id) for check in CATALOGUE]


def completed(check: Entry) -> str:
    """The sentence that the name of a check completes."""
    if check.id in MANY:
        return f"this constitution has {check.name}"
    article = "an" if SOUNDS_LIKE_A_VOWEL.match(check.name) else "a"
    return f"this constitution has {article} {check.name}"


def test_ids_are_unique_and_ascending() -> None:
    ids = [check.id for check in CATALOGUE]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"GM\d{3}", id) for id in ids)
    names = [check.name for check in CATALOGUE]
    modules = [check.module for check in CATALOGUE]
    assert len(set(names)) == len(names)
    assert len(set(modules)) == len(modules)


def test_families_are_those_of_the_catalogue() -> None:
    assert {check.family for check in CATALOGUE} == set(FAMILIES) == set(NUMBER_OF_FAMILY)
    assert list(dict.fromkeys(check.family for check in CATALOGUE)) == list(FAMILIES)


@pytest.mark.parametrize("check", ENTRIES)
def test_an_entry_agrees_with_its_check(check: Entry) -> None:
    loaded = check.load()
    assert (loaded.id, loaded.name) == (check.id, check.name)
    assert check.id.startswith(NUMBER_OF_FAMILY[check.family])
    assert check.module.partition(".")[2].startswith(check.id.lower() + "_")


@pytest.mark.parametrize("check", ENTRIES)
def test_a_name_completes_the_sentence(check: Entry) -> None:
    sentence = completed(check)
    assert re.fullmatch(r"this constitution has (an? )?[a-z][a-z -]*[a-z]", sentence)
    first = check.name.split()[0]
    assert first not in ("a", "an", "the", "no", "has", "is")
    plural = re.match(r"\w+[^su]s\b|\w+ grounds$|two ", check.name) is not None
    assert plural == (check.id in MANY)


def test_sentences_in_english() -> None:
    by_id = {check.id: completed(check) for check in CATALOGUE}
    assert by_id["GM105"] == "this constitution has rival grounds"
    assert by_id["GM104"] == "this constitution has a narrowed permission"
    assert by_id["GM102"] == "this constitution has an unkeepable duty"
    assert by_id["GM201"] == "this constitution has an unreachable quorum"
    assert by_id["GM208"] == "this constitution has figures that do not add up"
    assert by_id["GM209"] == "this constitution has an indeterminate membership"
    assert by_id["GM409"] == "this constitution has an office as single point of failure"
    assert by_id["GM502"] == "this constitution has a case in which nobody can preside"


@pytest.mark.parametrize("check", ENTRIES)
def test_explain_prints_the_page(check: Entry) -> None:
    for asked in (check.id, check.id.lower(), check.name):
        answer = CliRunner().invoke(command, [asked])
        assert answer.exit_code == 0
        assert answer.output == check.page()
        assert answer.output.startswith(f"# {check.id}: {check.name}\n")


def test_explain_without_a_check_lists_the_catalogue() -> None:
    answer = CliRunner().invoke(command, [])
    assert answer.exit_code == 0
    listed = re.findall(r"^  (GM\d{3})  (.+)$", answer.output, re.MULTILINE)
    assert listed == [(check.id, check.name) for check in CATALOGUE]
    for title in FAMILIES.values():
        assert title in answer.output.splitlines()


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("gm1044", "GM104"), ("GM1O4", "GM104"), ("104", "GM104"), ("GM-502", "GM502"), ("gm100", "GM101"),
        ("GM213", "GM212"), ("gm999", "GM705"),
    ],
)  # fmt: skip
def test_explain_of_an_unknown_id_names_the_nearest(asked: str, nearest: str) -> None:
    answer = CliRunner().invoke(command, [asked])
    assert answer.exit_code == 2
    assert f"There is no check '{asked}'. Did you mean {nearest}?" in answer.output


def test_explain_of_something_else_says_where_the_list_is() -> None:
    for asked in ("xyzzy", ""):
        answer = CliRunner().invoke(command, [asked])
        assert answer.exit_code == 2
        assert "`govmodel explain` lists them" in answer.output


def test_an_entry_is_found_in_any_case() -> None:
    found = entry("gm104")
    assert found is not None
    assert found.id == "GM104"
    assert entry("GM999") is None


def test_some_checks_run_only_when_they_are_selected_by_their_full_id() -> None:
    on_request = [check.id for check in CATALOGUE if check.on_request]
    assert on_request == ["GM108"]
    usual = {check.id for check in pick((), ())}
    assert usual == {check.id for check in CATALOGUE} - set(on_request)
    assert "GM108" not in {check.id for check in pick(("GM1",), ())}
    assert {check.id for check in pick(("gm108", "GM2"), ("GM20",))} >= {"GM108", "GM211"}
    assert "--select GM108" in CliRunner().invoke(command, []).output
    assert all("runs only when it is selected" in c.page() for c in CATALOGUE if c.on_request)
