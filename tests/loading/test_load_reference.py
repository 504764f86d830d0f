"""docs/language.md: its tables are current, and its examples load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from loading_help import good, norm

from govmodel.loading import load_text
from govmodel.loading.expressions import Start, parse
from govmodel.loading.reference import ORDER, renewed

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


def whole(example: str) -> str:
    """An example with the headings that it leaves out."""
    if example.startswith("extra_vote"):
        return REST["bodies"].replace("extra_vote: casting", example.strip())
    return example


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_load(example: str) -> None:
    texts = [whole(line) for line in example.splitlines()] if example.startswith("extra_vote") else [example]
    for text in texts:
        have = set(re.findall(r"^(\w+):", text, re.MULTILINE))
        if "govmodel" not in have:
            text = text + "".join(rest for heading, rest in REST.items() if heading not in have)
        load_text(text, "language.md")


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
    assert good(norm(f"must: {attribute}", about)).norms[0].about[0].situation == about.split()[0]
