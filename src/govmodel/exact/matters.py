"""The games that a body plays over its matters: one for each way of deciding, with the chair's vote in it."""

from __future__ import annotations

from collections.abc import Iterator

from govmodel.dataclass import dataclass
from govmodel.exact.power import Game, all_attend, joined, those_present
from govmodel.model.rules import BodyRules, DecisionRule, Rules
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable
from govmodel.semantics.deciding import case_of, rules_for
from govmodel.semantics.holders import without_a_vote
from govmodel.semantics.presiding import presiding

SECOND = ("casting", "additional")


@dataclass(frozen=True, slots=True)
class Played:
    """A way of deciding, with all the matters that are decided so ("any": all without a rule of their
    own). `presider`: the place whose second vote counts, the first that may have the chair; None: nobody
    has one. `alone`: no other place may have the chair. `cases`: who is there decides by which rule.
    `beside`: whoever presides has a second vote there and no first one."""

    decision: DecisionRule
    matters: tuple[str, ...]
    extra_vote: str | None
    presider: str | None
    alone: bool
    cases: bool = False
    beside: bool = False

    def all_attend(self, rules: Rules, seats: Electorate) -> Game:
        """Everybody attends, and who is not for is against.

        Raises:
            NotCountable: the threshold is a formula, or leaves somebody out.
        """
        self._countable()
        return joined(all_attend(rules, seats, self.decision, self.extra_vote, self.presider))

    def those_present(self, rules: Rules, seats: Electorate) -> Game:
        """The coalition attends and votes for, everybody else is away.

        Raises:
            NotCountable: as above, or the quorum counts others than voting seats.
        """
        self._countable()
        return joined(those_present(rules, seats, self.decision, self.extra_vote, self.presider))

    def _countable(self) -> None:
        if self.beside:
            raise NotCountable("whoever presides has a second vote and no seat that votes")
        if self.cases:
            raise NotCountable("what carries it depends on who is there")
        carried = self.decision.carried
        if carried is not None and carried.kind == "formula":
            raise NotCountable("a formula over votes is left to the judge")
        if carried is not None and carried.without:
            raise NotCountable("who is left out depends on whom the matter concerns")


def played(seats: Electorate) -> Iterator[Played]:
    """The ways of deciding of a body at its meetings, the general one first; none: the text says of no
    matter how it is carried."""
    body = seats.body
    rule = presiding(body, "present", "present")
    extra = rule.extra_vote if rule and rule.extra_vote in SECOND else None
    places = [place for i in seats.chairs for place in seats.cells[i].places]
    presider = places[0] if extra and places else None
    beside = rule is not None and extra is not None and (seats.outsider or without_a_vote(body, rule.who))
    by_rule: dict[int, tuple[DecisionRule, list[str]]] = {}
    for matter in matters(body):
        for decision in rules_for(body, matter)[-1:]:
            by_rule.setdefault(id(decision), (decision, []))[1].append(matter)
    for decision, own in by_rule.values():
        cases = any(case_of(body, decision, matter) is not None for matter in own)
        second = extra if presider else None
        yield Played(decision, tuple(own), second, presider, len(places) == 1, cases, beside)


def matters(body: BodyRules) -> tuple[str, ...]:
    """Every matter on which a rule of the body decides, "any" first."""
    named = dict.fromkeys(m for d in body.decisions for m in d.matters if not d.touching)
    return tuple(dict.fromkeys(["any", *named]))
