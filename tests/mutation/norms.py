"""Slips in duties, permissions and deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutation.trees import Tree, blocks, clause, copied, label, listed, meeting_bodies, norms

Mutants = Iterator[tuple[str, Tree]]


def _yes_no(content: str) -> bool:
    """Whether a norm asks for one thing to be so."""
    return re.fullmatch(r"[a-z-]+", content) is not None


def plain(norm: Tree) -> bool:
    return not {"when", "unless", "waived_by", "overrides", "subject_to"} & norm.keys()


def more(tree: Tree, says: str, **norm: object) -> Tree:
    """The text with one more norm in a clause of its own."""
    made = copied(tree)
    blocks(made, "norms").append({**norm, "clause": clause(made, says)})
    return made


def forbidden_too(tree: Tree) -> Mutants:
    for _, force, norm in norms(tree, "must"):
        if (
            not norm.keys() & {"unless", "overrides"}
            and not overridden(tree, norm)
            and not _by_choice(tree, norm)
        ):
            when = {k: norm[k] for k in ("when",) if k in norm}
            yield (
                label(norm, force),
                more(tree, "this must not be", about=norm["about"], must_not=norm["must"], **when),
            )


def _by_choice(tree: Tree, norm: Tree) -> bool:
    """Whether its case is somebody's choice, who can avoid it."""
    return bool(re.search(r"shared|kind is", norm.get("when", "")))


def overridden(tree: Tree, norm: Tree) -> bool:
    return any(norm.get("id") in listed(other.get("overrides")) for _, _, other in norms(tree))


def opened_and_closed(tree: Tree) -> Mutants:
    for name, _ in meeting_bodies(tree):
        made = more(tree, "papers are public", about=f"meeting of {name}", must="papers-public")
        yield name, more(made, "papers are not public", about=f"meeting of {name}", must_not="papers-public")


def later_deadline(tree: Tree) -> Mutants:
    """Something must be out well ahead, and by another clause only shortly before."""
    for name, _ in meeting_bodies(tree):
        made = more(
            tree,
            "agendas go out early",
            about=f"meeting of {name}",
            must="agenda at least 15 working days before meeting",
        )
        yield (
            name,
            more(
                made,
                "agendas go out late",
                about=f"meeting of {name}",
                must="agenda within 5 days before meeting",
            ),
        )


def exception_lost(tree: Tree) -> Mutants:
    for place, force, norm in norms(tree, "must"):
        if "unless" in norm:
            made = copied(tree)
            del made["norms"][place]["unless"]
            yield label(norm, force), made


def out_of_order(tree: Tree) -> Mutants:
    """One clause asks for two times that cannot both be."""
    for name, _ in meeting_bodies(tree):
        yield (
            name,
            more(
                tree,
                "agendas go out early and late",
                about=f"meeting of {name}",
                must="agenda at least 15 working days before meeting and agenda within 5 days before meeting",
            ),
        )


def answered_in_advance(tree: Tree) -> Mutants:
    """Minutes are wanted before the meeting of which they are."""
    for name, _ in meeting_bodies(tree):
        yield (
            name,
            more(
                tree,
                "minutes go out before the meeting and after it",
                about=f"meeting of {name}",
                must="minutes at least 1 day before meeting and minutes at least 1 day after meeting",
            ),
        )


def free_choice_of_a_duty(tree: Tree) -> Mutants:
    """What is a duty in one clause is left to somebody in another, which does not say that it prevails."""
    for _, force, norm in norms(tree, "must"):
        if plain(norm) and _yes_no(norm["must"]) and not overridden(tree, norm):
            yield (
                label(norm, force),
                more(tree, "this may be left", about=norm["about"], may=f"not {norm['must']}", limit="no"),
            )


def override_lost(tree: Tree) -> Mutants:
    for place, force, norm in norms(tree, "may"):
        if "overrides" in norm:
            made = copied(tree)
            del made["norms"][place]["overrides"]
            yield label(norm, force), made


def _with_kind(tree: Tree, body: str) -> Tree:
    """The text with urgent meetings of a body."""
    made = copied(tree)
    meetings = blocks(made["bodies"][body], "meetings")
    for kind in ("ordinary", "urgent"):
        if not any(meeting["kind"] == kind for meeting in meetings):
            meetings.append({"kind": kind, "clause": clause(made, f"there are {kind} meetings")})
    return made


def short_notice(tree: Tree) -> Mutants:
    """Urgent meetings at a day's notice, and papers must be out earlier for all meetings."""
    for name, _ in meeting_bodies(tree):
        for _, force, norm in norms(tree, "must"):
            if (
                norm["about"] == f"meeting of {name}"
                and re.match(r"(papers|agenda) at least", norm["must"])
                and "when" not in norm
            ):
                yield (
                    label(norm, force),
                    more(
                        _with_kind(tree, name),
                        "urgent meetings are called a day ahead",
                        about=f"meeting of {name}",
                        may="notice at least 1 day before meeting",
                        when="kind is urgent",
                        limit="yes",
                    ),
                )


def tighter_deadline(tree: Tree) -> Mutants:
    """Papers for a short-notice meeting are wanted earlier than it can be called."""
    for place, force, norm in norms(tree, "must"):
        if "when" in norm and norm["must"].startswith("papers at least"):
            made = copied(tree)
            made["norms"][place]["must"] = "papers at least 20 working days before meeting"
            yield label(norm, force), made


def hidden_condition(tree: Tree) -> Mutants:
    """A freedom, and a ban in some of its cases."""
    for name, _ in meeting_bodies(tree):
        made = more(
            tree,
            "minutes may be public, confidential or not",
            about=f"meeting of {name}",
            may="minutes-public",
            over="confidential",
            limit="no",
        )
        yield (
            name,
            more(
                made,
                "confidential minutes are not public",
                about=f"meeting of {name}",
                must_not="minutes-public",
                when="confidential",
            ),
        )


def two_grounds(tree: Tree) -> Mutants:
    """A meeting may be cancelled on one ground only, and by another clause on another."""
    for name, _ in meeting_bodies(tree):
        made = more(
            tree,
            "cancelled only if exempt",
            about=f"meeting of {name}",
            may="cancelled",
            when="exempt",
            only="yes",
            limit="no",
        )
        yield (
            name,
            more(
                made,
                "cancelled if confidential",
                about=f"meeting of {name}",
                may="cancelled",
                when="confidential",
                limit="no",
            ),
        )


def ground_without_condition(tree: Tree) -> Mutants:
    for name, _ in meeting_bodies(tree):
        made = more(
            tree,
            "cancelled only if exempt",
            about=f"meeting of {name}",
            may="cancelled",
            when="exempt",
            only="yes",
            limit="no",
        )
        yield name, more(made, "cancelled at will", about=f"meeting of {name}", may="cancelled", limit="no")


def trap(tree: Tree) -> Mutants:
    """Once a freedom is used, two duties follow that cannot both be kept."""
    for name, _ in meeting_bodies(tree):
        about = f"meeting of {name}"
        made = more(tree, "a meeting may be cancelled", about=about, may="cancelled", limit="no")
        made = more(
            made,
            "papers of a cancelled meeting are public",
            about=about,
            must="papers-public",
            when="cancelled",
        )
        yield (
            name,
            more(
                made,
                "what is cancelled is not shown",
                about=about,
                must_not="papers-public",
                when="cancelled and exempt",
            ),
        )


def item_trap(tree: Tree) -> Mutants:
    for name, _ in meeting_bodies(tree):
        about = f"item of {name}"
        made = more(tree, "an item may be deferred", about=about, may="deferred", limit="no")
        made = more(made, "what is deferred is agreed again", about=about, must="agreed", when="deferred")
        yield (
            name,
            more(
                made,
                "urgent items are not agreed again",
                about=about,
                must_not="agreed",
                when="deferred and urgent",
            ),
        )


def condition_against_itself(tree: Tree) -> Mutants:
    for place, force, norm in norms(tree, "must", "must_not", "may"):
        if "when" in norm:
            made = copied(tree)
            made["norms"][place]["when"] = f"({norm['when']}) and not ({norm['when']})"
            yield label(norm, force), made


def two_kinds_at_once(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        if "meetings" in body:
            yield (
                name,
                more(
                    _with_kind(tree, name),
                    "for meetings that are ordinary and urgent",
                    about=f"meeting of {name}",
                    must="minutes-public",
                    when="kind is ordinary and kind is urgent",
                ),
            )
