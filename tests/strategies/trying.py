"""Answers found by trying everything, with the judge alone: no cells, no solver, no formula."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import combinations, product

from govmodel.model.expressions import All, AnyOf, Condition, Is, Not, OnDate, Timed
from govmodel.model.rules import BodyRules, NormRule, Reading, Rules, SeatRule
from govmodel.model.verdict import Case, Fact, Gathering
from govmodel.model.vocabulary import AFTER_MEETING, BEFORE_MEETING, AttributeType
from govmodel.model.walk import commanded_in, conditions, names_in
from govmodel.reading import Reader, readings
from govmodel.semantics import cases, replay
from govmodel.semantics.counting import groups_of, places
from govmodel.semantics.meeting import counted_roles, governing, quorate, tally, within_caps
from strategies.situations import MOST_COUNTED, World

# meetings


def rooms(body: BodyRules, subject: str | None = None) -> Iterator[tuple[str, ...]]:
    """Every choice of places that vote or that a quorum counts, like places of one seat rule taken in
    their order (whom a matter is about is like nobody)."""
    by_seat: dict[str, list[str]] = {}
    for place, seat in places(body, counted_roles(body)).items():
        by_seat.setdefault(place if place == subject else seat.name, []).append(place)
    for numbers in product(*(range(len(p) + 1) for p in by_seat.values())):
        yield tuple(p for n, own in zip(numbers, by_seat.values(), strict=True) for p in own[:n])


def is_quorate(rules: Rules, body: BodyRules, present: Sequence[str]) -> bool:
    return quorate(rules, Gathering(body=body.name, present=tuple(present)))


def fewest_quorate(rules: Rules, body: BodyRules) -> int | None:
    by_size = sorted(rooms(body), key=len)
    return next((len(room) for room in by_size if is_quorate(rules, body, room)), None)


def fewest_leaving(rules: Rules, body: BodyRules, start: Sequence[str]) -> int | None:
    """The fewest of those present whose leaving ends the quorum; None: nobody's does."""
    for size in range(len(start) + 1):
        for gone in combinations(start, size):
            if not is_quorate(rules, body, [p for p in start if p not in gone]):
                return size
    return None


def may_chair(rules: Rules, office: str, place: str, body: BodyRules) -> bool:
    """Whether the holder of this place may be chair: who sits here as chair, if somebody is sure to; else one
    of a party that the office rotates among, if it does, and none of whom the text says what a chair must
    not be."""
    if place not in places(body):
        return False
    seat = places(body)[place]
    as_chair = [s for s in body.seats if (s.ex_officio, s.role, s.optional) == (office, "voting", False)]
    if any(s.low > 0 for s in as_chair):
        return seat.ex_officio == office
    rotation = rules.offices[office].rotation if office in rules.offices else ()
    asked = [c.needs for c in rules.composition if c.office == office]
    # What is not known of somebody may be so: all that is not known is tried both ways.
    fits = all(any(_so(need, office, seat, unknown) for unknown in (False, True)) for need in asked)
    return fits and (not rotation or any(seat.party in stage for stage in rotation))


def _so(need: Condition, office: str, seat: SeatRule, unknown: bool) -> bool:
    """Whether a rule on holders is true of a seat, where each thing that is not known of it is so or not.
    Both ways together cover a rule in which it stands once."""
    match need:
        case All(items):
            return all(_so(item, office, seat, unknown) for item in items)
        case AnyOf(items):
            return any(_so(item, office, seat, unknown) for item in items)
        case Not(item):
            return not _so(item, office, seat, unknown)
        case Is(subject, (value,)) if subject in ("party", f"party({office})") and seat.party is not None:
            return value in (seat.party, *seat.classes)
        case Is("holder", ("member",)):
            return True
        case _:
            return unknown


def most_votes(body: BodyRules, present: Sequence[str]) -> int:
    """The most votes that some of these cast without exceeding a cap."""
    where = places(body)
    return max(
        sum(where[p].votes for p in casting)
        for size in range(len(present) + 1)
        for casting in combinations(present, size)
        if within_caps(body, casting)
    )


def ballots(body: BodyRules, present: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every (for, against) in which as many votes are cast as the caps allow, by those of `present`."""
    where = places(body)
    most = most_votes(body, present)
    for casting in combinations(present, max(most, 0)) if all(s.votes == 1 for s in where.values()) else (
        c for n in range(len(present) + 1) for c in combinations(present, n)
    ):  # fmt: skip
        if not within_caps(body, casting) or sum(where[p].votes for p in casting) != most:
            continue
        for size in range(len(casting) + 1):
            for favour in combinations(casting, size):
                yield favour, tuple(p for p in casting if p not in favour)


def voters(
    rules: Rules, body: BodyRules, matter: str, room: Sequence[str], subject: str | None
) -> tuple[str, ...]:
    """Those in the room whose votes count: they have one, and are not left out of the base."""
    decision = governing(rules, Gathering(body=body.name, present=tuple(room), matter=matter))
    gone = {decision.without, decision.carried.without if decision.carried else None} if decision else set()
    about = {subject} if "subject" in gone else set()
    where = places(body)
    return tuple(p for p in room if p in where and p not in about and not gone & groups_of(where[p]))


def fewest_to_carry(
    rules: Rules, body: BodyRules, matter: str, chair: str | None, subject: str | None = None
) -> int | None:
    """The fewest votes for that carry at some quorate meeting, before any second vote. Whoever may be
    chair may preside; `chair`: the office, None where nobody presides; `subject`: whom it is about."""
    best: int | None = None
    where = places(body)
    for room in rooms(body, subject):
        if not is_quorate(rules, body, room):
            continue
        presiders: list[str | None] = [None]
        if chair is not None:
            presiders += [p for p in room if may_chair(rules, chair, p, body)]
        for favour, against in ballots(body, voters(rules, body, matter, room, subject)):
            votes = sum(where[p].votes for p in favour)
            if not votes or (best is not None and votes >= best):
                continue
            silent = tuple(p for p in room if p not in favour and p not in against)
            for presider in presiders:
                gathering = Gathering(
                    body=body.name, present=room, in_favour=favour, against=against, abstaining=silent,
                    presider=presider, matter=matter, subject=subject,
                )  # fmt: skip
                if tally(rules, gathering).outcome == "carried":
                    best = votes
                    break
    return best


def fewest_with_abstentions(
    rules: Rules, body: BodyRules, matter: str, who: str | None, subject: str | None = None
) -> int | None:
    """The fewest votes for that carry at some quorate meeting at which each of those present votes for,
    against, or abstains. `who`: as whom one of them presides."""
    best: int | None = None
    for room in rooms(body, subject):
        if not is_quorate(rules, body, room):
            continue
        may = voters(rules, body, matter, room, subject)
        presiders: list[str | None] = [None]
        presiders += [p for p in room if who is not None and may_chair(rules, who, p, body)]
        for votes in product("+-0", repeat=len(may)):
            favour = tuple(p for p, v in zip(may, votes, strict=True) if v == "+")
            if not favour or (best is not None and len(favour) >= best):
                continue
            against = tuple(p for p, v in zip(may, votes, strict=True) if v == "-")
            silent = tuple(p for p, v in zip(may, votes, strict=True) if v == "0")
            for presider in presiders:
                gathering = Gathering(
                    body=body.name, present=room, in_favour=favour, against=against, abstaining=silent,
                    presider=presider, matter=matter, subject=subject,
                )  # fmt: skip
                if tally(rules, gathering).outcome == "carried":
                    best = len(favour)
                    break
    return best


def equal_votes(
    rules: Rules,
    body: BodyRules,
    matter: str,
    cells: Sequence[Sequence[str]],
    limit: Sequence[int],
    chair: str | None = None,
    subject: str | None = None,
) -> int | None:
    """The fewest present at a quorate meeting that ends in equal votes. `chair`: the office whose holder
    presides, votes, and has the further vote of the rules; None: nobody has one."""
    best: int | None = None
    for room in rooms(body, subject):
        if best is not None and len(room) >= best:
            continue
        if any(sum(p in cell for p in room) > most for cell, most in zip(cells, limit, strict=True)):
            continue
        if not is_quorate(rules, body, room):
            continue
        for favour, against in ballots(body, voters(rules, body, matter, room, subject)):
            silent = tuple(p for p in room if p not in favour and p not in against)
            presiders: list[str | None] = [None]
            if chair is not None:
                presiders = [p for p in (*favour, *against) if may_chair(rules, chair, p, body)]
            gatherings = (
                Gathering(
                    body=body.name, present=room, in_favour=favour, against=against, abstaining=silent,
                    presider=presider, matter=matter, subject=subject,
                )
                for presider in presiders
            )  # fmt: skip
            if any(tally(rules, gathering).outcome == "tied" for gathering in gatherings):
                best = len(room)
                break
    return best


# norms

Facts = Mapping[str, Fact]
Table = list[tuple[dict[str, Fact], tuple[NormRule, ...]]]
Masks = frozenset[int]
"""What is broken in one case: for each broken norm, its clauses as bits."""


@dataclass(frozen=True)
class Lost:
    """One minimal set of clauses that cannot all be kept at one reading, day and circumstances."""

    reading: tuple[tuple[str, str], ...]
    day: date
    outer: tuple[tuple[str, Fact], ...]
    clauses: frozenset[str]


class Tried:
    """Every case of a world under every reading, with what the judge says of each."""

    def __init__(self, world: World) -> None:
        self.world = world
        book = world.rulebook
        self.bound = cases.binding(world.norms, book.situations, world.situation, world.body)
        own = (n.content for n in self.bound), (n.when for n in self.bound), (n.unless for n in self.bound)
        self.conditions = [c for kind in own for c in kind if c is not None]
        mentioned = {name for c in self.conditions for name in names_in(c)}
        every = cases.attributes(book.situations, world.situation)
        self.kinds = {name: kind for name, kind in every.items() if name in mentioned}
        self.agreements = tuple(dict.fromkeys(name for n in self.bound for name in cases.choices_of(n)))
        self.clauses = tuple(dict.fromkeys(c for n in self.bound for c in n.clauses))
        self.readers = Reader(book)
        guards = {name for n in self.bound for name, _ in n.gate}
        self.space = readings(book, [*guards, "day-count", "lex-specialis"])
        self.days = self._days()
        self.every_case = list(self._cases())
        self._tables: dict[tuple[object, ...], Table] = {}
        self._sorted: dict[tuple[str, ...], list[tuple[Fact, ...] | None]] = {}
        self._used: dict[tuple[object, ...], list[bool]] = {}

    def _values(self, name: str, kind: AttributeType) -> Sequence[Fact]:
        match kind.kind:
            case "yes-no":
                return (False, True)
            case "one-of":
                return tuple(dict.fromkeys((*kind.values, "other")))
            case "amount":
                return tuple(range(MOST_COUNTED + 2))
            case "time":
                low = 0 if name in AFTER_MEETING else -2 * self.world.window
                high = 0 if name in BEFORE_MEETING else 2 * self.world.window
                return (None, *range(low, high + 1))

    def least_alike(self, facts: Facts) -> dict[str, Fact]:
        """The same facts with amounts that are tried: beyond the greatest number that a norm names, one is
        like another."""
        amounts = {name for name, kind in self.kinds.items() if kind.kind == "amount"}
        return {
            name: min(value, MOST_COUNTED + 1) if name in amounts and isinstance(value, int) else value
            for name, value in facts.items()
        }

    def _days(self) -> list[date]:
        """One start day of each kind: all lengths of time come to the same number of days, wherever
        they may begin, and the same days lie in the months that are named."""
        book = self.world.rulebook
        parts = sorted({p for c in self.conditions for p in conditions(c)}, key=repr)
        near = range(-2 * self.world.window, 2 * self.world.window + 1)
        found: dict[tuple[object, ...], date] = {}
        for day in (book.first_day + timedelta(days=i) for i in range(self.world.starts)):
            row: list[object] = []
            for part in parts:
                if isinstance(part, Timed):
                    for at in (0,) if part.anchor == "meeting" else near:
                        row += [
                            count(day + timedelta(days=at), part.length, book.nation, {"day-count": option})
                            for count in (cases.offset_before, cases.offset_after)
                            for option in ("one-end", "clear")
                        ]
                elif isinstance(part, OnDate):
                    when = (part.how, part.month, part.day, part.year)
                    row += [cases.on_date(day + timedelta(days=at), *when) for at in near]
            found.setdefault(tuple(row), day)
        return list(found.values())

    def _cases(self) -> Iterator[dict[str, Fact]]:
        names = (*self.kinds, *self.agreements)
        values = [self._values(n, k) for n, k in self.kinds.items()]
        values += [(False, True)] * len(self.agreements)
        for picked in product(*values):
            facts = dict(zip(names, picked, strict=True))
            probe = Case(self.world.situation, self.world.body, self.days[0], facts)
            if cases.possible(self.world.rulebook.situations, probe):
                yield facts

    def rules(self, reading: Reading) -> Rules:
        return self.readers.under(reading)

    def case(self, day: date, facts: Facts) -> Case:
        return Case(self.world.situation, self.world.body, day, facts)

    def masks(self, table: Table, aside: Collection[int] = ()) -> dict[int, Masks]:
        """What is broken in the cases of a table but for norms that are set aside, by the identity of what
        the table says of a case."""
        bits = {clause: 1 << i for i, clause in enumerate(self.clauses)}
        return {
            at: frozenset(sum(bits[c] for c in n.clauses) for n in broken if id(n) not in aside)
            for at, broken in {id(broken): broken for _, broken in table}.items()
        }

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        return self.space.all

    def games(self) -> Iterator[tuple[Reading, Rules, date, Table]]:
        """For every reading and kind of day: each case with the hard norms broken in it."""
        for reading in self.readings:
            rules = self.rules(reading)
            for day in self.days:
                yield reading, rules, day, self.table(rules, day)

    def binding(self, rules: Rules) -> tuple[NormRule, ...]:
        return cases.binding(rules.norms, rules.situations, self.world.situation, self.world.body)

    def table(self, rules: Rules, day: date) -> Table:
        """Each case of a day with the hard norms broken in it."""
        norms = self.binding(rules)
        key = (tuple(id(n) for n in norms), rules.reading["day-count"], day)
        if key not in self._tables:
            hard = [n for n in norms if not n.soft]
            kept = [
                self._answers(n, norms, day, partial(cases.kept, n, norms), rules.nation, rules.reading)
                for n in hard
            ]
            rows = list(zip(*kept, strict=True)) if kept else [()] * len(self.every_case)
            broken = {
                row: tuple(n for n, answer in zip(hard, row, strict=True) if not answer) for row in rows
            }
            self._tables[key] = [
                (facts, broken[row]) for facts, row in zip(self.every_case, rows, strict=True)
            ]
        return self._tables[key]

    def promised(self, rules: Rules, day: date, grant: NormRule) -> list[bool]:
        """Of each case, whether the permission applies and is used in it."""
        norms = self.binding(rules)

        def used(case: Case, nation: str, reading: Reading) -> bool:
            act = cases.act_of(grant)
            return cases.in_force(grant, norms, case, nation, reading) and cases.true(
                act, case, nation, reading
            )

        key = (id(grant), tuple(id(n) for n in norms), rules.reading["day-count"], day)
        if key not in self._used:
            self._used[key] = self._answers(grant, norms, day, used, rules.nation, rules.reading)
        return self._used[key]

    def _answers(
        self,
        norm: NormRule,
        norms: Sequence[NormRule],
        day: date,
        judge: Callable[[Case, str, Reading], bool],
        nation: str,
        reading: Reading,
    ) -> list[bool]:
        """What the judge says of a norm in each case: asked once for all cases that are alike in what the
        norm speaks of, and those that prevail over it or of whose breach it speaks."""
        related, grown = [norm], True
        while grown:
            more = [
                o
                for o in norms
                if o not in related and any(cases.prevails(o, n) or o.name in n.breach_of for n in related)
            ]
            related, grown = [*related, *more], bool(more)
        names = sorted({name for n in related for name in cases.mentioned(n)})
        said: dict[tuple[Fact, ...], bool] = {}
        found = []
        for facts in self.every_case:
            alike = tuple([facts[name] for name in names])
            if alike not in said:
                said[alike] = judge(self.case(day, facts), nation, reading)
            found.append(said[alike])
        return found

    def conflicts(self) -> list[Lost]:
        """The minimal sets at every reading, day and givens."""
        givens = self.givens()
        found: list[Lost] = []
        for reading, _, day, table in self.games():
            grouped: dict[tuple[Fact, ...], set[Masks]] = {}
            masks = self.masks(table)
            for words, (_, broken) in zip(self.words(givens), table, strict=True):
                if words is not None:
                    grouped.setdefault(words, set()).add(masks[id(broken)])
            found += self._lost(reading, day, givens, grouped)
        return found

    def givens(self) -> tuple[str, ...]:
        commanded = {
            name for n in self.bound if not n.soft and n.force != "may" for name in commanded_in(n.content)
        }
        return tuple(n for n, k in self.kinds.items() if k.chosen_by is None and n not in commanded)

    def near(self, facts: Facts, outer: Sequence[str]) -> bool:
        """Whether the events of the circumstances lie in the window; what is chosen may lie as far again."""
        there = [facts[n] for n in outer if self.kinds[n].kind == "time"]
        return all(not isinstance(t, int) or abs(t) <= self.world.window for t in there)

    def words(self, names: tuple[str, ...]) -> list[tuple[Fact, ...] | None]:
        """Of each case, the values of these names; None where an event among them lies too far away."""
        if names not in self._sorted:
            self._sorted[names] = [
                tuple([facts[n] for n in names]) if self.near(facts, names) else None
                for facts in self.every_case
            ]
        return self._sorted[names]

    def own_words(self, grant: NormRule) -> tuple[str, ...]:
        names = {n for c in (grant.content, grant.when) if c is not None for n in names_in(c)}
        for word in grant.over:
            names |= {
                n for n in self.kinds if n in (word, *(f"{s}.{word}" for s in self.world.rulebook.situations))
            }
        return tuple(n for n in self.kinds if n in names)

    def narrowed(self, grant: NormRule) -> list[Lost]:
        """The minimal sets at every reading and day, wherever the permission promises something."""
        return self._promised_in_vain(grant, self.own_words(grant))

    def dilemmas(self, grant: NormRule) -> list[Lost]:
        """The same with the givens fixed too."""
        return self._promised_in_vain(
            grant, tuple({**dict.fromkeys(self.own_words(grant)), **dict.fromkeys(self.givens())})
        )

    def _promised_in_vain(self, grant: NormRule, own: tuple[str, ...]) -> list[Lost]:
        found: list[Lost] = []
        for reading, rules, day, table in self.games():
            if grant not in rules.norms:
                continue
            grouped: dict[tuple[Fact, ...], set[Masks]] = {}
            promised: set[tuple[Fact, ...]] = set()
            aside = {id(n) for n in self.binding(rules) if cases.set_aside(n, grant, rules.reading)}
            masks = self.masks(table, aside)
            for words, (_, broken), used in zip(
                self.words(own), table, self.promised(rules, day, grant), strict=True
            ):
                if words is None:
                    continue
                if used:
                    promised.add(words)
                grouped.setdefault(words, set()).add(masks[id(broken)])
            there = {words: masks for words, masks in grouped.items() if words in promised}
            found += self._lost(reading, day, own, there)
        return found

    def hollow(self, grant: NormRule, reading: Reading) -> bool:
        """Under a reading: the permission promises something, and nothing of it is ever lawful."""
        anything, own = False, self.own_words(grant)
        for other, rules, day, table in self.games():
            if any(other[n] != o for n, o in reading.items() if n in other) or grant not in rules.norms:
                continue
            for (facts, _), used in zip(table, self.promised(rules, day, grant), strict=True):
                if used and self.near(facts, own):
                    anything = True
                    if replay.exercised_lawfully(rules, self.case(day, facts), grant):
                        return False
        return anything

    def _lost(
        self,
        reading: Reading,
        day: date,
        names: Sequence[str],
        grouped: Mapping[tuple[Fact, ...], set[Masks]],
    ) -> Iterator[Lost]:
        for values, ways in grouped.items():
            if frozenset() in ways:
                continue
            minimal: list[int] = []
            for candidate in sorted(range(1 << len(self.clauses)), key=lambda m: m.bit_count()):
                if any(smaller & candidate == smaller for smaller in minimal):
                    continue
                if all(any(mask & candidate == mask for mask in way) for way in ways):
                    minimal.append(candidate)
            for found in minimal:
                chosen = frozenset(c for i, c in enumerate(self.clauses) if found >> i & 1)
                outer = tuple(zip(names, values, strict=True))
                yield Lost(tuple(reading.items()), day, outer, chosen)

    def blocked(
        self,
        reading: Reading,
        clauses: frozenset[str],
        day: date,
        fixed: Facts,
        grant: NormRule | None,
        outer: Sequence[str],
    ) -> bool:
        """Under a reading and with some facts fixed, no case keeps the norms of these clauses."""
        rules = self.rules(reading)
        there = [
            row
            for row in self.table(rules, day)
            if all(row[0][n] == v for n, v in fixed.items()) and self.near(row[0], outer)
        ]
        assert there, f"{fixed} is none of the cases that are tried"
        for _, broken in there:
            if not any(
                set(n.clauses) <= clauses and not (grant and cases.set_aside(n, grant, rules.reading))
                for n in broken
            ):
                return False
        return True
