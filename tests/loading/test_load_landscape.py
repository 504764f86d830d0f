"""Landscapes: models that name other models, and say what in them is one thing."""

from __future__ import annotations

from pathlib import Path

import pytest
from landscape_help import CITY, COUNTY, INDEX, REPORT, loaded, refused, written

from govmodel.errors import InputError
from govmodel.loading import load_text
from govmodel.model.joined import found, text_of, texts

SAME = 'same:\n  - {names: [county.committee, city.committee], seats_of: city.committee, clause: "1"}\n'


def test_the_models_come_with_it(tmp_path: Path) -> None:
    model = loaded(tmp_path, SAME)
    assert model.landscape is not None
    assert model.landscape.value == "County and City"
    assert {name: member.id for name, member in model.members.items()} == {"county": "county", "city": "city"}
    assert model.bodies == {}, "nothing of the others becomes its own"
    assert list(model.clauses_index) == ["1", "2"]


def test_names_and_clauses_of_the_others(tmp_path: Path) -> None:
    """Bodies, their chairs and members, seats, offices, situations, norms, readings and clauses."""
    model = loaded(
        tmp_path,
        """norms:
  - about: meeting of county.board
    must: minutes within 5 days after meeting
    overrides: county.early
    clause: "1"
  - {about: county.visit, who: county.clerk, must: county.visit.welcome, clause: ["1", "county:7"]}
  - {about: item, must: recorded, when: matter is county.dispute, clause: "1"}
routes:
  - {who: county.board.chair, informs: city.committee.members, matter: city.dispute, clause: "2"}
  - {who: county.board.police, reports_to: party(city.clerk), reading: {county.size: many}, clause: "2"}
  - who: city.committee
    advises: county.board
    effect: {by_reading: county.size, few: hears, many: advises}
    clause: "2"
""",
    )
    assert model.norms[1].clauses == ("1", "county:7")
    assert [route.who.value for route in model.routes if route.who] == [
        ("county.board.chair",),
        ("county.board.police",),
        ("city.committee",),
    ]


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (
            'routes: {who: county.bord, informs: public, clause: "1"}',
            'report.yaml:5:15: unknown-name: who: nothing is called "county.bord"; did you mean the body '
            '"county.board" (',
        ),
        (
            'routes: {who: board, informs: public, clause: "1"}',
            'report.yaml:5:15: unknown-name: who: nothing is called "board"',
        ),
        (
            'routes: {who: county.elders, informs: public, clause: "1"}',
            'report.yaml:5:15: unknown-name: who: nothing is called "county.elders"',
        ),
        (
            'routes: {who: public, informs: county.board, clause: "county:77"}',
            'report.yaml:5:54: unknown-clause: clause "county:77" is not in the clause index',
        ),
        (
            'routes: {who: public, informs: county.board, clause: "cuonty:7"}',
            'report.yaml:5:54: unknown-clause: clause "cuonty:7": no model is called "cuonty" here; '
            'did you mean "county"? / Name the file of the other model under models.',
        ),
        (
            'routes: {who: public, informs: county.board, reading: {county.siz: few}, clause: "1"}',
            'report.yaml:5:56: unknown-reading: no reading is called "county.siz"; did you mean "county.size',
        ),
        (
            'routes: {who: public, informs: county.board, reading: {county.size: none}, clause: "1"}',
            'report.yaml:5:69: unknown-option: the reading county.size has no option "none"; its options are '
            "few, many",
        ),
        (
            'norms: {about: meeting of county.board, must: minuted, clause: "1"}',
            'a meeting has no attribute "minuted"',
        ),
        (
            'norms: {about: county.vist, must: held, clause: "1"}',
            'about: no situation is called "county.vist"; did you mean "county.visit" (a visit)?',
        ),
        (
            'bodies: {county: {name: another, clause: "1"}}',
            'report.yaml:4:10: name-twice: the model "county" has the name of the body at line 5',
        ),
        (
            'same: {names: [county.committee, city.committee], clause: "1"}',
            'report.yaml:5:15: seats-of: "county.committee" (',
        ),
        (
            "same: {names: [county.committee, city.committee], seats_of: [county.committee, city.committee], "
            'clause: "1"}',
            'both have a seat called "elders", which would count twice',
        ),
        (
            'same: {names: [county.committee, city.committee], seats_of: city.board, clause: "1"}',
            'seats_of: "city.board" is not among what is joined here',
        ),
        (
            'same: {names: [county.board, city.police], clause: "1"}',
            'report.yaml:5:15: unlike: the body "county.board" (',
        ),
        (
            'same: {names: [county.sub-group, city.committee], clause: "1"}',
            '"county.sub-group" is a family of bodies, and "city.committee" is a single one',
        ),
        (
            'same: {names: [county.board, county.committee], clause: "1"}',
            '"county.board" and "county.committee" are both of "county" / One text gives one thing one name',
        ),
        ('same: {names: county.board, clause: "1"}', "one thing alone is joined to nothing"),
        (
            'same: {names: [county.clerk, city.clerk], clause: "1"}',
            '"county.clerk" is of "county.board" and "city.clerk" is of "city.committee" / Join the bodies',
        ),
        (
            'same: {names: [county.wing, city.board], clause: "1"}',
            "is there under some readings only / Join it under these: reading: {county.size: many}.",
        ),
        (
            'same:\n  - {names: [county.board, city.board], clause: "1"}\n'
            '  - {names: [county.committee, city.board], clause: "1"}',
            'report.yaml:7:13: joined-twice: "city.board" is joined here for the second time; the first is '
            "at line 6",
        ),
        ("same: {names: [county.board, city.board]}", "which clause says this?"),
        (
            'succeeds: {who: city, follows: county.board, clause: "1"}',
            'report.yaml:5:32: unlike: "city" is a text and "county.board" a body; neither can take the '
            "place of the other",
        ),
        (
            'succeeds: {who: city.committee, follows: city.committee, clause: "1"}',
            '"city.committee" cannot follow itself',
        ),
        (
            'succeeds:\n  - {who: city, follows: county, clause: "1"}\n'
            '  - {who: county, follows: city, clause: "1"}',
            "circle: succeeds goes round in a circle",
        ),
        ('succeeds: {who: town, follows: county, clause: "1"}', 'who: nothing is called "town"'),
        ('succeeds: {who: city, follows: county, from: May, clause: "1"}', '"May" is no date'),
    ],
)
def test_what_is_refused(tmp_path: Path, part: str, message: str) -> None:
    problems = refused(written(tmp_path, part))
    assert any(message in p for p in problems), problems
    assert len(problems) == 1, problems


def test_joined_twice_under_readings_that_exclude_each_other(tmp_path: Path) -> None:
    loaded(
        tmp_path,
        """readings:
  which: {question: "Which is meant?", options: {one: the one, other: the other}, base: one, clause: "1"}
same:
  - {names: [county.board, city.board], reading: {which: one}, clause: "1"}
  - {names: [county.committee, city.board], reading: {which: other}, clause: "1"}
""",
    )


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("none.yaml", "report.yaml:4:18: no-such-file: "),
        ("../county.yaml", 'report.yaml:4:18: model: "../county.yaml" is no plain file name'),
        ("county/x.yaml", 'report.yaml:4:18: model: "county/x.yaml" is no plain file name'),
        ("http://x", 'report.yaml:4:18: model: "http://x" is no plain file name'),
        ("report.yaml", 'circle: "report.yaml" names itself as another model'),
        ("[county.yaml]", "the name of a file beside this one is expected here"),
    ],
)
def test_files_that_cannot_be_joined(tmp_path: Path, file: str, message: str) -> None:
    path = tmp_path / "report.yaml"
    path.write_text(REPORT.replace("county: county.yaml, city: city.yaml", f"county: {file}") + INDEX)
    problems = refused(path)
    assert any(message in p for p in problems), problems


def test_links_lead_out_of_the_directory(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "county.yaml").write_text(COUNTY)
    (inner / "county.yaml").symlink_to(tmp_path / "county.yaml")
    path = inner / "report.yaml"
    path.write_text(REPORT.replace(", city: city.yaml", "") + INDEX)
    (problem,) = refused(path)
    assert "leads out of the directory of this file" in problem


def test_models_go_round(tmp_path: Path) -> None:
    head = 'govmodel: "1"\ndocument: {title: x}\n'
    path = written(tmp_path, county=head + "models: {back: report.yaml}\n" + INDEX)
    (problem,) = refused(path)
    assert (
        "county.yaml:3:16: circle: models goes round in a circle: report.yaml → county.yaml → report.yaml"
        in problem
    )


def test_too_many_models(tmp_path: Path) -> None:
    """Each of these names the next one twice, which would be a billion of them."""
    for number in range(30):
        again = f"models: {{a: m{number + 1}.yaml, b: m{number + 1}.yaml}}\n"
        (tmp_path / f"m{number}.yaml").write_text('govmodel: "1"\ndocument: {title: x}\n' + again + INDEX)
    (tmp_path / "m30.yaml").write_text('govmodel: "1"\ndocument: {title: x}\n' + INDEX)
    problems = refused(tmp_path / "m0.yaml")
    assert any("more than 50 models are joined" in p for p in problems)
    assert len(problems) < 100


def test_problems_of_the_others_are_told_at_their_place(tmp_path: Path) -> None:
    """All of them, with those of the landscape; and none about names that a broken file would have."""
    path = written(
        tmp_path,
        'routes: {who: county.board, informs: publik, clause: "1"}',
        county=COUNTY.replace("escalates_to: committee", "escalates_to: comittee"),
        city="a: [b\n",
    )
    problems = refused(path)
    assert [p.split(" ")[0] for p in problems] == [
        "city.yaml:1:4:",
        "county.yaml:53:32:",
        "report.yaml:5:38:",
    ]
    broken = written(
        tmp_path,
        'norms: {about: meeting of city.committee, must: held, clause: "city:2"}',
        'routes: {who: city.committee, informs: public, reading: {city.x: y}, clause: "city:1"}',
        'same: {names: [city.board, county.board], clause: "1"}',
        'succeeds: {who: city.board, follows: county.board, clause: "1"}',
        city="a: [b\n",
    )
    assert [p.split(" ")[0] for p in refused(broken)] == ["city.yaml:1:4:"]


def test_a_reference_like_one_of_another_model(tmp_path: Path) -> None:
    (problem,) = refused(written(tmp_path, clauses='clauses: {"county:1": one, "1": two}\n'))
    assert 'clause "county:1" looks like one of the model "county"' in problem


def test_a_text_in_memory_names_no_others() -> None:
    with pytest.raises(InputError, match="a model that is no file cannot name others"):
        load_text(REPORT + INDEX)


def test_the_first_file_names_them(tmp_path: Path) -> None:
    more = "models: {county: county.yaml}\n"
    (problem,) = refused(written(tmp_path, "include: more.yaml", more=more))
    assert "more.yaml:1:1: include: models stands in the first file only" in problem


def test_a_landscape_of_landscapes(tmp_path: Path) -> None:
    inner = written(tmp_path, SAME)
    inner.rename(tmp_path / "inner.yaml")
    outer = tmp_path / "outer.yaml"
    outer.write_text(
        'govmodel: "1"\ndocument: {title: x}\nlandscape: Region\nmodels: {inner: inner.yaml}\n'
        'routes: {who: inner.county.board, informs: inner.city.committee, clause: "inner:county:9"}\n' + INDEX
    )
    assert refused(outer) == []
    from govmodel.loading import load

    model = load(outer)
    assert list(texts(model)) == ["", "inner", "inner.county", "inner.city"]
    assert found(model, "inner.county.board", ("bodies",)) is not None
    assert text_of(texts(model), "inner:county:9") == "inner.county"
    assert text_of(texts(model), "inner:1") == "inner"


def test_notes_of_the_others_are_kept(tmp_path: Path) -> None:
    model = loaded(tmp_path, city=CITY.replace('clause: "2"', "clause: 2"))
    assert [Path(note.mark.file).name for note in model.notes] == ["city.yaml"]
