"""Times at which people behave otherwise."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from sim_worlds import at_least, board, constitution, office, presides, quorum, scenario, seat, standin

from govmodel import load, simulate
from govmodel.errors import InputError
from govmodel.loading.scenario import load_scenario
from govmodel.model.record import Record
from govmodel.model.scenario import Chances, Offices, Period
from govmodel.reading import read
from govmodel.sim import plan, simulate_all

F = Fraction
ROOT = Path(__file__).parents[2]
MODELS = ("oscp-2010", "sop-coordination-group-2016", "warwickshire-scp", "bcp-csp-2021")
ANYWHERE = [path for path in sorted((ROOT / "scenarios").glob("*.yaml")) if path.stem != "baseline"]


def test_a_period_of_every_year_may_go_over_new_year() -> None:
    winter = Period(name="winter", first=(12, 1), last=(2, 29))
    assert all(winter.on(date.fromisoformat(day)) for day in ("2010-12-01", "2011-01-15", "2012-02-29"))
    assert not winter.on(date(2010, 11, 30))
    assert not winter.on(date(2011, 3, 1))
    summer = Period(name="summer", first=(6, 1), last=(8, 31))
    assert summer.on(date(2010, 6, 1))
    assert not summer.on(date(2010, 9, 1))


def test_a_period_may_be_for_good() -> None:
    merged = Period(name="merged", first=date(2012, 4, 1), last=None)
    assert not merged.on(date(2012, 3, 31))
    assert merged.on(date(2099, 1, 1))


BOARD = constitution(
    board([seat(f"s{i}") for i in range(5)], quorum=(quorum(at_least(4)),), standins=(standin(),)),
)


def fails(period: Period) -> list[Fraction]:
    from govmodel.study.simulating import inquorate

    whole = plan(BOARD, scenario(attendance=F(9, 10), standins=F(1, 2), periods=(period,)), years=2, seed=1)
    found = inquorate(whole, whole.bodies[0])
    assert found is not None
    counted = simulate_all(whole, 2000).of(0, "inquorate")
    assert abs(float(counted.mean()) - float(sum(found))) < 4 * float(counted.std()) / 2000**0.5
    return list(found)


def test_fewer_come_in_a_period_and_as_many_as_ever_outside_it() -> None:
    half = Period(
        name="half", first=date(2010, 5, 1), last=date(2011, 4, 30), attendance=Chances(default=F(1, 2)),
        standins=Chances(default=F(1), by_party={"s0": F(0)}),
    )  # fmt: skip
    inside, outside = fails(half)[:4], fails(half)[4:]
    p, others = F(45, 100), F(45, 100) + F(55, 100) * F(1, 2)
    everybody = p * others**4
    all_but_one = (1 - p) * others**4 + p * 4 * others**3 * (1 - others)
    assert inside == [1 - everybody - all_but_one] * 4
    assert outside == fails(Period(name="never", first=date(2050, 1, 1), last=None))[4:]


def test_a_vacant_seat_sends_nobody_and_counts_as_a_seat() -> None:
    empty = Period(name="empty", first=date(2010, 5, 1), last=date(2011, 4, 30), vacant=("board.s0",))
    there = F(9, 10) + F(1, 10) * F(1, 2)
    assert fails(empty)[:4] == [1 - there**4] * 4


def test_no_meetings_in_a_period() -> None:
    idle = Period(name="idle", first=(5, 1), last=(7, 31), meetings=False)
    whole = plan(BOARD, scenario(periods=(idle,)), years=3, seed=1)
    months = {day.month for day in whole.bodies[0].dates}
    assert not months & {5, 6, 7}
    assert len(whole.bodies[0].dates) < 12


def test_the_office_of_a_vacant_seat_is_vacant() -> None:
    rules = constitution(
        board([seat(f"s{i}") for i in range(4)], presiding=(presides(0, "chair", "casting"),)),
        offices=(office("chair"),),
    )
    empty = Period(name="empty", first=date(2010, 5, 1), last=date(2011, 4, 30), vacant=("board.s0",))
    given = scenario(
        attendance=F(1), in_favour=F(1, 2), periods=(empty,),
        offices=Offices(otherwise="vacant", by_office={"chair": "board.s0"}),
    )  # fmt: skip
    records = simulate(rules, given, years=2, replications=5, trace=1).records

    def presiders(which: list[Record]) -> set[str | None]:
        return {record.facts["presider"] for record in which if record.what == "item"}

    early = [record for record in records if record.day < date(2011, 5, 1)]
    assert presiders(early) == {None}
    assert presiders([record for record in records if record not in early]) == {"S0"}


@pytest.mark.parametrize("model", MODELS)
def test_every_scenario_runs_with_every_model_that_it_is_for(model: str) -> None:
    book = read(load(ROOT / "models" / f"{model}.yaml"))
    kinds = ("boycott", "full-year", "long-vacancy", "reorganisation")
    own = [ROOT / "scenarios" / kind / f"{model}.yaml" for kind in kinds]
    for path in (*ANYWHERE, *own):
        given = load_scenario(path, book)
        assert given.about
        assert simulate(book, given, years=3, replications=20).agrees


@pytest.mark.parametrize("model", MODELS)
def test_in_a_full_year_what_may_be_run_is(model: str) -> None:
    """What is still left out is nothing that the scenario could have said."""
    given = load_scenario(ROOT / "scenarios" / "full-year" / f"{model}.yaml", rules := read(
        load(ROOT / "models" / f"{model}.yaml")
    ))  # fmt: skip
    said = " ".join(simulate(rules, given, years=1, replications=2).left_out)
    words = ("consent", "opts out", "lifts", "proxies", "ahead", "are called", "receivers", "papers")
    ours = ("term of a seat", "nobody joins", "falls due at", "absences in a row")
    for word in (*words, *ours):
        assert word not in said


PERIODS = """\
like: {plain}
periods:
  winter: {{from: 1 december, until: 29 february, attendance: {{default: 0.5, by_party: {{police: 0}}}}}}
  gone: {{from: 2012-04-01, until: end, vacant: [board.council]}}
"""

SLIPS = {
    ("1 december", "31 november"): '3:18 not-a-day: a day is expected here; found "31 november"',
    (
        "until: end",
        "until: 1 may",
    ): "4:35 not-a-day: the period gone begins on one kind of day and ends on another",
    ("until: end", "until: 2011-01-01"): "4:35 not-a-day: the period gone ends before it begins",
    (
        "[board.council]",
        "[board.counsil]",
    ): 'the model has no seat "board.counsil"; did you mean "board.council"?',
    (
        "[board.council]",
        "board.council",
    ): 'not-a-list: a list of seats is expected here; found "board.council"',
    (", vacant: [board.council]", ""): "4:9 missing-key: the period gone changes nothing",
    ("police: 0", "polis: 0"): 'the model has no party "polis"; did you mean "police"?',
    ("attendance:", "atendance:"): 'the period winter has no key "atendance"; did you mean "attendance"?',
    ("default: 0.5", "default: x"): 'not-a-number: a factor is expected here; found "x"',
    ("vacant: [board.council]", "meetings: none"): "not-a-choice: meetings is held or not-held",
}


@pytest.mark.parametrize(("slip", "said"), SLIPS.items())
def test_one_slip_is_told_at_its_place(tmp_path: Path, slip: tuple[str, str], said: str) -> None:
    model = constitution(board([seat("police"), seat("council")]))
    text = PERIODS.format(plain=ROOT / "scenarios" / "plain.yaml")
    path = tmp_path / "s.yaml"
    path.write_text(text)
    assert [period.name for period in load_scenario(path, model).periods] == ["winter", "gone"]
    assert slip[0] in text
    path.write_text(text.replace(*slip, 1))
    with pytest.raises(InputError) as raised:
        load_scenario(path, model)
    found = [f"{p.mark.line}:{p.mark.column} {p.code}: {p.message}" for p in raised.value.problems]
    assert any(said in line for line in found), found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("like: nowhere.yaml\n", ':1:7: like: there is no file "nowhere.yaml" beside this one'),
        ("like: s.yaml\n", 'like: "s.yaml" is this file, or is itself like this file'),
        ("like: []\n", "like: the name of another scenario file is expected here"),
    ],
)
def test_a_scenario_like_none(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=re.escape(said)):
        load_scenario(path)


def test_a_block_with_its_own_default_replaces_the_other_whole(tmp_path: Path) -> None:
    base = ROOT / "scenarios" / "baseline.yaml"
    path = tmp_path / "s.yaml"
    path.write_text(f"like: {base}\nattendance: {{default: 0.5}}\nstandins: {{by_party: {{gose: 0}}}}\n")
    found = load_scenario(path)
    assert not found.attendance.by_party
    assert found.standins.default == load_scenario(base).standins.default
    assert set(found.standins.by_party) == {"vcf", "gose"}
