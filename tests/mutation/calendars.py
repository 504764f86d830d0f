"""Slips in how often a body meets, beside what it has to do in the year."""

from __future__ import annotations

from collections.abc import Iterator

from mutation.trees import Tree, blocks, clause, copied, listed, meeting_bodies

Mutants = Iterator[tuple[str, Tree]]

REGULAR = ("every month", "every 2 months", "every quarter")


def _regular(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """Bodies that meet so often, and for nothing else."""
    for name, body in meeting_bodies(tree):
        meetings = listed(body.get("meetings"))
        often = [meeting.get("how_often") for meeting in meetings]
        writing = any("how" in decision for decision in listed(body.get("decisions")))
        if len(often) == 1 and often[0] in REGULAR and not writing:
            yield name, body


def _with_requests(tree: Tree, body: str, within: str) -> Tree:
    """The text where the body answers requests within some time."""
    made = copied(tree)
    ref = clause(made, "requests are answered in time")
    made.setdefault("situations", {})["request"] = {
        "name": "a request",
        "attributes": {
            "received": {"type": "time", "says": "the request comes in", "given": "yes"},
            "answered": {"type": "time", "says": "the request is answered", "choice_of": body},
        },
        "clause": ref,
    }
    duty = {
        "about": "request",
        "who": body,
        "must": f"answered within {within} after received",
        "clause": ref,
    }
    blocks(made, "norms").append(duty)
    return made


def answer_too_soon(tree: Tree) -> Mutants:
    for name, _ in _regular(tree):
        yield name, _with_requests(tree, name, "5 days")


def meetings_at_any_time(tree: Tree) -> Mutants:
    """A number of meetings in the year, and no longest time between two of them."""
    for name, _ in _regular(tree):
        made = _with_requests(tree, name, "100 days")
        meeting = blocks(made["bodies"][name], "meetings")[0]
        made["bodies"][name]["meetings"] = [
            {"kind": meeting["kind"], "at_least": "4 per year", "clause": meeting["clause"]}
        ]
        made["norms"] = [norm for norm in made["norms"] if norm["about"] != f"year of {name}"]
        yield name, made


def review_each_month(tree: Tree) -> Mutants:
    """A paper is to be reviewed more often than the body meets."""
    for name, body in _regular(tree):
        if listed(body["meetings"])[0]["how_often"] != "every month":
            made = copied(tree)
            ref = clause(made, "the register of risks is reviewed each month")
            made.setdefault("instruments", {})["risks"] = {
                "name": "the register of risks",
                "steps": [{"reviewed_by": name, "every": "every month", "clause": ref}],
                "clause": ref,
            }
            yield name, made


def on_request_within_days(tree: Tree) -> Mutants:
    """Special meetings are held within three days of their request, and notice is three weeks."""
    for name, _ in meeting_bodies(tree):
        made = copied(tree)
        notice, soon = clause(made, "three weeks' notice"), clause(made, "special meetings within three days")
        about = f"meeting of {name}"
        meeting = {"kind": "on-request", "on_request_of": "members", "then": "must", "clause": soon}
        blocks(made["bodies"][name], "meetings").append(meeting)
        notices = [n for n in made.get("norms", []) if "notice" in str(n.get("may", ""))]
        if not notices:
            blocks(made, "norms").append(
                {"about": about, "must": "notice at least 3 weeks before meeting", "clause": notice}
            )
            blocks(made, "norms").append(
                {
                    "about": about,
                    "must": "meeting within 3 days after requested",
                    "when": "kind is on-request",
                    "clause": soon,
                }
            )
            yield name, made
