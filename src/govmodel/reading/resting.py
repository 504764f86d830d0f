"""On which clauses of the index something rests."""

from __future__ import annotations

from govmodel.model.rules import BodyNameRule, BodyRule, ClassNameRule, Rulebook, SeatRule

_NAMES = (BodyRule, BodyNameRule, ClassNameRule)


def resting(rulebook: Rulebook) -> frozenset[str]:
    """Clauses on which a rule rests, and those that say again what such a clause says.

    A bare name says nothing: a body is constituted by its clause where it has seats.
    """
    cited = {c for r in rulebook.rules if not isinstance(r, _NAMES) for c in r.clauses}
    cited |= set(rulebook.also_cited)
    seated = {r.body for r in rulebook.of(SeatRule)}
    cited |= {c for r in rulebook.of(BodyRule) if r.name in seated for c in r.clauses}
    cited |= {
        again for clause in rulebook.clauses.values() if clause.ref in cited for again in clause.repeats
    }
    again = {c.ref for c in rulebook.clauses.values() if any(other in cited for other in c.repeats)}
    return frozenset(cited | again)
