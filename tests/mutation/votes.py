"""Slips in how decisions are taken and who presides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutation.quorums import having_quorum, parties_of, with_quorum
from mutation.trees import Tree, blocks, clause, copied, listed, meeting_bodies, places, size

Mutants = Iterator[tuple[str, Tree]]


def tie_rule_deleted(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        for place, decision in enumerate(listed(body.get("decisions"))):
            if (
                decision.get("equal_votes")
                and decision["carried_by"].startswith("majority")
                and "touching" not in decision
            ):
                made = copied(tree)
                del blocks(made["bodies"][name], "decisions")[place]["equal_votes"]
                yield f"{name} {decision['matter']}", made


def stand_in_without_the_vote(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        rules = listed(body.get("presiding"))
        if len(rules) > 1 and all(r.get("extra_vote") == "casting" for r in rules):
            for place in range(1, len(rules)):
                made = copied(tree)
                blocks(made["bodies"][name], "presiding")[place]["extra_vote"] = "none"
                yield f"{name} {rules[place]['who']}", made


def casting_vote_deleted(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        if any(r.get("extra_vote") == "casting" for r in listed(body.get("presiding"))):
            made = copied(tree)
            for rule in blocks(made["bodies"][name], "presiding"):
                rule.pop("extra_vote", None)
            yield name, made


def all_must_agree(tree: Tree) -> Mutants:
    """A matter that has to be settled takes all members, and nobody has the last word."""
    for name, body in meeting_bodies(tree):
        if listed(body.get("decisions")) and "quorum" in body:
            made = copied(tree)
            ref = clause(made, "what follows a breach is agreed by all")
            made.setdefault("matters", {})["breach"] = {
                "name": "a breach of the code",
                "settle": "yes",
                "clause": ref,
            }
            blocks(made["bodies"][name], "decisions").append(
                {"matter": "breach", "carried_by": "all of members", "clause": ref}
            )
            blocks(made, "routes").append({"who": name, "decides": "breach", "clause": ref})
            yield name, made


def low_quorum(tree: Tree) -> Mutants:
    """Two are enough to meet, and most votes of them bind all."""
    for name, body, seats in having_quorum(tree):
        if seats > 6 and _by_majority(body):
            yield name, with_quorum(tree, name, "present >= 2")


def _by_majority(body: Tree) -> bool:
    general = [d for d in listed(body.get("decisions")) if d["matter"] == "any" and "touching" not in d]
    return (
        bool(general)
        and general[-1]["carried_by"] == "majority of voting"
        and not any(d["matter"] != "any" for d in listed(body["decisions"]))
    )


def one_is_enough(tree: Tree) -> Mutants:
    for name, body, _ in having_quorum(tree):
        if listed(body.get("decisions")):
            yield name, with_quorum(tree, name, "present >= 1")


def threshold_beyond_reach(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        for place, decision in enumerate(listed(body.get("decisions"))):
            if decision["matter"] == "any" and "touching" not in decision and "quorum" in body:
                made = copied(tree)
                blocks(made["bodies"][name], "decisions")[place]["carried_by"] = (
                    f"{size(tree, body) + 1} of seats"
                )
                yield name, made


def bare_quorum_too_small(tree: Tree) -> Mutants:
    """All decisions take three quarters of the members, and half of them are a quorum."""
    for name, body, seats in having_quorum(tree):
        if len(listed(body.get("decisions"))) == 1 and "inquorate" not in body:
            made = with_quorum(tree, name, f"present >= {seats // 2 + 1}")
            blocks(made["bodies"][name], "decisions")[0]["carried_by"] = "80% of members"
            yield name, made


def base_deleted(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        for place, decision in enumerate(listed(body.get("decisions"))):
            if decision["carried_by"] == "majority of voting":
                made = copied(tree)
                blocks(made["bodies"][name], "decisions")[place]["carried_by"] = "majority"
                yield f"{name} {decision['matter']}", made


def base_in_doubt(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        for place, decision in enumerate(listed(body.get("decisions"))):
            if decision["carried_by"] in ("majority of voting", "two thirds of voting"):
                made = copied(tree)
                share = decision["carried_by"].removesuffix(" of voting")
                question = {
                    "question": "Of whom?",
                    "options": {"voting": "of the votes", "all": "of all members"},
                    "base": "voting",
                    "clause": decision["clause"],
                }
                made.setdefault("readings", {})["of-whom"] = question
                blocks(made["bodies"][name], "decisions")[place]["carried_by"] = {
                    "by_reading": "of-whom",
                    "voting": f"{share} of voting",
                    "all": f"{share} of members",
                }
                yield f"{name} {decision['matter']}", made


def one_organisation_too_many(tree: Tree) -> Mutants:
    """An organisation gets more than a third of the seats, and everything takes two thirds."""
    for name, body, seats in having_quorum(tree):
        if _general(body) and _one_vote_each(body):
            made = copied(tree)
            ref = clause(made, "the county has seats of its own")
            made.setdefault("parties", {})["county-council"] = {"name": "the County Council", "clause": ref}
            own = made["bodies"][name]
            own["seats"]["county-council"] = {
                "party": "county-council",
                "seats": str(seats // 2 + 1),
                "clause": ref,
            }
            own["decisions"] = [
                {"matter": "any", "carried_by": "two thirds of voting", "clause": _clause_of(body)}
            ]
            yield name, made


def _general(body: Tree) -> bool:
    return len(listed(body.get("decisions"))) == 1 and "inquorate" not in body


def _one_vote_each(body: Tree) -> bool:
    return "caps" not in body and not any("votes" in seat for seat in body["seats"].values())


def _clause_of(body: Tree) -> str:
    """The clause of the first rule on decisions."""
    return str(listed(body["decisions"])[0]["clause"])


def a_vote_that_never_counts(tree: Tree) -> Mutants:
    """An associate has one vote beside members with four each, of whom there is an odd number."""
    for name, body, seats in having_quorum(tree):
        if _general(body) and _one_vote_each(body) and seats % 2:
            made = copied(tree)
            own = made["bodies"][name]
            for seat in own["seats"].values():
                seat["votes"] = "4"
            own["seats"]["associate"] = {"clause": clause(made, "an associate has one vote")}
            own["decisions"] = [
                {"matter": "any", "carried_by": "majority of voting", "clause": _clause_of(body)}
            ]
            yield name, made


def silence_of_the_interested(tree: Tree) -> Mutants:
    """A majority of all members, and whoever has an interest may not vote."""
    for name, body, _ in having_quorum(tree):
        if _general(body) and _one_vote_each(body):
            made = copied(tree)
            ref = clause(made, "whoever has an interest does not vote")
            own = made["bodies"][name]
            own["interests"] = [
                {"kind": "prejudicial", "votes": "no", "counts_to_quorum": "no", "clause": ref}
            ]
            own["decisions"] = [
                {"matter": "any", "carried_by": "majority of members", "clause": _clause_of(body)}
            ]
            yield name, made


def majority_of_those_present(tree: Tree) -> Mutants:
    for name, body, _ in having_quorum(tree):
        if _general(body) and _one_vote_each(body):
            made = copied(tree)
            made["bodies"][name]["decisions"] = [
                {"matter": "any", "carried_by": "majority of present", "clause": _clause_of(body)}
            ]
            yield name, made


def second_vote_over_a_cap(tree: Tree) -> Mutants:
    """An organisation is held to its votes, and whoever presides has a casting vote."""
    for name, body, _ in having_quorum(tree):
        party = next(parties_of(tree, body), None)
        if party and _one_vote_each(body) and _general(body) and len(listed(body.get("presiding"))) > 1:
            made = copied(tree)
            own = made["bodies"][name]
            most = max(
                1, sum(places(tree, seat) for seat in body["seats"].values() if seat.get("party") == party)
            )
            cap = {"together": party, "at_most": f"{most} vote" + "s" * (most > 1)}
            own["caps"] = [{**cap, "clause": clause(made, "it has no more votes than that")}]
            own["decisions"] = [
                {"matter": "any", "carried_by": "majority of voting", "clause": _clause_of(body)}
            ]
            for rule in blocks(own, "presiding"):
                rule["extra_vote"] = "casting"
            yield f"{name} {party}", made


def helped_by_votes_against(tree: Tree) -> Mutants:
    """Where many are there a majority is enough, and where few are it takes three quarters."""
    for name, body, seats in having_quorum(tree):
        needs = [re.fullmatch(r"present >= (\d+)", str(q["needs"])) for q in listed(body["quorum"])]
        if _general(body) and _one_vote_each(body) and all(n and int(n[1]) < seats - 1 for n in needs):
            made = copied(tree)
            many = {
                "when": f"present >= {seats - 1}",
                "clause": clause(made, "where many are there most votes decide"),
            }
            made["bodies"][name]["decisions"] = [
                {"matter": "any", "carried_by": "majority of voting", "equal_votes": "not-carried", **many},
                {"matter": "any", "carried_by": "three quarters of voting", "clause": _clause_of(body)},
            ]
            yield name, made


# presiding


def last_resort_deleted(tree: Tree) -> Mutants:
    """Nobody presides when chair and deputy cannot."""
    for name, body in meeting_bodies(tree):
        rules = listed(body.get("presiding"))
        if len(rules) > 1 and rules[-1]["who"] == "agreed":
            made = copied(tree)
            blocks(made["bodies"][name], "presiding").pop()
            yield name, made


def last_resort_for_interests_only(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        rules = listed(body.get("presiding"))
        if len(rules) > 1 and rules[-1]["who"] == "agreed":
            made = copied(tree)
            blocks(made["bodies"][name], "presiding")[-1]["when"] = "chair is conflicted"
            yield name, made


def decisions_deleted(tree: Tree) -> Mutants:
    """A body has money to share out, and how it decides is said no more."""
    for name, body in meeting_bodies(tree):
        if listed(body.get("decisions")):
            made = copied(tree)
            ref = clause(made, "it shares out the money")
            made.setdefault("matters", {})["shares"] = {"name": "who gets the money", "clause": ref}
            blocks(made, "routes").append({"who": name, "decides": "shares", "clause": ref})
            del made["bodies"][name]["decisions"]
            yield name, made
