"""`govmodel fit`: from minutes to a scenario that runs."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from govmodel import fit, load, simulate
from govmodel.cli.fit import command
from govmodel.errors import InputError
from govmodel.exact.intervals import clopper_pearson
from govmodel.loading.scenario import load_scenario
from govmodel.reading import read
from govmodel.report.fitting import as_text
from govmodel.study.fitting import By

ROOT = Path(__file__).parents[2]
TOWN = ROOT / "tests" / "cli" / "models" / "town-board.yaml"
PLAIN = ROOT / "scenarios" / "plain.yaml"
BOOK = read(load(TOWN))


def seats() -> list[str]:
    from govmodel.reading import under

    (body,) = (b for b in under(BOOK, {}).bodies.values() if b.voting)
    return [seat.name for seat in body.voting if seat.high == 1]


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "minutes.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def made_up(tmp_path: Path, meetings: int, chances: dict[str, float], bad: float = 0.0) -> Path:
    """Minutes of meetings at which everybody comes by their own chance."""
    dice = random.Random(1)
    lines = ["date,seat,came"]
    for number in range(meetings):
        day = date(2010, 1, 7) + timedelta(days=28 * number)
        factor = 0.3 if dice.random() < bad else 1.0
        for seat, chance in chances.items():
            came = "yes" if dice.random() < chance * factor else "stand-in" if dice.random() < 0.5 else "no"
            lines.append(f"{day},{seat},{came}")
    return table(tmp_path, "\n".join(lines) + "\n")


def test_what_was_counted(tmp_path: Path) -> None:
    one, two = seats()[:2]
    text = f"date,seat,came\n2010-01-07,{one},yes\n2010-01-07,{two},deputy\n"
    text += f"2010-04-01,{one},no\n2010-04-01,{two},vacant\n"
    found = fit(table(tmp_path, text), TOWN, least=2)
    values = {(p.heading, p.name): (p.happened, p.asked, p.written) for p in found.parameters}
    board = found.parameters[1].name.partition(".")[0]
    assert values == {
        ("attendance", ""): (1, 3, True),
        ("attendance", f"{board}.{one}"): (1, 2, True),
        ("attendance", f"{board}.{two}"): (0, 1, False),
        ("standins", ""): (1, 2, True),
        ("standins", f"{board}.{two}"): (1, 1, False),
        ("standins", f"{board}.{one}"): (0, 1, False),
    }
    assert (found.meetings, found.vacant, found.spread) == (2, 1, None)
    assert found.rows()[0]["value"] == pytest.approx(1 / 3)


def test_the_truth_is_found_again_and_runs(tmp_path: Path) -> None:
    chances = dict(zip(seats(), (0.5, 0.9, 0.7, 0.8, 0.6), strict=False))
    path, target = made_up(tmp_path, 200, chances), tmp_path / "fitted.yaml"
    done = CliRunner().invoke(
        command,
        [str(path), "--model", str(TOWN), "--like", str(PLAIN), "-o", str(target)],
        standalone_mode=False,
    )
    assert done.exception is None
    assert "Clopper-Pearson" in done.output
    scenario = load_scenario(target, BOOK)
    for name, share in scenario.attendance.by_seat.items():
        assert abs(float(share) - chances[name.partition(".")[2]]) < 0.12
    by_name = {p.name.partition(".")[2]: p for p in fit(path, TOWN).parameters if p.heading == "attendance"}
    assert (
        sum(by_name[seat].low <= chance <= by_name[seat].high for seat, chance in chances.items())
        >= len(chances) - 1
    )
    assert scenario.standins.default != load_scenario(PLAIN).standins.default
    assert scenario.items == load_scenario(PLAIN).items
    assert simulate(TOWN, target, years=1, replications=10).agrees


def test_meetings_that_are_bad_for_all_are_noticed(tmp_path: Path) -> None:
    chances = dict.fromkeys(seats(), 0.8)
    even, uneven = (
        fit(made_up(tmp_path, 60, chances), TOWN),
        fit(made_up(tmp_path, 60, chances, bad=0.2), TOWN),
    )
    assert even.spread is not None
    assert uneven.spread is not None
    assert even.spread < 1.5 < uneven.spread


def test_places_of_one_meeting_are_not_taken_for_independent(tmp_path: Path) -> None:
    """All come, or nobody does: as many values are seen as there are meetings, not places."""
    whole, one = seats(), seats()[0]
    lines = ["date,seat,came"]
    for number in range(40):
        came = "yes" if number % 2 else "no"
        lines += [f"{date(2010, 1, 7) + timedelta(days=28 * number)},{seat},{came}" for seat in whole]
    found = fit(table(tmp_path, "\n".join(lines) + "\n"), TOWN)
    of = {(p.heading, p.name.partition(".")[2]): p for p in found.parameters}
    everybody, alone = of["attendance", ""], of["attendance", one]
    assert (everybody.method, alone.method) == ("Wilson, clustered by meeting", "Clopper-Pearson, exact")
    assert everybody.asked == 40 * len(whole)
    assert everybody.high - everybody.low == pytest.approx(alone.high - alone.low, abs=0.03)
    assert "Intervals: Wilson, clustered by meeting; Clopper-Pearson, exact." in as_text(found)


def test_by_party_and_class(tmp_path: Path) -> None:
    path = made_up(tmp_path, 20, dict.fromkeys(seats(), 0.8))
    for by in ("party", "class"):
        found = fit(path, TOWN, by=by)
        levels = {p.level for p in found.parameters}
        assert levels <= {"", f"by_{by}"}


def slips() -> dict[str, tuple[str, str]]:
    one = seats()[0]
    head = "date,seat,came\n"
    return {
        "a day": (head + f"1/5/2010,{one},yes\n", '2:1 not-a-day: a day is expected here; found "1/5/2010"'),
        "a seat": (
            head + "2010-05-01,nobody,yes\n",
            '2:12 unknown-name: board has no seat or party "nobody"',
        ),
        "a word": (
            head + f'2010-05-01,"{one}",maybe\n',
            'not-a-choice: came is yes, stand-in, no or vacant; found "maybe"',
        ),
        "a field": (head + f"2010-05-01,{one}\n", "2:12 too-few-fields: this line has 2 of 3 fields"),
        "a column": (
            "date,seet,came\n",
            '1:6 unknown-column: a table of attendance has no column "seet"; did you mean "seat"?',
        ),
        "columns": ("date;seat\n", "1:1 missing-column: the table has no column came"),
        "twice": (
            head + f"2010-05-01,{one},yes\n2010-05-01,{one},no\n",
            f"3:12 seat-twice: board.{one} has at most 1 places; this is number 2 on 2010-05-01",
        ),
        "a quote": (
            head + f'2010-05-01,"{one},yes\n',
            "2:12 open-quote: a quote is opened here and not closed",
        ),
        "nothing": ("", "there is nothing in this table"),
        "no line": (head, "1:1 empty: there is no meeting under the headings"),
        "a body": (
            f"date,body,seat,came\n2010-05-01,bord,{one},yes\n",
            '2:12 unknown-name: the model has no body "bord"; did you mean "board"?',
        ),
    }


@pytest.mark.parametrize("name", list(slips()))
def test_a_bad_table_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    text, said = slips()[name]
    with pytest.raises(InputError) as raised:
        fit(table(tmp_path, text), TOWN)
    found = [f"{p.mark.line}:{p.mark.column} {p.code}: {p.message}" for p in raised.value.problems]
    assert any(said in line for line in found), found


def wide(tmp_path: Path, long: Path) -> Path:
    """The same minutes with a line for each meeting."""
    rows = [line.split(",") for line in long.read_text().splitlines()[1:]]
    names = list(dict.fromkeys(seat for _, seat, _ in rows))
    came = {(day, seat): word for day, seat, word in rows}
    lines = [",".join(["date", *names])]
    lines += [
        ",".join([day, *(came[day, seat] for seat in names)])
        for day in dict.fromkeys(day for day, _, _ in rows)
    ]
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("by", ["seat", "party", "class"])
def test_a_column_for_each_seat_says_the_same(tmp_path: Path, by: By) -> None:
    chances = dict(zip(seats(), (0.5, 0.9, 0.7, 0.8, 0.6), strict=False))
    long = made_up(tmp_path, 40, chances)
    other = fit(wide(tmp_path, long), TOWN, by=by)
    assert replace(other, table=str(long)) == fit(long, TOWN, by=by)


def test_a_column_for_each_place_and_a_body_in_each_line(tmp_path: Path) -> None:
    """Of a seat with two places there are two columns; of another body's seats nothing need be said."""
    text = "Date;Body;board.public.police;traders;traders;residents\n"
    text += "2024-01-08;board;yes;yes;no;vacant\n2024-04-08;board;deputy;no;no;yes\n"
    found = fit(table(tmp_path, text), TOWN, least=1)
    by_name = {(p.heading, p.name): (p.happened, p.asked) for p in found.parameters}
    assert by_name["attendance", "board.traders"] == (1, 4)
    assert by_name["attendance", "board.residents"] == (1, 1)
    assert by_name["standins", ""] == (1, 4)
    assert (found.meetings, found.vacant) == (2, 1)


def wide_slips() -> dict[str, tuple[str, str]]:
    one, two = seats()[:2]
    head = f"date,{one},{two}\n"
    return {
        "a column": (
            f"date,{one}x,{two}\n2024-01-08,yes,yes\n",
            f'1:6 unknown-column: the model has no seat or party "{one}x"; did you mean "{one}"?',
        ),
        "a date": (f"dates,{one}\n2024-01-08,yes\n", "missing-column: the table has no column date"),
        "no seat": (
            "date,body\n2024-01-08,board\n",
            "missing-column: the table has no column for a seat",
        ),
        "a word": (
            head + "2024-01-08,yes,maybe\n",
            'not-a-choice: came is yes, stand-in, no or vacant; found "m',
        ),
        "nothing": (
            head + "2024-01-08,yes,\n",
            "nothing-said: this field does not say whether somebody came",
        ),
        "a field": (head + "2024-01-08,yes\n", "too-few-fields: this line has 2 of 3 fields"),
        "a day": (head + "8/1/2024,yes,no\n", '2:1 not-a-day: a day is expected here; found "8/1/2024"'),
        "twice": (
            f"date,{one},{one}\n2024-01-08,yes,no\n",
            f"2:16 seat-twice: board.{one} has at most 1 places; this is number 2 on 2024-01-08",
        ),
        "a body": (
            f"date,body,{one}\n2024-01-08,bord,yes\n",
            '2:12 unknown-name: the model has no body "bord"; did you mean "board"?',
        ),
        "two dates": (f"date,date,{one}\n2024-01-08,2024-01-08,yes\n", "1:6 column-twice"),
    }


@pytest.mark.parametrize("name", list(wide_slips()))
def test_a_bad_wide_table_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    text, said = wide_slips()[name]
    with pytest.raises(InputError) as raised:
        fit(table(tmp_path, text), TOWN)
    found = [f"{p.mark.line}:{p.mark.column} {p.code}: {p.message}" for p in raised.value.problems]
    assert any(said in line for line in found), found


def test_every_problem_at_once_and_lines_of_every_kind(tmp_path: Path) -> None:
    one = seats()[0]
    text = f'\ufeffDate;Seat;Came\r\n2010-05-01;{one};"yes"\r\n\r\n2010-05-02;{one};x\r\nno;{one};no\r\n'
    with pytest.raises(InputError) as raised:
        fit(table(tmp_path, text), TOWN)
    assert [(p.mark.line, p.code) for p in raised.value.problems] == [(4, "not-a-choice"), (5, "not-a-day")]


@pytest.mark.parametrize(
    ("happened", "asked", "low", "high"),
    [(0, 10, 0.0, 0.30850), (5, 10, 0.18709, 0.81291), (1, 20, 0.00127, 0.24873), (10, 10, 0.69150, 1.0)],
)
def test_the_interval_is_that_of_the_tables(happened: int, asked: int, low: float, high: float) -> None:
    """Clopper and Pearson's, as tabulated (scipy's binomtest gives the same)."""
    assert clopper_pearson(happened, asked) == pytest.approx((low, high), abs=6e-6)


def test_the_interval_covers_at_least_as_often_as_it_says() -> None:
    for share in (Fraction(1, 20), Fraction(3, 10), Fraction(1, 2)):
        p, n = float(share), 25
        covered = 0.0
        chance = (1 - p) ** n
        for k in range(n + 1):
            low, high = clopper_pearson(k, n)
            covered += chance if low <= p <= high else 0.0
            chance *= (n - k) / (k + 1) * p / (1 - p)
        assert 0.95 <= covered < 1
