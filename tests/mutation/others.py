"""Slips in routes, in offices, and in the drafting of the document."""

from __future__ import annotations

from collections.abc import Iterator

from mutation.trees import Tree, blocks, clause, copied, listed, meeting_bodies, voting

Mutants = Iterator[tuple[str, Tree]]


def _external(tree: Tree) -> Iterator[str]:
    yield from (n for n, b in tree.get("bodies", {}).items() if b.get("external") == "yes")


def _outsider(tree: Tree, ref: str) -> str:
    """A body that another text constitutes, added."""
    tree.setdefault("bodies", {})["county-assembly"] = {
        "name": "County Assembly",
        "external": "yes",
        "clause": ref,
    }
    return "county-assembly"


# escalations


def last_word_taken(tree: Tree) -> Mutants:
    """Who had the last word only hears the matter."""
    for place, route in enumerate(blocks(tree, "routes")):
        if route.get("effect") == "final":
            made = copied(tree)
            made["routes"][place]["effect"] = "hears"
            made["routes"] = [r for r in made["routes"] if not _settles(r, route["matter"])]
            yield str(route["matter"]), made


def _settles(route: Tree, matter: str) -> bool:
    """Whether a route gives somebody the power to settle a matter."""
    if matter in (route.get("determines"), route.get("decides")):
        return True
    return route.get("matter") == matter and route.get("effect") == "resolves"


def ladder_to_a_listener(tree: Tree) -> Mutants:
    """A new matter goes up to somebody who only advises on it."""
    for name, _ in meeting_bodies(tree):
        made = copied(tree)
        ref = clause(made, "disputes go to the assembly for advice")
        made.setdefault("matters", {})["quarrel"] = {"name": "a quarrel", "settle": "yes", "clause": ref}
        blocks(made, "routes").append(
            {
                "who": name,
                "escalates_to": _outsider(made, ref),
                "matter": "quarrel",
                "effect": "advises",
                "clause": ref,
            }
        )
        yield name, made
        break


def round_and_round(tree: Tree) -> Mutants:
    """Whoever gets the matter passes it back."""
    for name, _ in meeting_bodies(tree):
        made = copied(tree)
        ref = clause(made, "each passes it to the other")
        made.setdefault("matters", {})["quarrel"] = {"name": "a quarrel", "settle": "yes", "clause": ref}
        other = _outsider(made, ref)
        for one, two in ((name, other), (other, name)):
            blocks(made, "routes").append(
                {"who": one, "escalates_to": two, "matter": "quarrel", "effect": "hears", "clause": ref}
            )
        yield name, made
        break


def ladder_bent_back(tree: Tree) -> Mutants:
    """The last step of a ladder leads to its first."""
    ladder = [r for r in blocks(tree, "routes") if "escalates_to" in r and isinstance(r["escalates_to"], str)]
    own = {n for n, _ in meeting_bodies(tree)}
    for last in ladder:
        first = next((r for r in ladder if r["matter"] == last["matter"] and r["who"] in own), None)
        if (
            last.get("effect") == "final"
            and first
            and last["escalates_to"] != first["who"]
            and last["escalates_to"] in tree["bodies"]
        ):
            made = copied(tree)
            ref = clause(made, "it is passed down again")
            made["routes"] = [
                {**r, "effect": "hears"} if r.get("matter") == last["matter"] and "effect" in r else r
                for r in made["routes"] if "determines" not in r
            ]  # fmt: skip
            made["routes"].append(
                {
                    "who": last["escalates_to"],
                    "escalates_to": first["who"],
                    "matter": last["matter"],
                    "effect": "hears",
                    "clause": ref,
                }
            )
            yield str(last["matter"]), made


def trying_only(tree: Tree) -> Mutants:
    """Outsiders who had the last word are to try to resolve it."""
    for place, route in enumerate(blocks(tree, "routes")):
        if route.get("effect") == "final" and route["escalates_to"] in set(_external(tree)):
            made = copied(tree)
            made["routes"][place]["effect"] = "resolves"
            yield str(route["matter"]), made


def mediators_without_end(tree: Tree) -> Mutants:
    """A dispute goes to mediators, and no further."""
    for name, _ in meeting_bodies(tree):
        made = copied(tree)
        ref = clause(made, "disputes go to the assembly to be resolved")
        made.setdefault("matters", {})["quarrel"] = {"name": "a quarrel", "settle": "yes", "clause": ref}
        blocks(made, "routes").append(
            {
                "who": name,
                "escalates_to": _outsider(made, ref),
                "matter": "quarrel",
                "effect": "resolves",
                "clause": ref,
            }
        )
        yield name, made
        break


def body_without_members(tree: Tree) -> Mutants:
    """A body gets work, and nothing says who sits on it."""
    for name, _ in meeting_bodies(tree):
        made = copied(tree)
        ref = clause(made, "a working group prepares the meetings")
        made["bodies"]["working-group"] = {"name": "Working Group", "clause": ref}
        blocks(made, "routes").append({"who": "working-group", "reports_to": name, "clause": ref})
        yield name, made


def members_deleted(tree: Tree) -> Mutants:
    """The list of members of a body that others speak of is lost."""
    for name, _ in meeting_bodies(tree):
        routes = [r for r in blocks(tree, "routes") if name in r.values()]
        if routes and len(list(meeting_bodies(tree))) > 1:
            made = copied(tree)
            kept = {k: v for k, v in made["bodies"][name].items() if k in ("name", "clause", "tier")}
            made["bodies"][name] = kept
            made["norms"] = [n for n in blocks(made, "norms") if name not in n["about"]]
            yield name, made


def complaint_to_the_one_complained_of(tree: Tree) -> Mutants:
    """Complaints go to somebody, those about the receiver too."""
    for place, route in enumerate(blocks(tree, "routes")):
        if "about_receiver" in route:
            made = copied(tree)
            del made["routes"][place]["about_receiver"]
            made["routes"] = [
                r for r in made["routes"] if r.get("effect") != "final" or r.get("matter") != route["matter"]
            ]
            yield str(route["matter"]), made


def complaints_about_the_chair_to_the_chair(tree: Tree) -> Mutants:
    for office in tree.get("offices", {}):
        if tree["offices"][office].get("of") in dict(meeting_bodies(tree)):
            made = copied(tree)
            ref = clause(made, "complaints about this office go to it")
            made.setdefault("matters", {})["grievance"] = {
                "name": "a grievance",
                "settle": "yes",
                "clause": ref,
            }
            blocks(made, "routes").append(
                {
                    "who": "complainant",
                    "escalates_to": office,
                    "matter": "grievance",
                    "about": office,
                    "effect": "final",
                    "clause": ref,
                }
            )
            yield office, made


def chair_on_the_panel(tree: Tree) -> Mutants:
    """Grievances about a body go to a panel, on which an office of the body has a vote."""
    for office in tree.get("offices", {}):
        name = tree["offices"][office].get("of")
        if name in dict(meeting_bodies(tree)):
            made = copied(tree)
            ref = clause(made, "grievances about the body go to a panel of this office and two others")
            made.setdefault("matters", {})["grievance"] = {"name": "a grievance", "clause": ref}
            seats = {"by-office": {"ex_officio": office}, "two-others": {"seats": "2"}}
            made["bodies"]["grievance-panel"] = {"name": "the Grievance Panel", "seats": seats, "clause": ref}
            route = {"who": "complainant", "escalates_to": "grievance-panel", "matter": "grievance"}
            blocks(made, "routes").append({**route, "about": name, "effect": "final", "clause": ref})
            yield office, made


def second_master(tree: Tree) -> Mutants:
    """One clause has a body report to one other on a matter, a second clause to another."""
    for name, _ in meeting_bodies(tree):
        made = copied(tree)
        first = clause(made, "it reports on its spending to the assembly")
        made.setdefault("matters", {})["spent"] = {"name": "what was spent", "clause": first}
        whom = _outsider(made, first)
        made["bodies"]["auditors"] = {"name": "the auditors", "external": "yes", "clause": first}
        blocks(made, "routes").append({"who": name, "reports_to": whom, "matter": "spent", "clause": first})
        second = clause(made, "and to the auditors")
        made["routes"].append({"who": name, "reports_to": "auditors", "matter": "spent", "clause": second})
        yield name, made


def nobody_acts(tree: Tree) -> Mutants:
    """Nobody acts for an office that has powers between meetings."""
    for office, block in tree.get("offices", {}).items():
        if "acting" in block and _called_by(tree, office):
            made = copied(tree)
            del made["offices"][office]["acting"]
            yield office, made


def _called_by(tree: Tree, office: str) -> bool:
    """Whether it calls meetings or may do something between them."""
    calls = any(
        m.get("called_by") == office for _, b in meeting_bodies(tree) for m in listed(b.get("meetings"))
    )
    return calls or any(office == n.get("who") and "may" in n for n in blocks(tree, "norms"))


def gatekeeper(tree: Tree) -> Mutants:
    """One office alone has to agree that late items are taken, and calls meetings, and nobody acts for it."""
    for name, body in meeting_bodies(tree):
        offices = [
            o
            for o, block in tree.get("offices", {}).items()
            if block.get("of") == name and "acting" not in block
        ]
        if offices and "meetings" in body:
            made = copied(tree)
            blocks(made["bodies"][name], "meetings").append(
                {
                    "kind": "special",
                    "called_by": offices[0],
                    "clause": clause(made, "special meetings are called by this office"),
                }
            )
            blocks(made, "norms").append(
                {
                    "about": f"item of {name}",
                    "may": "late",
                    "if_agreed_by": offices[0],
                    "limit": "no",
                    "clause": clause(made, "late items with its agreement"),
                }
            )
            yield offices[0], made


# drafting


def points_to_nothing(tree: Tree) -> Mutants:
    made = copied(tree)
    ref = clause(made, "the rules of the annex apply")
    blocks(made, "statements").append(
        {"says": "the rules of the annex apply", "refers_to": "nothing", "clause": ref}
    )
    yield ref, made


def number_twice(tree: Tree) -> Mutants:
    made = copied(tree)
    for ref in list(made["clauses"])[:2]:
        says = made["clauses"][ref]
        block = says if isinstance(says, dict) else {"says": says}
        made["clauses"][ref] = {**block, "printed": "1"}
    yield "1", made


def list_that_differs(tree: Tree) -> Mutants:
    for name, body in meeting_bodies(tree):
        names = list(voting(body))
        made = copied(tree)
        ref = clause(made, "the members once more")
        blocks(made, "statements").append(
            {
                "says": f"the members of {name} are listed twice",
                "list": names,
                "other_list": [*names, "guests"],
                "clause": ref,
            }
        )
        yield name, made


def clause_without_effect(tree: Tree) -> Mutants:
    made = copied(tree)
    yield clause(made, "members wear badges"), made


def norm_deleted(tree: Tree) -> Mutants:
    """A rule goes and its clause stays."""
    for place, norm in enumerate(blocks(tree, "norms")):
        made = copied(tree)
        del made["norms"][place]
        if str(norm["clause"]) not in _cited(made):
            for other in made["norms"]:
                if norm.get("id") in listed(other.get("overrides")):
                    other["overrides"] = [o for o in listed(other["overrides"]) if o != norm["id"]] or "none"
            yield str(norm["clause"]), made


def _cited(part: object) -> set[str]:
    if isinstance(part, dict):
        own = {str(c) for c in listed(part.get("clause"))}
        return own.union(*(_cited(v) for k, v in part.items() if k not in ("clause", "clauses")))
    return set().union(*(_cited(v) for v in part)) if isinstance(part, list) else set()


def turn_of_an_observer(tree: Tree) -> Mutants:
    """The holder of an office is a member, and it comes to an organisation that only attends."""
    for name, office in tree.get("offices", {}).items():
        turns = office.get("chosen", {}).get("over")
        if turns and "must_be" not in office:
            made, ref = _with_guild(tree)
            made["bodies"][office["of"]]["seats"]["guild"] = {
                "party": "guild",
                "role": "attending",
                "clause": ref,
            }
            own = made["offices"][name]
            own["chosen"]["over"] = [*turns, "guild"]
            own["must_be"] = {"rule": "holder is member", "clause": ref}
            yield name, made


def from_outside_and_a_member(tree: Tree) -> Mutants:
    """Who is chosen has to be a member and come from an organisation that has no seat."""
    for name, office in tree.get("offices", {}).items():
        seats = tree["bodies"].get(office.get("of"), {}).get("seats", {})
        chosen = office.get("chosen", {}).get("by") in ("election", "appointment")
        if chosen and seats and "must_be" not in office and all("party" in s for s in seats.values()):
            made, ref = _with_guild(tree)
            made["offices"][name]["must_be"] = {
                "rule": "holder is member and party is guild",
                "clause": ref,
            }
            yield name, made


def _with_guild(tree: Tree) -> tuple[Tree, str]:
    made = copied(tree)
    ref = clause(made, "the guild may hold an office")
    made.setdefault("parties", {})["guild"] = {"name": "the Guild", "clause": ref}
    return made, ref
