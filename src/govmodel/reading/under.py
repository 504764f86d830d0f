"""Rulebook → Rules: what one reading leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from govmodel.model import rules as r
from govmodel.reading.options import completion, entangled, possible

R = TypeVar("R", bound=r.Rule)

BODY_KINDS: Mapping[str, type[r.Rule]] = {
    "seats": r.SeatRule,
    "caps": r.CapRule,
    "quorum": r.QuorumRule,
    "inquorate": r.InquorateRule,
    "decisions": r.DecisionRule,
    "presiding": r.PresidingRule,
    "meetings": r.MeetingRule,
    "interests": r.InterestRule,
    "standins": r.StandInRule,
    "membership": r.MembershipRule,
}


def complete(rulebook: r.Rulebook, partial: r.Reading) -> r.Reading:
    """A partial reading completed with the base; where the base makes no sense beside what is already
    chosen, with the first options that do."""
    known = rulebook.ambiguities
    chosen = {**rulebook.base, **partial}
    choosy = {name: chosen[name] for name, a in known.items() if a.only_with.get(chosen[name])}
    if choosy and not possible(known, chosen):
        tied = entangled(known, [name for name in known if known[name].only_with])
        rest = [name for name in known if name in tied and name not in partial]
        chosen = {**chosen, **(completion(known, partial, rest) or {})}
    return {name: chosen[name] for name in known}


class _Part(Generic[R]):
    """Some rules that belong together. What a reading leaves of them is made once for each
    combination of the options that guard them, and then is the same object; so are they by name."""

    def __init__(self, rules: Iterable[R]) -> None:
        self.rules = tuple(rules)
        self.names = tuple(dict.fromkeys(name for rule in self.rules for name, _ in rule.gate))
        self.made: dict[tuple[str, ...], tuple[R, ...]] = {}
        self.named: dict[tuple[str, ...], dict[str, Any]] = {}

    def under(self, reading: r.Reading) -> tuple[R, ...]:
        if not self.names:
            return self.rules
        key = tuple([reading[name] for name in self.names])
        found = self.made.get(key)
        if found is None:
            found = self.made[key] = tuple(rule for rule in self.rules if r.stands(rule.gate, reading))
        return found

    def by_name(self, reading: r.Reading) -> dict[str, Any]:
        key = tuple([reading[name] for name in self.names])
        found = self.named.get(key)
        if found is None:
            found = self.named[key] = {rule.name: rule for rule in self.under(reading)}  # type: ignore[attr-defined]
        return found


class Reader:
    """A rulebook taken apart, so that thousands of readings of it share what they have in common."""

    def __init__(self, rulebook: r.Rulebook) -> None:
        self.rulebook = rulebook
        self.parts: dict[type[r.Rule], _Part[r.Rule]] = {}
        for kind in (
            r.PartyRule, r.BodyRule, r.OfficeRule, r.MatterRule, r.InstrumentRule, r.NormRule, r.RouteRule,
            r.StatementRule, r.StepRule, r.CompositionRule, r.SuccessionRule, r.ResignationRule,
            r.RemovalRule,
        ):  # fmt: skip
            self.parts[kind] = _Part(rule for rule in rulebook.rules if isinstance(rule, kind))
        grouped: dict[tuple[str, type[r.Rule]], list[r.Rule]] = {}
        for rule in rulebook.rules:
            body = getattr(rule, "body", None)
            if isinstance(body, str):
                grouped.setdefault((body, type(rule)), []).append(rule)
        self.own = {key: _Part(rules) for key, rules in grouped.items()}
        self.nothing: _Part[r.Rule] = _Part(())
        self.asked: dict[str, dict[str, None]] = {}
        for (body, _), part in self.own.items():
            self.asked.setdefault(body, {}).update(dict.fromkeys(part.names))
        self.bodies: dict[tuple[object, ...], r.BodyRules] = {}
        named = (part.names for kind, part in self.parts.items() if kind is not r.BodyRule)
        self.common = tuple(dict.fromkeys(name for names in named for name in names))
        """The ambiguities on which rules of no body depend."""
        self.rest: dict[tuple[str, ...], dict[str, Any]] = {}
        self.base = rulebook.base
        self.choosy = [a for a in rulebook.ambiguities.values() if a.only_with]

    def _complete(self, partial: r.Reading) -> r.Reading:
        """The same as `complete`, at less cost where the base makes sense beside what is chosen."""
        chosen = {**self.base, **partial}
        sound = len(chosen) == len(self.base) and all(
            chosen[other] in allowed
            for ambiguity in self.choosy
            for other, allowed in ambiguity.only_with.get(chosen[ambiguity.name], {}).items()
        )
        return chosen if sound else complete(self.rulebook, partial)

    def under(self, partial: r.Reading) -> r.Rules:
        total = self._complete(partial)
        key = tuple([total[name] for name in self.common])
        rest = self.rest.get(key)
        if rest is None:
            rest = self.rest[key] = self._rest(total)
        standing = self.parts[r.BodyRule].under(total)
        bodies = {b.name: self._body(b, total) for b in standing if isinstance(b, r.BodyRule)}
        return r.Rules(reading=total, bodies=bodies, **rest)

    def _rest(self, total: r.Reading) -> dict[str, Any]:
        """What rules are made of beside the reading and the bodies."""

        def of(kind: type[R]) -> tuple[R, ...]:
            return self.parts[kind].under(total)  # type: ignore[return-value]

        def named(kind: type[R]) -> Mapping[str, R]:
            return self.parts[kind].by_name(total)

        return {
            "id": self.rulebook.id,
            "first_day": self.rulebook.first_day,
            "nation": self.rulebook.nation,
            "parties": named(r.PartyRule),
            "offices": named(r.OfficeRule),
            "matters": named(r.MatterRule),
            "instruments": named(r.InstrumentRule),
            "norms": of(r.NormRule),
            "routes": of(r.RouteRule),
            "statements": of(r.StatementRule),
            "successions": of(r.SuccessionRule),
            "texts": self.rulebook.texts,
            "classes": self.rulebook.classes,
            "situations": self.rulebook.situations,
            "steps": of(r.StepRule),
            "composition": of(r.CompositionRule),
            "resignations": of(r.ResignationRule),
            "removals": of(r.RemovalRule),
        }

    def _body(self, body: r.BodyRule, total: r.Reading) -> r.BodyRules:
        key = (id(body), *[total[name] for name in self.asked.get(body.name, ())])
        if key not in self.bodies:
            own = {
                field: self.own.get((body.name, kind), self.nothing).under(total)
                for field, kind in BODY_KINDS.items()
            }
            called = self.own.get((body.name, r.BodyNameRule), self.nothing).under(total)
            self.bodies[key] = r.BodyRules(
                name=body.name,
                title=body.title,
                external=body.external,
                family=body.family,
                clauses=body.clauses,
                names=tuple(n.called for n in called if isinstance(n, r.BodyNameRule)),
                **own,  # type: ignore[arg-type]
            )
        return self.bodies[key]


def under(rulebook: r.Rulebook, reading: Mapping[str, str] | None = None) -> r.Rules:
    """The rules under a reading; one that names only some ambiguities is completed with the base.

    For many readings of one rulebook, use one `Reader`.
    """
    return Reader(rulebook).under(reading or {})
