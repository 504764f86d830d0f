"""The tables of the reference of the language: `python -m govmodel.loading.reference docs/language.md`.

They are made from the dataclasses and put between the two marks in the page; the prose is kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

from govmodel.loading.build import NOUNS, VERBS, block_class, keys
from govmodel.loading.messages import listed, with_article
from govmodel.loading.values import Key
from govmodel.model.vocabulary import BUILT_IN_READINGS, NAMES, OFFICE_WORDS, SITUATIONS

BEGIN = "<!-- tables: begin (made by govmodel.loading.reference; do not edit) -->"
END = "<!-- tables: end -->"

SHAPES = {
    "sentence": "a sentence",
    "sentences": "a sentence or a list of them",
    "patterns": "a pattern or a list of them",
    "name": "a name",
    "names": "a name or a list of names",
    "word": "one word",
    "words": "one word or several",
    "condition": "a condition",
    "carried": "what carries a decision",
    "length": "a length of time",
    "frequency": "a frequency",
    "span": "a number of seats",
    "number": "a whole number",
    "votes": "a number of votes",
    "about": "a situation, or a list of them",
    "date": "a date",
    "clauses": "a clause",
    "target": "clauses, declared names, or `nothing`",
    "named": "names, each with its block",
    "words-by-name": "names, each with a sentence",
    "options": "options, each with the options of other readings that it needs",
}

ORDER = (
    *(
        "Constitution",
        "Document",
        "Layout",
        "Ambiguity",
        "PartyClass",
        "Party",
        "Body",
        "Seat",
        "Cap",
        "CompositionRule",
    ),
    *(
        "Quorum",
        "Inquorate",
        "Decision",
        "Presiding",
        "Meetings",
        "Interest",
        "StandIn",
        "Membership",
        "Name",
    ),
    *(
        "Office",
        "Chosen",
        "Departure",
        "Matter",
        "Situation",
        "AttributeBlock",
        "Instrument",
        "Step",
        "Norm",
        "Route",
    ),
    *("Statement", "Same", "Succession", "ClauseEntry"),
)


def _takes(spec: Key) -> str:
    if spec.choices:
        return listed([f"`{c}`" for c in spec.choices])
    if spec.shape in ("block", "blocks"):
        noun = NOUNS[spec.block]
        one = with_article(noun)
        return one if spec.shape == "block" else f"{one} or a list of them"
    if spec.shape == "named":
        return f"names, each with its {NOUNS[spec.block]}"
    return SHAPES[spec.shape]


def _rows(name: str) -> list[str]:
    rows = []
    for spec in keys(block_class(name)).values():
        says = spec.says + (f"; `{spec.example}`" if spec.example else "")
        mark = " (needed)" if spec.required else ""
        varies = "yes" if spec.holds == "Value" else ""
        rows.append(f"| `{spec.name}`{mark} | {says} | {_takes(spec)} | {varies} |")
    return rows


def tables() -> str:
    """Markdown: one table for each kind of block, then the closed lists."""
    lines: list[str] = []
    for name in ORDER:
        noun = NOUNS[name]
        lines += [f"### {noun[0].upper()}{noun[1:]}", ""]
        rows = _rows(name)
        if rows:
            lines += ["| key | says | takes | by reading |", "| --- | --- | --- | --- |", *rows, ""]
        else:
            lines += ["Nothing but its clause.", ""]
        if name in VERBS:
            lines += [f"And exactly one of {listed([f'`{v}`' for v in VERBS[name]])}.", ""]
    lines += ["### Built-in situations", ""]
    for situation, info in SITUATIONS.items():
        part = f", part of the {info.part_of}" if info.part_of else ""
        lines += [f"`{situation}`: {info.says}{part}.", "", "| attribute | says | type | whose choice |"]
        lines += ["| --- | --- | --- | --- |"]
        for attribute, kind in info.attributes.items():
            lines.append(f"| `{attribute}` | {kind.says} | {kind.kind} | {kind.chosen_by or 'given'} |")
        lines.append("")
    lines += [
        "### Built-in readings",
        "",
        "| reading | question | options, the base first |",
        "| --- | --- | --- |",
    ]
    for name, reading in BUILT_IN_READINGS.items():
        options = "; ".join(f"`{option}`: {words}" for option, words in reading.options.items())
        lines.append(f"| `{name}` | {reading.question} | {options} |")
    lines += ["", "### Names that need no declaration", "", f"{listed([f'`{n}`' for n in NAMES], 'and')}."]
    lines += [
        "",
        "### What a rule on presiding can say of the chair",
        "",
        f"{listed([f'`{w}`' for w in OFFICE_WORDS])}.",
    ]
    return "\n".join(lines) + "\n"


def renewed(page: str) -> str:
    """The page with the tables as they are now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
