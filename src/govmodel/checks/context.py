"""What a check is given."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from govmodel.dataclass import dataclass, replace
from govmodel.exact.heads import Cells, Heads, gathered, heads, rounded
from govmodel.model.finding import CheckResult
from govmodel.model.joined import common
from govmodel.model.rules import (
    BodyRule,
    BodyRules,
    QuorumRule,
    Reading,
    Rule,
    Rulebook,
    Rules,
)
from govmodel.reading import Reader, Readings, readings
from govmodel.reading.options import mentioned
from govmodel.semantics.actors import Ends, ends
from govmodel.semantics.cells import Electorate

if TYPE_CHECKING:
    from govmodel.model.scenario import Scenario
    from govmodel.smt.ask import Numbers

T = TypeVar("T")

Standing: TypeAlias = tuple[Reading, Rules, BodyRules]
"""A reading, the rules under it, and those of one body."""

MOST_CONFLICTS = 20
"""As in `smt.questions.game`, which is imported only where the solver is asked."""

MOST_KEPT = 2_000_000
"""Rules that are kept read at once, over all readings."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the catalogue. Its name completes "this constitution has …"; its page stands
    beside its code."""

    id: str
    name: str
    run: Callable[[Context], CheckResult]


@dataclass()
class Context:
    """One rulebook under scrutiny: `fixed` options from the user, the solver's `effort`.

    Caches what several checks need; nothing in it depends on the order of the checks.
    """

    rulebook: Rulebook
    effort: int
    fixed: Reading = field(default_factory=dict)
    most_conflicts: int = MOST_CONFLICTS
    """Minimal sets of clashing clauses looked for at most among norms that hang together."""
    cut: bool = False
    """Whether some question depends on more readings than were enumerated."""
    scenario: Scenario | None = None
    """What people do, for the checks of practice, which ask nothing without it."""
    _shapes: dict[object, int] = field(default_factory=dict)
    _shared: dict[object, Any] = field(default_factory=dict)
    _alive: dict[int, object] = field(default_factory=dict)
    _read: dict[frozenset[tuple[str, str]], Rules] = field(default_factory=dict)
    _spaces: dict[frozenset[str], Readings] = field(default_factory=dict)
    _under: dict[tuple[int, str], tuple[Readings, Sequence[Standing]]] = field(default_factory=dict)
    _by_body: dict[str, list[Rule]] = field(default_factory=dict)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.rulebook)

    def after(self, other: Context) -> None:
        """Nothing is asked of another one any more: take its solver for numbers, which takes long to make,
        and let go of all else that was found of it."""
        numbers: Numbers | None = other._shared.get("numbers")
        for kept in (other._shared, other._alive, other._read, other._spaces, other._under):
            kept.clear()
        if numbers is not None and not numbers.failed:
            numbers.leave()
            self._shared["numbers"] = numbers

    @property
    def base(self) -> Reading:
        return {**self.rulebook.base, **self.fixed}

    def rules(self, reading: Reading | None = None) -> Rules:
        """The rules under a reading (completed with the base and the user's options)."""
        key = frozenset((reading or {}).items())
        found = self._read.get(key)
        if found is None:
            if len(self._read) * len(self.rulebook.rules) > MOST_KEPT:
                self._read.clear()
            found = self._read[key] = self._reader.under({**self.fixed, **(reading or {})})
        return found

    def under(self, space: Readings, body: str) -> Sequence[Standing]:
        """The readings of a space under which a body is there, each with the rules and those of the body."""
        known = self._under.get((id(space), body))
        if known is None:
            rows = tuple(
                (reading, rules, own)
                for reading, rules in zip(space.all, self._reader.each(space, self.fixed), strict=True)
                for own in (rules.bodies.get(body),)
                if own is not None
            )
            kept = sum(len(others) for _, others in self._under.values()) + len(rows)
            if kept * len(self.rulebook.rules) > MOST_KEPT:
                self._under.clear()
            known = self._under[id(space), body] = space, rows
        return known[1]

    def of_body(self, name: str) -> Sequence[Rule]:
        """The rules of a body, and those that constitute it."""
        if not self._by_body:
            for rule in self.rulebook.rules:
                body = rule.name if isinstance(rule, BodyRule) else getattr(rule, "body", None)
                if body is not None:
                    self._by_body.setdefault(body, []).append(rule)
        return self._by_body.get(name, ())

    def ours(self, clauses: Iterable[str]) -> bool:
        """Whether a finding on these clauses belongs to this model."""
        return common(self.rulebook.texts, clauses)

    def space(
        self,
        about: Callable[[Rule], bool],
        *also: str,
        body: str | None = None,
        among: Iterable[Rule] | None = None,
        seen: Callable[[Rule], object] | None = None,
    ) -> Readings:
        """The readings on which rules of interest (of one body, where it is named, or `among` these) depend,
        with the built-in ambiguities `also`. `seen`: all that the question looks at in a rule, where that is
        not everything."""
        if among is None:
            among = self.rulebook.rules if body is None else self.of_body(body)
        names = frozenset((*mentioned(self.rulebook, about, seen, among), *also))
        found = self._spaces.get(names)
        if found is None:
            found = readings(self.rulebook, names, self.fixed)
            if (len(self._spaces) + 1) * len(found.all) > MOST_KEPT:
                self._spaces.clear()
            self._spaces[names] = found
        self.cut = self.cut or not found.complete
        return found

    def once(self, name: str, rules: Rules, seats: Electorate, make: Callable[[], T], *also: object) -> T:
        """The answer to a question about heads or votes, asked once for all electorates of one shape."""
        return self.shared((name, self.shape(rules, seats), *also), make)

    def counted(
        self,
        name: str,
        rules: Rules,
        seats: Electorate,
        make: Callable[[], T],
        *also: object,
        start: Sequence[int] = (),
        labels: Sequence[object] = (),
    ) -> T:
        """A number of heads or votes, asked once for all bodies whose quorums come to the same ranges.
        `start`: how many of each cell there are to begin with, where that matters; `labels`: for each cell
        what else tells it from others."""
        merged = self.merged(rules, seats, labels)
        if merged is None:
            return self.once(name, rules, seats, make, *also, tuple(start))
        number, kinds = merged
        return self.shared((name, number, gathered(start, kinds) if start else (), *also), make)

    def merged(
        self, rules: Rules, seats: Electorate, labels: Sequence[object] = ()
    ) -> tuple[int, Cells] | None:
        """A number that bodies share whose quorums come to the same ranges over cells with these labels, and
        the kind of each cell; None: they come to no ranges."""
        ranges = self.heads(rules, seats)
        if ranges is None:
            return None

        def merge() -> tuple[int, Cells]:
            kinds = ranges.kinds(labels)
            told = tuple(dict(zip(kinds, labels, strict=True)).values()) if labels else ()
            return self.number("merged", ranges.merged(kinds), told), kinds

        return self.shared(("merged", id(ranges), tuple(labels)), merge)

    def heads(self, rules: Rules, seats: Electorate) -> Heads | None:
        """The quorums of an electorate as ranges, where they come to such."""
        key = ("heads of", self.kept(seats), rules.reading["rounding"])
        return self.shared(key, lambda: self._heads(rules, seats))

    def _heads(self, rules: Rules, seats: Electorate) -> Heads | None:
        """The same, made once for all that come to the same. Cells that no quorum tells apart are one for
        that."""
        body = seats.body
        quorums = self.content(body.quorum), self.content(body.inquorate)
        own = (body.name, *quorums, self.rounded(rules, seats))

        def make() -> Heads | None:
            rows = [(cell.groups, cell.seat.role) for cell in seats.cells]
            numbers = {row: n for n, row in enumerate(dict.fromkeys(rows))}
            kinds = tuple(numbers[row] for row in rows)
            whole = self.shared(
                ("kinds", *own, tuple(numbers), gathered(seats.full, kinds)),
                lambda: heads(rules, seats.merged(kinds), self.shared(("quorums", body.name), dict)),
            )
            return whole if whole is None or len(numbers) == len(kinds) else whole.spread(kinds, seats.full)

        return self.shared(("heads", *own, self.kept(seats.cells)), make)

    def rounded(self, rules: Rules, seats: Electorate) -> Hashable:
        """What the shares in the quorums of an electorate come to: two ways of rounding them that come to the
        same are one."""
        body, to = seats.body, rules.reading["rounding"]
        quorums = self.content(body.quorum), self.content(body.inquorate)
        key = ("rounded", body.name, *quorums, to, self.kept(seats.cells))
        return self.shared(key, lambda: rounded(rules, seats))

    def shape(self, rules: Rules, seats: Electorate) -> int:
        """A number for all that a question about heads or votes depends on."""

        def make() -> int:
            ranges = self.heads(rules, seats)
            quorum = (seats.shape, rules.reading["rounding"]) if ranges is None else ranges
            cells = tuple((c.votes, c.may_chair, c.caps, c.seat.role) for c in seats.cells)
            return self.number(quorum, cells, seats.caps)

        return self.shared(("shape", self.kept(seats), rules.reading["rounding"]), make)

    def content(self, rules: tuple[Rule, ...]) -> int:
        """The number of what some rules of a body say, whatever reading they stand under, and from when to
        when a quorum is measured."""

        def make() -> int:
            plain = (replace(rule, gate=()) for rule in rules)
            return self.number(
                *(replace(r, measured=None) if isinstance(r, QuorumRule) else r for r in plain)
            )

        return self.shared(("content", self.kept(rules)), make)

    def number(self, *content: object) -> int:
        """The number of something, the same for all that is equal."""
        return self._shapes.setdefault(content, len(self._shapes))

    def kept(self, thing: object) -> int:
        """The identity of a thing, which is kept from now on: else the next thing that is made could have
        it, and would be given the answer of this one."""
        self._alive[id(thing)] = thing
        return id(thing)

    @property
    def numbers(self) -> Numbers:
        """One solver for all questions about numbers in one call."""
        from govmodel.smt.ask import Numbers  # the solver is imported where something is asked of it

        return self.shared("numbers", Numbers)

    def shared(self, key: object, make: Callable[[], T]) -> T:
        """A value that several checks need, made once. What has one key is of one type."""
        if key not in self._shared:
            self._shared[key] = make()
        return self._shared[key]  # type: ignore[no-any-return]


def ends_of(context: Context, rules: Rules) -> tuple[Ends, ...]:
    """Every route with its ends, made once for readings that leave all that has a name alike."""

    def names(body: BodyRules) -> int:
        chairs = tuple((p.order, p.who) for p in body.presiding)
        own = (body.name, body.external, tuple(seat.name for seat in body.seats), chairs)
        return context.shared(("names", own), lambda: len(context._shared))

    named = (rules.parties, rules.offices, rules.matters, rules.instruments)
    bodies = (context.shared(("names of", id(body)), partial(names, body)) for body in rules.bodies.values())
    key = ("ends", id(rules.routes), *(id(each) for each in named), *bodies)
    return context.shared(key, lambda: tuple(ends(rules, route) for route in rules.routes))
