"""Rulebook → Rules: what one reading leaves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from govmodel.model import rules as r
from govmodel.reading.options import Readings, choosing, completion, entangled, possible

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


def _spoken_of(ambiguity: r.AmbiguityRule) -> Iterator[str]:
    """Those with which its options go together or not."""
    for needs in ambiguity.only_with.values():
        yield from needs


class _Part(Generic[R]):
    """Some rules that belong together. What a reading leaves of them is made once for each
    combination of the options that guard them, and then is the same object; so are they by name."""

    def __init__(self, rules: Iterable[R]) -> None:
        self.rules = tuple(rules)
        self.names = tuple(dict.fromkeys(name for rule in self.rules for name, _ in rule.gate))
        self.chosen = choosing(self.names)
        self.made: dict[Hashable, tuple[R, ...]] = {}
        self.named: dict[Hashable, dict[str, Any]] = {}

    def under(self, reading: r.Reading) -> tuple[R, ...]:
        if not self.names:
            return self.rules
        key = self.chosen(reading)
        found = self.made.get(key)
        if found is None:
            found = self.made[key] = tuple(rule for rule in self.rules if r.stands(rule.gate, reading))
        return found

    def by_name(self, reading: r.Reading) -> dict[str, Any]:
        key = self.chosen(reading)
        found = self.named.get(key)
        if found is None:
            found = self.named[key] = {rule.name: rule for rule in self.under(reading)}  # type: ignore[attr-defined]
        return found


class _Body:
    """A body, whose rules are made once for each combination of the options that matter to it."""

    def __init__(self, versions: Sequence[r.BodyRule], own: Mapping[type[r.Rule], _Part[r.Rule]]) -> None:
        self.name = versions[0].name
        self.versions = versions
        nothing: _Part[r.Rule] = _Part(())
        parts = {field: own.get(kind, nothing) for field, kind in BODY_KINDS.items()}
        self.steady = {field: part.rules for field, part in parts.items() if not part.names}
        self.varying = {field: part for field, part in parts.items() if part.names}
        self.called = own.get(r.BodyNameRule, nothing)
        gates = (name for version in versions for name, _ in version.gate)
        spoken = (name for part in (*self.varying.values(), self.called) for name in part.names)
        self.names = tuple(dict.fromkeys((*gates, *spoken)))
        self.chosen = choosing(self.names)
        self.made: dict[Hashable, r.BodyRules | None] = {}

    def under(self, reading: r.Reading) -> r.BodyRules | None:
        """None: there is no such body."""
        key = self.chosen(reading)
        if key not in self.made:
            standing = [body for body in self.versions if r.stands(body.gate, reading)]
            self.made[key] = self._with(standing[-1], reading) if standing else None
        return self.made[key]

    def _with(self, body: r.BodyRule, reading: r.Reading) -> r.BodyRules:
        own: dict[str, Any] = {field: part.under(reading) for field, part in self.varying.items()}
        return r.BodyRules(
            name=body.name,
            title=body.title,
            external=body.external,
            family=body.family,
            clauses=body.clauses,
            names=tuple(n.called for n in self.called.under(reading) if isinstance(n, r.BodyNameRule)),
            **self.steady,  # type: ignore[arg-type]
            **own,
        )


class Reader:
    """A rulebook taken apart, so that thousands of readings of it share what they have in common."""

    def __init__(self, rulebook: r.Rulebook) -> None:
        self.rulebook = rulebook
        self.parts: dict[type[r.Rule], _Part[r.Rule]] = {}
        for kind in (
            r.PartyRule, r.OfficeRule, r.MatterRule, r.InstrumentRule, r.NormRule, r.RouteRule,
            r.StatementRule, r.StepRule, r.CompositionRule, r.SuccessionRule, r.ResignationRule,
            r.RemovalRule,
        ):  # fmt: skip
            self.parts[kind] = _Part(rulebook.of(kind))
        grouped: dict[str, dict[type[r.Rule], list[r.Rule]]] = {}
        versions: dict[str, list[r.BodyRule]] = {}
        for rule in rulebook.rules:
            body = getattr(rule, "body", None)
            if isinstance(body, str):
                grouped.setdefault(body, {}).setdefault(type(rule), []).append(rule)
            elif isinstance(rule, r.BodyRule):
                versions.setdefault(rule.name, []).append(rule)
        bodies = [
            _Body(own, {kind: _Part(rules) for kind, rules in grouped.get(name, {}).items()})
            for name, own in versions.items()
        ]
        self.varying = [body for body in bodies if body.names]
        self.steady: dict[str, Any] = {body.name: None if body.names else body.under({}) for body in bodies}
        """The bodies in their order; None: it depends on the reading."""
        self.common_names = dict.fromkeys(name for part in self.parts.values() for name in part.names)
        self.common = choosing(self.common_names)
        self.body_names = {name for body in self.varying for name in body.names}
        self.rest: dict[Hashable, dict[str, Any]] = {}
        """What is not said of a body."""
        self.base = rulebook.base
        self.choosy = [a for a in rulebook.ambiguities.values() if a.only_with]

    def _complete(self, partial: r.Reading) -> r.Reading:
        """The same as `complete`, at less cost where the base makes sense beside what is chosen."""
        chosen = {**self.base, **partial}
        return chosen if self._sound(chosen) else complete(self.rulebook, partial)

    def _sound(self, chosen: r.Reading) -> bool:
        return len(chosen) == len(self.base) and all(
            chosen[other] in allowed
            for ambiguity in self.choosy
            for other, allowed in ambiguity.only_with.get(chosen[ambiguity.name], {}).items()
        )

    def under(self, partial: r.Reading) -> r.Rules:
        total = self._complete(partial)
        return r.Rules(reading=total, bodies=self._bodies(total), **self._common(total))

    def _common(self, total: r.Reading) -> dict[str, Any]:
        key = self.common(total)
        rest = self.rest.get(key)
        if rest is None:
            rest = self.rest[key] = self._rest(total)
        return rest

    def _bodies(self, total: r.Reading) -> dict[str, r.BodyRules]:
        bodies = self.steady.copy()
        for body in self.varying:
            own = body.under(total)
            if own is None:
                del bodies[body.name]
            else:
                bodies[body.name] = own
        return bodies

    def each(self, space: Readings, fixed: r.Reading) -> Iterator[r.Rules]:
        """The rules under every reading of a space, in its order; what some of them have in common is made
        once for them. `fixed`: options for others."""
        given = {**self.base, **fixed}
        choosing = {*(a.name for a in self.choosy), *(n for a in self.choosy for n in _spoken_of(a))}
        bound = self._among(space, choosing)
        common = self._among(space, self.common_names)
        bodies = self._among(space, self.body_names)
        sound: dict[Hashable, bool] = {}
        rests: dict[Hashable, dict[str, Any]] = {}
        all_bodies: dict[Hashable, Mapping[str, r.BodyRules]] = {}
        for reading in space.all:
            total = {**given, **reading}
            at = bound(total)
            if at not in sound:
                sound[at] = self._sound(total)
            if not sound[at]:
                yield self.under({**fixed, **reading})
                continue
            rest = rests.get(key := common(total))
            if rest is None:
                rest = rests[key] = self._common(total)
            own = all_bodies.get(key := bodies(total))
            if own is None:
                own = all_bodies[key] = self._bodies(total)
            yield r.Rules(reading=total, bodies=own, **rest)

    def _among(self, space: Readings, names: Collection[str]) -> Callable[[r.Reading], Hashable]:
        return choosing(name for name in space.names if name in names)

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


def under(rulebook: r.Rulebook, reading: Mapping[str, str] | None = None) -> r.Rules:
    """The rules under a reading; one that names only some ambiguities is completed with the base.

    For many readings of one rulebook, use one `Reader`.
    """
    return Reader(rulebook).under(reading or {})
