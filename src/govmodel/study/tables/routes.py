"""Who reports, advises, decides and escalates to whom."""

from __future__ import annotations

from typing import Any

from govmodel.model.constitution import Route
from govmodel.model.shown import Table, table
from govmodel.words import numbers
from govmodel.words.provisions import provisions, sentences
from govmodel.words.speaking import Speaker, View
from govmodel.words.text import listed


def routes(speaker: Speaker) -> Table:
    """One row a route, and one for each way in which its values can be read."""
    names = speaker.names
    rows: list[dict[str, Any]] = []
    for provision in provisions(speaker):
        block = provision.block
        if not isinstance(block, Route) or not speaker.stands(block):
            continue
        said = " ".join(s.said for s in sentences(speaker, provision))
        for picked in speaker.picks(block):
            v = View(block, picked)
            gate = dict(block.gate) | {name: (option,) for name, option in picked.items()}
            rows.append(
                {
                    "who": listed(names.label(n) for n in v["who"] or ()),
                    "verb": block.verb.replace("_", " "),
                    "whom": listed(
                        (names.label(n) for n in v["whom"] or ()), "or" if block.any_of else "and"
                    ),
                    "matter": listed(names.matter(m) for m in v["matter"] or ()) or None,
                    "about": names.label(v["about"]) if v["about"] else None,
                    "about_receiver": names.label(v["about_receiver"]) if v["about_receiver"] else None,
                    "force": v["force"] or "must",
                    "every": speaker.say.frequency(v["every"]) if v["every"] is not None else None,
                    "within": numbers.length(v["within"]) if v["within"] is not None else None,
                    "effect": v["effect"],
                    "clauses": ", ".join(block.clauses),
                    "only_if": speaker.only(gate),
                    "sentence": said,
                }
            )
    shown = (
        *("who", "verb", "whom", "matter", "about_receiver", "force", "every", "within", "effect", "clauses"),
        "only_if",
    )
    heads = {
        "every": "how often", "within": "how soon", "only_if": "only if",
        "about_receiver": "if it is about the receiver",
    }  # fmt: skip
    return table("routes", "Who does what to whom", rows, shown, heads)
