"""Slips in seats and quorums."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutation.trees import (
    Tree,
    blocks,
    clause,
    copied,
    listed,
    meeting_bodies,
    places,
    quorums,
    size,
    voting,
)

Mutants = Iterator[tuple[str, Tree]]


def with_quorum(tree: Tree, name: str, needs: str) -> Tree:
    """The text where one body has just this quorum."""
    made = copied(tree)
    first = quorums(made["bodies"][name])[0]
    made["bodies"][name]["quorum"] = {**first, "needs": needs}
    made["bodies"][name].pop("inquorate", None)
    return made


def having_quorum(tree: Tree) -> Iterator[tuple[str, Tree, int]]:
    for name, body in meeting_bodies(tree):
        if quorums(copied(body)):
            yield name, body, size(tree, body)


def _deputies(body: Tree) -> bool:
    return any(s.get("counts_to_quorum") == "yes" for s in listed(body.get("standins")))


def quorum_beyond_reach(tree: Tree) -> Mutants:
    for name, _, seats in having_quorum(tree):
        yield name, with_quorum(tree, name, f"present >= {seats + 1}")


def share_beyond_reach(tree: Tree) -> Mutants:
    for name, _, seats in having_quorum(tree):
        yield name, with_quorum(tree, name, f"present > {seats}")


def beyond_reach_at_first(tree: Tree) -> Mutants:
    """Nobody can meet but a week later, when half of them are enough."""
    for name, _, seats in having_quorum(tree):
        made = with_quorum(tree, name, f"present >= {seats + 1}")
        ref = clause(made, "without a quorum the meeting is adjourned, and then half of the members are one")
        second = {"then": "adjourn", "resumes": "7 days", "second_quorum": "present >= half of members"}
        made["bodies"][name]["inquorate"] = {"when": "never-reached", **second, "clause": ref}
        yield name, made


def seats_lost(tree: Tree) -> Mutants:
    """The list of members is cut, and the quorum stays."""
    for name, body, _ in having_quorum(tree):
        if all(re.fullmatch(r"present >= \d+", str(q["needs"])) for q in listed(body["quorum"])):
            for seat, block in voting(body).items():
                rest = size(tree, body) - places(tree, block)
                needs = max(int(q["needs"].split()[-1]) for q in listed(body["quorum"]))
                if rest < needs:
                    made = copied(tree)
                    kept = needs - 1 - rest
                    mine = made["bodies"][name]["seats"][seat]
                    if "for_each" in mine:
                        continue
                    mine["seats"] = str(kept)
                    yield f"{name} {seat}", made


def class_beyond_reach(tree: Tree) -> Mutants:
    """Three of a class are wanted, and one seat is held by it."""
    for name, _, _ in having_quorum(tree):
        if "parties" not in tree:
            continue
        made = copied(tree)
        ref = clause(made, "two experts must be there")
        made.setdefault("classes", {})["expert"] = {"name": "experts", "clause": ref}
        made["parties"]["institute"] = {"name": "the Institute", "is": "expert", "clause": ref}
        made["bodies"][name]["seats"]["institute"] = {"party": "institute", "clause": ref}
        blocks(made["bodies"][name], "quorum").append({"needs": "present(expert) >= 2", "clause": ref})
        yield name, made


def one_by_name(tree: Tree) -> Mutants:
    """The quorum asks for one organisation by name."""
    for name, body, _ in having_quorum(tree):
        for party in parties_of(tree, body):
            made = copied(tree)
            ref = clause(made, "this organisation must be there")
            blocks(made["bodies"][name], "quorum").append({"needs": f"present({party}) >= 1", "clause": ref})
            yield f"{name} {party}", made
            break


def parties_of(tree: Tree, body: Tree) -> Iterator[str]:
    """The organisations that have voting seats on a body."""
    own = {seat["party"] for seat in voting(body).values() if "party" in seat}
    classes = {seat["for_each"] for seat in voting(body).values() if "for_each" in seat}
    for party, block in tree.get("parties", {}).items():
        if block.get("sector") != "yes" and (party in own or classes & set(listed(block.get("is")))):
            yield party


def all_of_a_small_class(tree: Tree) -> Mutants:
    """All members of a class must be there."""
    for name, body, _ in having_quorum(tree):
        for seat in voting(body).values():
            if "for_each" in seat and 1 < places(tree, seat) < size(tree, body):
                made = copied(tree)
                ref = clause(made, "the whole class must be there")
                needs = f"present({seat['for_each']}) >= {places(tree, seat)}"
                blocks(made["bodies"][name], "quorum").append({"needs": needs, "clause": ref})
                yield f"{name} {seat['for_each']}", made


def everybody_needed(tree: Tree) -> Mutants:
    for name, body, seats in having_quorum(tree):
        if not _deputies(body):
            yield name, with_quorum(tree, name, f"present >= {seats}")


def nearly_everybody_needed(tree: Tree) -> Mutants:
    for name, body, seats in having_quorum(tree):
        if not _deputies(body) and 4 * (seats - 1) > 3 * seats:
            yield name, with_quorum(tree, name, f"present >= {seats - 1}")


def deputies_lost(tree: Tree) -> Mutants:
    """Deputies go, with a quorum that only they made easy."""
    for name, body, seats in having_quorum(tree):
        if _deputies(body) and 4 * (seats - 1) > 3 * seats:
            made = with_quorum(tree, name, f"present >= {seats - 1}")
            del made["bodies"][name]["standins"]
            yield name, made


def seats_that_may_stay_empty(tree: Tree) -> Mutants:
    """One seat of each kind is sure, and the others, which the quorum needs, may stay empty."""
    for name, body, _ in having_quorum(tree):
        needs = [re.fullmatch(r"present >= (\d+)", str(q["needs"])) for q in listed(body["quorum"])]
        if any(found is None or len(voting(body)) >= int(found[1]) for found in needs):
            continue
        made = copied(tree)
        seats = made["bodies"][name]["seats"]
        for seat, block in voting(body).items():
            ref = clause(made, "others may be taken in")
            seats[seat] = {"clause": block["clause"]}
            seats[f"{seat}-more"] = {
                "seats": f"0..{max(1, places(tree, block) - 1)}",
                "chosen_by": name,
                "clause": ref,
            }
        yield name, made


def seats_that_the_body_fills(tree: Tree) -> Mutants:
    """Members are chosen by the body itself for a year, and without them it cannot meet."""
    for name, _, _ in having_quorum(tree):
        made = copied(tree)
        for seat in voting(made["bodies"][name]).values():
            seat.update(chosen_by=name, term="1 year")
        yield name, made


def quorum_deleted(tree: Tree) -> Mutants:
    for name, body, _ in having_quorum(tree):
        if any(d.get("how") != "writing" for d in listed(body.get("decisions"))):
            made = copied(tree)
            del made["bodies"][name]["quorum"]
            made["bodies"][name].pop("inquorate", None)
            yield name, made


def quorum_of_a_third(tree: Tree) -> Mutants:
    """A third are enough, where it took more than half."""
    for name, body, seats in having_quorum(tree):
        needs = [re.fullmatch(r"present >= (\d+)", str(q["needs"])) for q in listed(body["quorum"])]
        if any(found and 2 * int(found[1]) > seats for found in needs):
            yield name, with_quorum(tree, name, f"present >= {max(2, seats // 3)}")


def idle_number(tree: Tree) -> Mutants:
    """A second number that the first makes needless."""
    for name, _, seats in having_quorum(tree):
        yield name, with_quorum(tree, name, f"present >= {seats // 2 + 1} and present >= {seats // 2 - 1}")


def wrong_total(tree: Tree) -> Mutants:
    for name, _ in meeting_bodies(tree):
        made = copied(tree)
        ref = clause(made, "the number of members")
        number = size(tree, tree["bodies"][name]) + 1
        blocks(made, "statements").append(
            {"says": f"there are {number} seats", "holds": f"seats({name}) = {number}", "clause": ref}
        )
        yield name, made


def one_seat_more(tree: Tree) -> Mutants:
    """A seat is added, and the stated total stays."""
    for statement in listed(tree.get("statements")):
        found = re.match(r"seats\((.+)\) =", statement.get("holds", ""))
        if found:
            made = copied(tree)
            made["bodies"][found[1]]["seats"]["added"] = {"clause": clause(made, "one more member")}
            yield found[1], made


def seats_in_doubt(tree: Tree) -> Mutants:
    """The list of members can be read in two ways."""
    for name, _ in meeting_bodies(tree):
        made = copied(tree)
        ref = clause(made, "associates are members")
        question = {
            "question": "Have the associates seats?",
            "options": {"none": "no", "two": "two"},
            "base": "none",
            "clause": ref,
        }
        made.setdefault("readings", {})["associates"] = question
        made["bodies"][name]["seats"]["associates"] = {
            "seats": "2",
            "reading": {"associates": "two"},
            "clause": ref,
        }
        yield name, made


def one_person_twice(tree: Tree) -> Mutants:
    """By two clauses the holder of one office is a member."""
    for name, body in meeting_bodies(tree):
        ref = body["clause"] if isinstance(body["clause"], str) else body["clause"][0]
        made = copied(tree)
        first, second = (
            clause(made, "the county's adviser is a member"),
            clause(made, "so is whoever advises"),
        )
        made.setdefault("offices", {})["county-adviser"] = {
            "name": "the county's adviser",
            "chosen": {"by": "appointment"},
            "clause": ref,
        }
        seats = made["bodies"][name]["seats"]
        seats["county-adviser"] = {"ex_officio": "county-adviser", "clause": first}
        seats["who-advises"] = {"ex_officio": "county-adviser", "clause": second}
        yield name, made


def votes_in_doubt(tree: Tree) -> Mutants:
    """Whether the chair has a further vote in every ballot is in doubt."""
    for name, body in meeting_bodies(tree):
        rules = listed(body.get("presiding"))
        if rules and "extra_vote" in rules[0]:
            made = copied(tree)
            ref = rules[0]["clause"]
            question = {
                "question": "A further vote always?",
                "options": {"as-said": "no", "always": "yes"},
                "base": "as-said",
                "clause": ref,
            }
            made.setdefault("readings", {})["further-vote"] = question
            first = blocks(made["bodies"][name], "presiding")[0]
            first["extra_vote"] = {
                "by_reading": "further-vote",
                "as-said": rules[0]["extra_vote"],
                "always": "additional",
            }
            yield name, made


def withdrawal_without_dispensation(tree: Tree) -> Mutants:
    """Whoever has an interest must leave, and no longer counts."""
    for name, body, _ in having_quorum(tree):
        if any(q.get("measured") == "throughout" for q in listed(body["quorum"])):
            made = copied(tree)
            ref = clause(made, "whoever has an interest leaves")
            made["bodies"][name]["interests"] = [
                {
                    "kind": "prejudicial",
                    "votes": "no",
                    "withdraws": "must",
                    "counts_to_quorum": "no",
                    "clause": ref,
                }
            ]
            yield name, made


def dispensation_lost(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        for place, interest in enumerate(listed(body.get("interests"))):
            if "waived_by" in interest:
                made = copied(tree)
                del blocks(made["bodies"][name], "interests")[place]["waived_by"]
                yield name, made


def measured_all_the_time(tree: Tree) -> Mutants:
    for name, body, _ in having_quorum(tree):
        leave = any(
            i.get("withdraws") == "must" and "waived_by" not in i for i in listed(body.get("interests"))
        )
        if leave and any(q.get("measured") == "start" for q in listed(body["quorum"])):
            made = copied(tree)
            for quorum in quorums(made["bodies"][name]):
                quorum["measured"] = "throughout"
            yield name, made


def leaving_ends_it(tree: Tree) -> Mutants:
    """Members may leave, and the quorum asks for one of them by name."""
    for name, body, _ in having_quorum(tree):
        party = next(parties_of(tree, body), None)
        if party and "membership" not in body:
            made = copied(tree)
            ref = clause(made, "this organisation must be there")
            blocks(made["bodies"][name], "quorum").append({"needs": f"present({party}) >= 1", "clause": ref})
            leave = {"leaves": "members", "notice": "6 months", "told": name, "force": "may"}
            made["bodies"][name]["membership"] = [{**leave, "clause": clause(made, "members may leave")}]
            yield f"{name} {party}", made


def leaving_where_all_are_needed(tree: Tree) -> Mutants:
    """Members may leave, and the quorum is the number of those that there were."""
    for name, body, seats in having_quorum(tree):
        if next(parties_of(tree, body), None) and "membership" not in body:
            made = with_quorum(tree, name, f"present >= {seats}")
            leave = {"leaves": "members", "notice": "6 months", "told": name, "force": "may"}
            made["bodies"][name]["membership"] = [{**leave, "clause": clause(made, "members may leave")}]
            yield name, made


def removed_though_needed(tree: Tree) -> Mutants:
    """An organisation that the quorum names may be excluded."""
    for name, body, _ in having_quorum(tree):
        party = next(parties_of(tree, body), None)
        if party and "membership" not in body:
            made = copied(tree)
            ref = clause(made, "this organisation must be there")
            blocks(made["bodies"][name], "quorum").append({"needs": f"present({party}) >= 1", "clause": ref})
            route = {"who": name, "removes": party, "force": "may"}
            blocks(made, "routes").append({**route, "clause": clause(made, "it may be excluded")})
            yield f"{name} {party}", made


def two_become_one(tree: Tree) -> Mutants:
    """As many organisations as there are have to be there, and one will be a part of another."""
    for name, body, _ in having_quorum(tree):
        parties = list(dict.fromkeys(parties_of(tree, body)))
        if len(parties) > 1 and "membership" not in body:
            made = with_quorum(tree, name, f"parties present >= {len(parties)}")
            one, other = parties[:2]
            made["parties"][one]["successor"] = other
            yield f"{name} {one}", made
