"""The glossary against the public names of the words (`govmodel.model`)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import govmodel.model

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
ROW = re.compile(r"^\| (?P<say>.+?) \| (?P<meaning>.+?) \| (?P<never>.+?) \|$")
NAME = re.compile(r"`([A-Z]\w*)`")

AS_READ = "Rule"
"""`QuorumRule` is a `Quorum` as read: a rule has the word of its block."""

NO_WORD_OF_ITS_OWN = {
    "BodyNameRule": "a Name as read, of a body",
    "ClassNameRule": "a Name as read, of a class",
    "MeetingRule": "one of the Meetings as read",
}
"""Public classes without a row, each with its reason."""


def rows() -> list[re.Match[str]]:
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    found = [ROW.match(line) for line in lines if line.startswith("| ")]
    assert all(found), "a line of a table without three columns"
    return [row for row in found if row is not None and row["say"] not in ("say", "---")]


def words() -> set[str]:
    """The names of code that the glossary explains: those of the first column."""
    return {name for row in rows() for name in NAME.findall(row["say"])}


def public_classes() -> dict[str, str]:
    """Every public class that a module of `govmodel.model` defines, with its module."""
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(govmodel.model.__path__):
        loaded = importlib.import_module(f"govmodel.model.{module.name}")
        for name, thing in vars(loaded).items():
            if inspect.isclass(thing) and thing.__module__ == loaded.__name__ and not name.startswith("_"):
                found[name] = module.name
    return found


def without_a_word() -> dict[str, str]:
    known = words()
    return {
        name: module
        for name, module in public_classes().items()
        if name not in known and not (name.endswith(AS_READ) and name.removesuffix(AS_READ) in known)
    }


def test_every_public_class_has_its_word() -> None:
    assert {f"{module}.{name}" for name, module in without_a_word().items()} == {
        f"{public_classes()[name]}.{name}" for name in NO_WORD_OF_ITS_OWN
    }


def test_the_glossary_has_no_word_of_the_past() -> None:
    """A name in code style and capitals is that of a class, of the checks, or of what is planned."""
    planned = {"Landscape", "Witness", "Check"}
    assert words() - set(public_classes()) == planned


def test_a_word_is_explained_once() -> None:
    names = [name for row in rows() for name in NAME.findall(row["say"])]
    assert sorted(names) == sorted(set(names))


def test_what_we_do_not_say_is_not_what_we_say() -> None:
    said = {part.strip("` ").lower() for row in rows() for part in re.split(r"[,=]", row["say"])}
    for row in rows():
        for part in row["never"].split(","):
            word = re.sub(r"\(.*\)", "", part).strip().lower()
            own = row["say"].lower()
            assert word, row["say"]
            assert f"`{word}`" not in own, f"{word} is said and not said in one row"
            assert word not in said or "(" in part, f"{word} is a word of ours elsewhere"
