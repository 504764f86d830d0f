"""govmodel compare: one scorecard for several designs."""

from __future__ import annotations

import csv
import io
import json

import pytest
from cli_help import FIRE, PLAIN, ROOT, TOWN, main

from govmodel import check, compare, simulate

OXFORDSHIRE = str(ROOT / "models" / "oxfordshire-2016.yaml")


def test_each_score_is_that_of_its_own_command() -> None:
    card = compare([TOWN, FIRE], [PLAIN], years=2, replications=50)
    scores = {(s.model, s.body, s.scenario, s.measure): s for s in card.scores}
    errors = sum(f.level == "error" for f in check(TOWN).findings)
    assert scores["town-board", "", "", "findings, error"].value == errors
    body = simulate(FIRE, PLAIN, years=2, replications=50).bodies[0]
    score = scores["fire-board", body.name, "plain", "decisions"]
    assert (score.value, score.low) == (body.estimate("decisions").value, body.estimate("decisions").low)
    assert score.exact == next(b.exact for b in body.beside if b.figure == "decisions")
    assert card.agrees
    assert card.rows()[0]["model"] == "town-board"


def test_in_every_format() -> None:
    words = (
        "compare",
        TOWN,
        FIRE,
        "--scenario",
        PLAIN,
        "--replications",
        "20",
        "--years",
        "1",
        "--no-checks",
    )
    text = main(*words).clean()
    assert text.code == 0
    assert "voting seats" in text.out
    assert "scenario plain: The same for everybody." in text.out
    assert "findings" not in text.out
    rows = list(csv.DictReader(io.StringIO(main(*words, "--format", "csv").clean().out)))
    whole = json.loads(main(*words, "--format", "json").clean().out)
    assert len(rows) == len(whole["scorecard"]["scores"])
    assert "findings, error" in main("compare", FIRE).clean().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((TOWN, TOWN), "two models are called town-board"),
        ((OXFORDSHIRE,), "is a landscape: name the models that it joins"),
        ((TOWN, "--scenario", "nowhere.yaml"), "there is no such file"),
        ((TOWN, "--scenario", PLAIN, "--years", "0"), "not in the range"),
        ((), "Missing argument 'MODEL...'"),
    ],
)
def test_slips(words: tuple[str, ...], said: str) -> None:
    done = main("compare", *words, "--no-checks").clean()
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())
