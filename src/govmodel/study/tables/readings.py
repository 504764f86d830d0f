"""Every question that the text leaves open, with its answers and what depends on it."""

from __future__ import annotations

from typing import Any

from govmodel.model.rules import Reading, Rulebook
from govmodel.model.shown import Table, table
from govmodel.words.provisions import provisions
from govmodel.words.speaking import Speaker
from govmodel.words.text import stripped


def readings(speaker: Speaker, rulebook: Rulebook, fixed: Reading) -> tuple[Table, ...]:
    """One row a question, the built-in ones last; then one row an answer."""
    resting = _resting(speaker)
    rows: list[dict[str, Any]] = []
    options: list[dict[str, Any]] = []
    for name, ambiguity in rulebook.ambiguities.items():
        needs = [
            f"{option} only where {other} is {' or '.join(allowed)}"
            for option, wanted in ambiguity.only_with.items()
            for other, allowed in wanted.items()
        ]
        there = resting.get(name, {})
        rows.append(
            {
                "reading": name,
                "question": ambiguity.question,
                "options": "; ".join(f"{option}: {stripped(words)}" for option, words in ambiguity.options),
                "base": ambiguity.base,
                "because": ambiguity.because or None,
                "only_with": "; ".join(needs) or None,
                "clauses": ", ".join(ambiguity.clauses) or None,
                "depends_on_it": "; ".join(there)
                or ("whatever the text leaves out" if ambiguity.built_in else None),
                "blocks": len(there),
                "settled": fixed.get(name),
                "built_in": ambiguity.built_in,
            }
        )
        options += [
            {
                "reading": name,
                "option": option,
                "says": stripped(words),
                "base": option == ambiguity.base,
                "settled": fixed.get(name) == option,
            }
            for option, words in ambiguity.options
        ]
    shown = (
        "reading",
        "question",
        "options",
        "base",
        "because",
        "only_with",
        "clauses",
        "depends_on_it",
        "settled",
    )
    heads = {"depends_on_it": "depends on it", "only_with": "only with"}
    built_in = sum(a.built_in for a in rulebook.ambiguities.values())
    below = [f"The last {built_in} are built in: most texts leave them open, and every model has them."]
    title = "Questions that the text leaves open"
    return table("readings", title, rows, shown, heads, below), table("options", "Answers", options)


def _resting(speaker: Speaker) -> dict[str, dict[str, None]]:
    """Which provisions depend on each question: what they are about, with their clauses."""
    found: dict[str, dict[str, None]] = {}
    for provision in provisions(Speaker(speaker.c)):
        if provision.top in ("readings", "clauses_index"):
            continue
        under = provision.at.under
        cited = f" [{', '.join(provision.clauses)}]" if provision.clauses else ""
        for name in Speaker(speaker.c).readings_of(provision.block):
            found.setdefault(name, {}).setdefault(f"{', '.join(under[1:]) or under[0]}{cited}")
    return found
