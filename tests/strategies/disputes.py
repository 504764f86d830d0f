"""Constitutions with a matter that must be settled, and routes on which it goes from hand to hand."""

from __future__ import annotations

import random
from dataclasses import replace

from govmodel.model.rules import (
    BodyRule,
    DecisionRule,
    MatterRule,
    OfficeRule,
    RouteRule,
    Rule,
    Rulebook,
)
from strategies.books import HEAD, book
from strategies.dice import Rolled
from strategies.meetings import BODY, rulebook

MATTER = "dispute"


def world(seed: int) -> Rulebook:
    """One body of few seats with its offices, two outsiders, and routes of one matter among them."""
    chance = random.Random(seed)
    drawn = rulebook(Rolled(seed), most_seats=4)
    rules: list[Rule] = []
    for rule in drawn.rules:
        if isinstance(rule, DecisionRule) and rule.carried is not None:
            # Equal votes without a meaning are told by another check, and left out by this one.
            half = rule.carried.kind == "share" and rule.equal_votes is None
            rule = replace(rule, equal_votes="not-carried") if half else rule
        if isinstance(rule, OfficeRule):
            rule = replace(rule, chosen_by=None, rotation=())
        rules.append(replace(rule, gate=()))
    rules.append(MatterRule(**HEAD, name=MATTER, title="a dispute", kind_of=None, settle=True, interested=()))
    for name in ("court", "panel"):
        rules.append(BodyRule(**HEAD, name=name, title=name, external=True, family=None))
    who = (BODY, "the-chair", "the-deputy", "court", "panel", "parties")
    for _ in range(chance.randint(1, 4)):
        sender, receiver = chance.sample(who, 2)
        verb = chance.choice(("escalates_to", "escalates_to", "escalates_to", "determines"))
        effect = chance.choice((None, "resolves", "final", "hears")) if verb == "escalates_to" else None
        whom = receiver if verb == "escalates_to" else MATTER
        via = chance.choice((None, None, None, "the-deputy"))
        rules.append(route(sender, verb, whom, effect, via))
    return book(rules, {})


def route(who: str, verb: str, whom: str, effect: object, via: str | None) -> RouteRule:
    given = {
        **HEAD, "clauses": ("9",), "who": (who,), "verb": verb,
        "whom": (whom,), "any_of": False, "matters": (MATTER,),
        "about": None, "about_receiver": None, "via": via, "every": None, "within": None, "effect": effect,
        "consent_of": (), "force": "must",
    }  # fmt: skip
    return RouteRule(**given)
