"""A scenario in which nothing is left to chance, for cases that are put on in the engine of meetings."""

from __future__ import annotations

from fractions import Fraction

from govmodel.model.scenario import (
    Ballot,
    ByMatter,
    Chances,
    Escalation,
    Holders,
    Interests,
    Items,
    Offices,
    Receiver,
    Scenario,
    Votes,
)

ALWAYS, NEVER = Fraction(1), Fraction(0)

PASSES = Receiver(settles=NEVER, first=0, last=0)
"""Who settles nothing, and passes an item on at once."""


def certain(
    name: str,
    about: str,
    items: Items,
    ballot: Ballot,
    interest: Fraction = NEVER,
    escalation: Escalation | None = None,
) -> Scenario:
    """Everybody comes, in person, and votes in one way; no optional seat is filled, no office but as the text
    says. `interest`: the chance of one, in any item."""
    return Scenario(
        name=name, about=about, path="", attendance=Chances(default=ALWAYS), standins=Chances(default=NEVER),
        months={}, bad_meetings=None, holders=Holders(optional="empty"), offices=Offices(otherwise="vacant"),
        items=items,
        interests=Interests(default=interest, named=interest, leaves_if_should=NEVER, leaves_if_may=NEVER),
        consensus=ByMatter(default=NEVER), votes=Votes(default=ballot, casting=None),
        escalation=escalation or Escalation(after=1, default=PASSES),
    )  # fmt: skip
