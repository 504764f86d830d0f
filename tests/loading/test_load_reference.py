"""docs/language.md: its tables are current, and its examples load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from loading_help import good, norm

from govmodel.loading import load, load_text
from govmodel.loading.expressions import Start, parse
from govmodel.loading.reference import ORDER, renewed
from govmodel.reading import read, under

PAGE = Path(__file__).parents[2] / "docs" / "language.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
REST = {
    "govmodel": 'govmodel: "1"\n',
    "document": "document: {title: A Board}\n",
    "readings": """readings:
  vote-of-chair: {clause: "1", question: "Second?", options: {tie: a, always: b}, base: tie}
""",
    "bodies": """bodies:
  board: {name: b, clause: "1"}
  panel: {name: p, clause: "1", presiding: [{who: chair, extra_vote: casting}]}
""",
    "matters": "matters: {dispute: {name: d}}\n",
    "clauses": 'clauses: {"1": a, "2": b, "3": c, "4": d}\n',
}


BESIDE = {
    "board-2010.yaml": """govmodel: "1"
document: {title: The board of 2010}
bodies:
  board: {name: Board, seats: {police: {seats: 1}}, clause: "1"}
clauses: {"1": there is a board}
""",
    "board-2016.yaml": """govmodel: "1"
document: {title: The board of 2016}
readings:
  reports: {question: "To whom?", options: {all: to all, none: to none}, base: all, clause: "3"}
bodies:
  board: {name: Board, seats: {police: {seats: 1}}, clause: "1"}
  committee: {name: Scrutiny Committee, external: yes, clause: "1"}
instruments:
  protocol: {name: protocol, external: yes, steps: {kept_by: board}, clause: "4"}
clauses: {"1": there is a board, "3": it reports, "4": it keeps to a protocol}
""",
}
"""The files beside the example of a landscape."""


def whole(example: str) -> str:
    """An example with the headings that it leaves out."""
    if example.startswith("extra_vote"):
        return REST["bodies"].replace("extra_vote: casting", example.strip())
    return example


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "\nmodels:" not in e])
def test_examples_load(example: str) -> None:
    texts = [whole(line) for line in example.splitlines()] if example.startswith("extra_vote") else [example]
    for text in texts:
        have = set(re.findall(r"^(\w+):", text, re.MULTILINE))
        if "govmodel" not in have:
            text = text + "".join(rest for heading, rest in REST.items() if heading not in have)
        load_text(text, "language.md")


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "\nmodels:" in e])
def test_landscapes_load(tmp_path: Path, example: str) -> None:
    for name, text in {**BESIDE, "report.yaml": example}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    model = load(tmp_path / "report.yaml")
    assert model.notes == ()
    assert set(under(read(model)).bodies) == {"new.board", "new.committee", "panel", "old.board"}


def test_tables_are_current() -> None:
    assert renewed(TEXT) == TEXT, "run python -m govmodel.loading.reference docs/language.md"


def test_every_kind_of_block_has_a_table() -> None:
    from govmodel.loading.build import NOUNS

    assert sorted(ORDER) == sorted(NOUNS)


STARTS: dict[str, Start] = {
    "condition": "condition",
    "carried": "carried",
    "length": "length",
    "frequency": "frequency",
    "number of seats": "span",
    "rule on who sits together": "condition",
    "rule on presiding": "condition",
}


@pytest.mark.parametrize("place", STARTS)
def test_sentences_of_the_table_are_understood(place: str) -> None:
    (row,) = re.findall(rf"^\| {place} \| (.*) \|$", TEXT, re.MULTILINE)
    sentences = re.findall(r"`([^`]+)`", row)
    assert sentences
    for sentence in sentences:
        parse(sentence, STARTS[place])


@pytest.mark.parametrize("about", ["meeting of scp", "vote of scp", "attendance", "year", "item"])
def test_built_in_situations_need_no_declaration(about: str) -> None:
    attribute = {"year": "meetings >= 4", "attendance": "declared"}.get(about, "papers before meeting")
    assert good(norm(f"must: {attribute}", about)).norms[0].abouts[0].situation == about.split()[0]
