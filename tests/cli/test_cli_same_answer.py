"""Same input, same answer, to the byte: whatever the hash seed, the zone, and what else was asked."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cli_help import FIRE, OXFORD, PLAIN, SAFEGUARDING, TOWN, call, called

from govmodel.checks import CATALOGUE, USUAL
from govmodel.loading import load
from govmodel.study.checking import check

SEEDS = (("0", "UTC"), ("1", "Pacific/Kiritimati"), ("2", "X-14"), ("3", "America/New_York"), ("4", "UTC"))


@pytest.mark.parametrize(("seed", "zone"), SEEDS)
def test_no_hash_seed_and_no_zone_changes_a_byte(seed: str, zone: str) -> None:
    """Of the whole Oxfordshire draft as JSON, which holds all that the text says and more."""
    arguments = ("check", OXFORD, "--format", "json")
    assert call(*arguments, env={"PYTHONHASHSEED": seed, "TZ": zone}) == called(*arguments).clean()


@pytest.mark.parametrize(
    "arguments",
    [
        ("graph", OXFORD, "-o", "-", "--format", "svg"),
        ("graph", OXFORD, "-o", "-", "--format", "graphml"),
        ("simulate", TOWN, "--scenario", PLAIN, "--years", "2", "--replications", "50", "--trace", "3"),
        ("schema",),
        ("explain",),
        ("check", TOWN),
        ("check", FIRE, "--effort", "1", "--format", "json"),
    ],
    ids=lambda arguments: "-".join(w for w in arguments[:1] + arguments[-1:]),
)
def test_the_other_commands_too(arguments: tuple[str, ...]) -> None:
    runs = {
        call(*arguments, env={"PYTHONHASHSEED": seed, "TZ": zone})
        for seed, zone in (("0", "UTC"), ("4", "X-14"))
    }
    assert len(runs) == 1


@cache
def whole(path: str) -> dict[str, Any]:
    return check(path).to_dict()


def of(found: dict[str, Any], *checks: str) -> list[dict[str, Any]]:
    return [f for f in found["findings"] if f["check"] in checks]


SMALL = (TOWN, SAFEGUARDING, FIRE)
PLAINLY = [entry for entry in USUAL if entry.family != "practice"]
"""What a check asks without a scenario."""


@pytest.mark.parametrize("path", SMALL, ids=lambda p: Path(p).stem)
def test_one_check_alone_says_what_it_says_among_all(path: str) -> None:
    constitution = load(path)
    for entry in PLAINLY:
        alone = check(constitution, select=[entry.id]).to_dict()
        assert alone["findings"] == of(whole(path), entry.id), entry.id
        assert alone["asked"] == {entry.id: whole(path)["asked"][entry.id]}
        assert alone["undecided"] == [u for u in whole(path)["undecided"] if u["check"] == entry.id]


def test_one_check_alone_on_the_oxfordshire_draft() -> None:
    constitution = load(OXFORD)
    for entry in PLAINLY:
        assert check(constitution, select=[entry.id]).to_dict()["findings"] == of(whole(OXFORD), entry.id), (
            entry.id
        )


def test_the_messages_and_stories_at_least() -> None:
    """The same without the evidence."""
    constitution = load(OXFORD)

    def told(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        return [(f["id"], f["level"], f["readings"], f["message"], f["story"]) for f in found]

    for family in ("GM1", "GM2", "GM3", "GM4", "GM5", "GM6"):
        ids = [e.id for e in USUAL if e.id.startswith(family)]
        assert told(check(constitution, select=ids).to_dict()["findings"]) == told(of(whole(OXFORD), *ids))


def test_a_model_says_the_same_after_another() -> None:
    alone = json.loads(called("check", OXFORD, "--format", "json").out)["models"][0]
    after = json.loads(called("check", TOWN, OXFORD, "--format", "json").out)["models"][1]
    assert alone == after


@pytest.mark.parametrize("effort", [500, 3_000, 10_000])
def test_a_second_run_in_one_process(effort: int) -> None:
    constitution = load(OXFORD)
    select = ["GM101", "GM104", "GM203", "GM211"]
    runs = [check(constitution, select=select, effort=effort).to_dict() for _ in range(3)]
    assert runs[0] == runs[1] == runs[2]


@pytest.mark.parametrize("path", SMALL, ids=lambda p: Path(p).stem)
def test_the_order_of_the_checks_does_not_matter(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = whole(path)
    monkeypatch.setattr("govmodel.checks.CATALOGUE", tuple(reversed(CATALOGUE)))
    backwards = check(path).to_dict()
    assert backwards["findings"] == expected["findings"]
    assert backwards["readings_covered"] == expected["readings_covered"]


def test_reformatting_changes_places_and_nothing_else(tmp_path: Path) -> None:
    text = Path(TOWN).read_text("utf-8")
    other = tmp_path / "town-board.yaml"
    other.write_text("# one more line\n\n" + text.replace(", clause:", ",   clause:"), "utf-8")

    def placeless(found: dict[str, Any]) -> list[dict[str, Any]]:
        return [{k: v for k, v in f.items() if k != "place"} for f in found["findings"]]

    assert placeless(check(other).to_dict()) == placeless(whole(TOWN))


def test_more_effort_takes_nothing_back() -> None:
    constitution = load(TOWN)
    before: set[str] = set()
    for effort in (1, 2_000, 50_000, 2_000_000):
        found = check(constitution, effort=effort)
        now = {f.id for f in found.findings}
        assert before <= now
        before = now
