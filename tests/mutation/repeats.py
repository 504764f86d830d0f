"""Slips that say one thing twice, or take a rule back elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutation.norms import more, overridden, plain
from mutation.trees import Tree, blocks, clause, copied, label, listed, meeting_bodies, norms

Mutants = Iterator[tuple[str, Tree]]


def said_again_more_weakly(tree: Tree) -> Mutants:
    """Another clause asks for less of the same, in other words."""
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
                "confidential agendas go out a week ahead",
                about=f"meeting of {name}",
                must="agenda at least 7 days before meeting",
                when="confidential",
            ),
        )


def number_that_decides_nothing(tree: Tree) -> Mutants:
    """Minutes are due soon, and by another clause some time later."""
    for name, _ in meeting_bodies(tree):
        made = more(
            tree,
            "minutes go out in a week",
            about=f"meeting of {name}",
            must="minutes within 5 days after meeting",
        )
        yield (
            name,
            more(
                made,
                "exempt minutes go out in two months",
                about=f"meeting of {name}",
                must="minutes within 60 days after meeting",
                when="exempt",
            ),
        )


def cap_above_all_votes(tree: Tree) -> Mutants:
    """An organisation may have no more votes than it has seats."""
    for name, body in meeting_bodies(tree):
        for seat in body["seats"].values():
            second = any("additional" in str(rule) for rule in listed(body.get("presiding")))
            if (
                "party" in seat
                and seat.get("role", "voting") == "voting"
                and "caps" not in body
                and not second
            ):
                made = copied(tree)
                ref = clause(made, "it has no more than twenty votes")
                made["bodies"][name]["caps"] = [
                    {"together": seat["party"], "at_most": "20 votes", "clause": ref}
                ]
                yield f"{name} {seat['party']}", made
                break


def said_again_differently(tree: Tree) -> Mutants:
    """A deadline is repeated with another number."""
    for place, force, norm in norms(tree, "must"):
        number = re.search(r"\d+", norm[force])
        if number and "overrides" not in norm and not overridden(tree, norm):
            made = copied(tree)
            twin = {k: v for k, v in made["norms"][place].items() if k not in ("id", "clause", force)}
            again = norm[force].replace(number.group(), str(int(number.group()) + 2), 1)
            blocks(made, "norms").append(
                {**twin, force: again, "clause": clause(made, "the same with another number")}
            )
            yield label(norm, force), made


def frequency_said_again(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        for meeting in listed(body.get("meetings")):
            if re.search(r"every|per", meeting.get("how_often", "")):
                made = copied(tree)
                ref = clause(made, "another number of meetings")
                blocks(made["bodies"][name], "meetings").append(
                    {"kind": meeting["kind"], "how_often": "5 per year", "clause": ref}
                )
                yield name, made


def longer_term(tree: Tree) -> Mutants:
    """By another clause an office is held for three years that is filled each year or every other."""
    for name, office in tree.get("offices", {}).items():
        if str(office.get("chosen", {}).get("every", "")) in ("every year", "every 2 years"):
            made = copied(tree)
            ref = clause(made, "an office is held for three years")
            own = made["offices"][name]
            own["chosen"] = {"clause": office["clause"], **own["chosen"]}
            own["term"], own["clause"] = "3 years", [office["clause"], ref]
            yield name, made


def cancelled_at_will(tree: Tree) -> Mutants:
    """An office may cancel the meetings that the text counts."""
    for name, body in meeting_bodies(tree):
        office = next((o for o, block in tree.get("offices", {}).items() if block.get("of") == name), None)
        for place, meeting in enumerate(listed(body.get("meetings"))):
            counted = re.search(r"every|per", meeting.get("how_often", ""))
            if counted and office and not any("year" in n["about"] for _, _, n in norms(tree)):
                made = copied(tree)
                blocks(made["bodies"][name], "meetings")[place]["cancelled_by"] = office
                yield name, made


def cancelled_by_norm(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        office = next((o for o, block in tree.get("offices", {}).items() if block.get("of") == name), None)
        counted = any(re.search(r"every|per", m.get("how_often", "")) for m in listed(body.get("meetings")))
        if counted and office and not any("year" in n["about"] for _, _, n in norms(tree)):
            yield (
                name,
                more(
                    tree,
                    "meetings may be cancelled",
                    about=f"meeting of {name}",
                    who=office,
                    may="cancelled",
                    limit="no",
                ),
            )


def second_threshold(tree: Tree) -> Mutants:
    """Another clause asks for more votes on the same matter."""
    for name, body in meeting_bodies(tree):
        for decision in listed(body.get("decisions")):
            special = decision.keys() & {"round", "touching", "how", "when"}
            if not special and decision["carried_by"] != "consensus":
                made = copied(tree)
                twin = {
                    **decision,
                    "carried_by": "80% of voting",
                    "clause": clause(made, "four fifths decide"),
                }
                blocks(made["bodies"][name], "decisions").append(twin)
                yield f"{name} {decision['matter']}", made


def equal_votes_fall(tree: Tree) -> Mutants:
    """By another clause a proposal falls with equal votes, and whoever presides has a casting vote."""
    for name, body in meeting_bodies(tree):
        votes = [d for d in listed(body.get("decisions")) if d["carried_by"].startswith("majority")]
        general = any(d["matter"] == "any" and "equal_votes" not in d for d in votes)
        links = listed(body.get("presiding"))
        if general and links and all(p.get("extra_vote") == "casting" for p in links):
            made = copied(tree)
            ref = clause(made, "with equal votes a proposal falls")
            block = {"matter": "any", "equal_votes": "not-carried", "clause": ref}
            blocks(made["bodies"][name], "decisions").append(block)
            yield name, made


def casting_vote_beside_a_rule(tree: Tree) -> Mutants:
    """Whoever presides gets a casting vote, and the rule on equal votes stays."""
    for name, body in meeting_bodies(tree):
        decisions = [d for d in listed(body.get("decisions")) if d["matter"] == "any" and "touching" not in d]
        said = [d for d in decisions if d.get("equal_votes") and d["carried_by"].startswith("majority")]
        links = listed(body.get("presiding"))
        if said and links and not any("casting" in str(p.get("extra_vote")) for p in links):
            made = copied(tree)
            for link in blocks(made["bodies"][name], "presiding"):
                link["extra_vote"] = "casting"
            yield name, made


def lots_are_drawn(tree: Tree) -> Mutants:
    """By another clause lots are drawn where votes are equal."""
    for name, body in meeting_bodies(tree):
        for decision in listed(body.get("decisions")):
            special = decision.keys() & {"round", "touching", "how", "when"}
            if decision.get("equal_votes") == "not-carried" and not special:
                made = copied(tree)
                ref = clause(made, "with equal votes lots are drawn")
                block = {"matter": decision["matter"], "equal_votes": "lot", "clause": ref}
                blocks(made["bodies"][name], "decisions").append(block)
                yield f"{name} {decision['matter']}", made


def two_last_words(tree: Tree) -> Mutants:
    """By another clause somebody else has the last word, too."""
    for route in _final_routes(tree):
        made, ref = _with_arbiters(tree)
        blocks(made, "routes").append({**route, "escalates_to": "arbiters", "clause": ref})
        yield f"{route['who']} {route['matter']}", made


def determined_by_another(tree: Tree) -> Mutants:
    """What somebody has the last word on is determined by others, too."""
    for route in _final_routes(tree):
        made, ref = _with_arbiters(tree)
        determines = {"who": "arbiters", "determines": route["matter"], "clause": ref}
        blocks(made, "routes").append(
            {**determines, **({"about": route["about"]} if "about" in route else {})}
        )
        yield f"{route['who']} {route['matter']}", made


def appealed_all_the_same(tree: Tree) -> Mutants:
    """An outsider has the last word, and passes the matter on to others who have it, too."""
    for route in _final_routes(tree):
        receiver = route["escalates_to"]
        if isinstance(receiver, str) and tree["bodies"].get(receiver, {}).get("external") == "yes":
            made, ref = _with_arbiters(tree)
            blocks(made, "routes").append(
                {**route, "who": receiver, "escalates_to": "arbiters", "clause": ref}
            )
            yield f"{receiver} {route['matter']}", made


def _final_routes(tree: Tree) -> list[Tree]:
    routes = [r for r in listed(tree.get("routes")) if "escalates_to" in r and r.get("effect") == "final"]
    return [r for r in routes if not r.keys() & {"when", "force"}]


def _with_arbiters(tree: Tree) -> tuple[Tree, str]:
    made = copied(tree)
    ref = clause(made, "a court of arbitration has the last word on this")
    made["bodies"]["arbiters"] = {"name": "the Court of Arbitration", "external": "yes", "clause": ref}
    return made, ref


def consensus_and_majority(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        for decision in listed(body.get("decisions")):
            if decision["carried_by"] == "consensus":
                made = copied(tree)
                twin = {
                    **decision,
                    "carried_by": "majority of voting",
                    "clause": clause(made, "most votes decide"),
                }
                blocks(made["bodies"][name], "decisions").append(twin)
                yield f"{name} {decision['matter']}", made


def expected_otherwise(tree: Tree) -> Mutants:
    """What must be is, by another clause, better left."""
    for _, force, norm in norms(tree, "must"):
        if plain(norm) and not overridden(tree, norm):
            yield (
                label(norm, force),
                more(tree, "this should not be", about=norm["about"], should_not=norm["must"]),
            )


def expected_too_early(tree: Tree) -> Mutants:
    for name, _ in meeting_bodies(tree):
        made = more(
            tree,
            "agendas go out late",
            about=f"meeting of {name}",
            must="agenda within 5 days before meeting",
        )
        yield (
            name,
            more(
                made,
                "agendas should go out early",
                about=f"meeting of {name}",
                should="agenda at least 15 working days before meeting",
            ),
        )
