"""Remedies for routes and offices: the last word, other receivers, who acts."""

from __future__ import annotations

from collections.abc import Iterator

from govmodel.dataclass import replace
from govmodel.model.edit import Edit
from govmodel.model.finding import Finding
from govmodel.model.provision_rules import OfficeRule, RouteRule
from govmodel.model.rules import BodyRule, PresidingRule
from govmodel.repairs.draft import Draft, clauses, joined, redraft


def last_word(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """The last receiver has the last word."""
    routes = [
        r
        for r in draft.cited(RouteRule, finding)
        if r.verb == "escalates_to" and r.effect != "final" and r.whom != ("nobody",)
    ]
    for route in reversed(routes):
        who = joined(tuple(draft.speaker.names.the(name) for name in route.whom))
        yield redraft(
            remedy="the last word",
            clauses=route.clauses,
            says=f"add: “whose decision is final” after {who}.",
            model="effect: final, at the escalation",
            old=(route,),
            new=(replace(route, effect="final"),),
        )


def receiver(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """An escalation that names nobody goes to a body of the text."""
    routes = [
        r for r in draft.cited(RouteRule, finding) if r.verb == "escalates_to" and r.whom == ("nobody",)
    ]
    bodies = [b for b in draft.rules(BodyRule) if not b.external and not b.gate]
    for route in routes:
        for body in bodies:
            if body.name in route.who:
                continue
            yield redraft(
                remedy="a receiver",
                clauses=route.clauses,
                says=f"add: “to {draft.speaker.names.the(body.name)}, whose decision is final”.",
                model=f"escalates_to: {body.name}, effect: final",
                old=(route,),
                new=(replace(route, whom=(body.name,), effect="final"),),
            )


def another_receiver(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """What is about the receiver goes to somebody else: who presides next."""
    for route in draft.cited(RouteRule, finding):
        if route.about_receiver is not None:
            continue
        of = next((o.of for o in draft.rules(OfficeRule) if o.name in route.whom), None)
        others = [name for name in _beside(draft, of) if name not in route.whom]
        for other in (*others, *([of] if of and of not in route.whom else [])):
            yield redraft(
                remedy="another receiver",
                clauses=route.clauses,
                says="add: “or, where it is about "
                f"{joined(tuple(draft.speaker.names.the(n) for n in route.whom))}, to "
                f"{draft.speaker.names.the(other)}”.",
                model=f"about_receiver: {other}",
                old=(route,),
                new=(replace(route, about_receiver=other),),
            )


def acting(draft: Draft, finding: Finding) -> Iterator[Edit]:
    """Somebody acts for an office on which much depends."""
    office = [o for o in draft.rules(OfficeRule) if o.name == finding.subject]
    if not office:
        return
    others = [name for name in _beside(draft, office[0].of) if name != finding.subject]
    for other in others or ["agreed"]:
        touched = clauses(office)
        yield redraft(
            remedy="somebody who acts",
            clauses=touched,
            says="add: “while the office is vacant or its holder cannot act, "
            f"{draft.speaker.names.the(other)} has its powers”.",
            model=f"acting: {other}",
            old=tuple(office),
            new=tuple(replace(o, acting=other) for o in office),
        )


def _beside(draft: Draft, body: str | None) -> list[str]:
    """The offices whose holders preside over a body, in their order: others have other work."""
    offices = {o.name for o in draft.rules(OfficeRule)}
    return list(dict.fromkeys(p.who for p in draft.of_body(PresidingRule, body or "") if p.who in offices))
