"""Seats that no rule can tell apart, as one cell with a count."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from govmodel.dataclass import dataclass, replace
from govmodel.model.expressions import Count
from govmodel.model.remembered import remembered
from govmodel.model.rules import BodyRules, CapRule, DecisionRule, Role, Rules, SeatRule
from govmodel.model.verdict import Gathering
from govmodel.model.vocabulary import ROLES
from govmodel.model.walk import counts_in
from govmodel.semantics.counting import (
    VOTING,
    NotCountable,
    groups_of,
    instances,
    known_group,
    of_parties,
    organisation,
    places,
    speaks_of,
)
from govmodel.semantics.holders import by_office, fits
from govmodel.semantics.meeting import counted_roles, most_in, sittings, within_caps
from govmodel.semantics.presiding import chain, presiding


@dataclass(frozen=True, slots=True)
class Cell:
    """Like seats: `places` by name, each with `votes` votes (0: those that a quorum counts and that do not
    vote). `seat` stands for all the `seats`; `names` are those under which a condition can mean it, `groups`
    those of them that something counts by; `may_chair`: their holders may preside; `presides`: as whom of
    those in the order of presiding they may. `caps`: numbers of the caps on them."""

    places: tuple[str, ...]
    seats: tuple[SeatRule, ...]
    groups: frozenset[str]
    votes: int
    may_chair: bool
    caps: tuple[int, ...]
    names: frozenset[str]
    presides: frozenset[str] = frozenset()

    @property
    def seat(self) -> SeatRule:
        return self.seats[0]

    @property
    def size(self) -> int:
        return len(self.places)

    def may_preside(self, who: str | None) -> bool:
        """Whether their holders may preside as somebody in the order of presiding; None: as anybody."""
        return self.seat.role == "voting" and (who is None or who in self.presides)


@dataclass(frozen=True)
class Electorate:
    """The seats of a body that vote, or that a quorum counts, as cells. `caps`: the most votes of each
    cap that can bind. `size`: how many of them vote. `subject`: the cell, by place, of the one member
    whom a matter is about; None: nobody is known to be."""

    body: BodyRules
    cells: tuple[Cell, ...]
    caps: tuple[int, ...]
    subject: int | None = None

    @property
    def size(self) -> int:
        return sum(cell.size for cell in self.cells if cell.seat.role == "voting")

    @property
    def shape(self) -> tuple[object, ...]:
        """What a question about numbers depends on: two electorates of one shape have one answer."""
        cells = tuple((c.size, c.groups, c.votes, c.may_chair, c.caps, c.seat.role) for c in self.cells)
        quorums = tuple(
            tuple((q.needs, q.counts, q.rounding) for q in sitting) for sitting in sittings(self.body)
        )
        parties = self.by_organisation(range(len(self.cells))) if asked_by(self.body)[1] else ()
        return cells, self.caps, quorums, tuple(parties), self.subject

    @cached_property
    def full(self) -> tuple[int, ...]:
        return tuple([len(cell.places) for cell in self.cells])

    @cached_property
    def chairs(self) -> tuple[int, ...]:
        """The cells, by place, whose members may preside and have a vote to begin with under the caps."""
        return tuple(
            i
            for i, c in enumerate(self.cells)
            if c.may_chair and all(self.caps[k] >= c.votes for k in c.caps)
        )

    @property
    def outsider(self) -> bool:
        """Whether whoever presides is surely none of those who vote."""
        return not any(cell.may_chair for cell in self.cells)

    def led_by_any(self) -> Electorate:
        """The same as if any who vote might preside: a second vote of somebody who has no first one may go
        with any of theirs."""
        cells = (replace(cell, may_chair=cell.seat.role == "voting") for cell in self.cells)
        return replace(self, cells=tuple(cells))

    def presided(self, who: str | None) -> Electorate:
        """The same where it is not whoever presides as a rule, but one who does as somebody else."""
        cells = (replace(cell, may_chair=cell.may_preside(who)) for cell in self.cells)
        return replace(self, cells=tuple(cells))

    def among(self, count: Count, roles: Collection[Role] = VOTING) -> tuple[int, ...]:
        """The cells, by place, of which a count speaks: of seats with these roles, and of those entitled the
        ones that vote."""
        spoken = [role for role in roles if count.of != "entitled" or role in VOTING]
        cells = enumerate(self.cells)
        return tuple(i for i, c in cells if c.seat.role in spoken and speaks_of(count, c.names))

    def by_organisation(self, cells: Iterable[int]) -> list[tuple[int, ...]]:
        """These cells, those of one organisation together; those of none are left out."""
        found: dict[str, list[int]] = {}
        for i in cells:
            name = organisation(self.cells[i].seat)
            if name is not None:
                found.setdefault(name, []).append(i)
        return [tuple(own) for own in found.values()]

    def about(self, place: str) -> Electorate:
        """The same where the matter is about whoever sits in this place."""
        cells: list[Cell] = []
        subject = None
        for cell in self.cells:
            others = tuple(p for p in cell.places if p != place)
            if len(others) < cell.size:
                subject = len(cells)
                cells.append(replace(cell, places=(place,)))
            if others:
                cells.append(replace(cell, places=others))
        return replace(self, cells=tuple(cells), subject=subject)

    def merged(self, kinds: Sequence[int]) -> Electorate:
        """The same with one cell for each kind (a number for each cell), which is like the first of them."""
        cells: dict[int, Cell] = {}
        for kind, cell in zip(kinds, self.cells, strict=True):
            one = cells.get(kind)
            cells[kind] = cell if one is None else replace(one, places=(*one.places, *cell.places))
        return replace(self, cells=tuple(cells.values()), subject=None)

    def named(self, rules: Rules, *names: str | None) -> frozenset[int]:
        """The cells of these groups (a seat, a party, a class), or of the subject.

        Raises:
            NotCountable: a name is none of a group, or it is not known who is the subject.
        """
        wanted = {name for name in names if name is not None}
        if not wanted:
            return frozenset()
        subject = {"subject"} if self.subject is not None else set()
        for name in wanted - subject:
            known_group(rules, self.body, name)
        found = frozenset(i for i, c in enumerate(self.cells) if not c.names.isdisjoint(wanted))
        return found | {self.subject} if self.subject is not None and subject & wanted else found

    def less(self, present: Sequence[int], out: Collection[int]) -> tuple[int, ...]:
        """An attendance without these cells."""
        return tuple(0 if i in out else n for i, n in enumerate(present)) if out else tuple(present)

    def votes(self, present: Sequence[int]) -> int:
        """The most votes that so many of each cell can cast, caps observed."""
        if not self.caps:
            return sum(n * c.votes for c, n in zip(self.cells, present, strict=True))
        groups = [
            (tuple(k in c.caps for k in range(len(self.caps))), n * c.votes)
            for c, n in zip(self.cells, present, strict=True)
        ]
        return most_in(groups, self.caps)

    def seat_names(self, present: Sequence[int]) -> tuple[str, ...]:
        """The first places of each cell, in the order of the file."""
        chosen = {p for c, n in zip(self.cells, present, strict=True) for p in c.places[:n]}
        return tuple(p for p in places(self.body, ROLES) if p in chosen)


_Seen: TypeAlias = "tuple[frozenset[str], int, Role, str | None]"
"""What tells seats apart, beside caps and who may preside: groups, votes, role, organisation."""


def one_each(electorate: Electorate) -> None:
    """Raises NotCountable where a seat has several votes: they are cast together, and what so many
    seats can reach is then more than a matter of adding up."""
    if any(cell.votes != 1 for cell in electorate.cells if cell.seat.role == "voting"):
        raise NotCountable("a seat has several votes, and only one vote for each seat is counted here")


def presides_as(body: BodyRules) -> str | None:
    """As whom somebody presides when chair and deputy chair are there: an office, or one on whom those
    present agree. Where nobody does, whose office is first; None: no clause says who presides."""
    rule = presiding(body, "present", "present")
    return rule.who if rule is not None else chain(body)[0]


def may_preside(rules: Rules, body: BodyRules, who: str, seat: SeatRule) -> bool:
    """Whether who sits here may preside as somebody in the order of presiding: of an office, whom it gives
    a seat here, else whom the text lets hold it; of one on whom those present agree, whoever has a vote."""
    if by_office(body, who):
        return seat.role == "voting" and seat.ex_officio == who
    office = rules.offices.get(who)
    if office is not None and not office.rotation:
        office = rules.offices.get(office.follows or "", office)
    rotation = office.rotation if office is not None else ()
    rotates = not rotation or any(seat.party in place for place in rotation)
    return seat.role == "voting" and rotates and fits(rules, who, seat) is not False


@remembered(50_000)
def _seen(seat: SeatRule, groups: frozenset[str], by_party: bool) -> _Seen:
    votes = seat.votes if seat.role == "voting" else 0
    return groups_of(seat) & groups, votes, seat.role, organisation(seat) if by_party else None


def electorate(rules: Rules, body: BodyRules) -> Electorate:
    """The cells of a body, in the order of its seats. Caps that cannot bind are left out."""
    asked, by_party = asked_by(body)
    chair, chain_of = presides_as(body), tuple(dict.fromkeys(link.who for link in body.presiding))
    binding, groups = _binding(body), frozenset(asked)
    rows: dict[tuple[_Seen, frozenset[str], tuple[int, ...]], list[SeatRule]] = {}
    for seat in body.filled(counted_roles(body)):
        if not seat.low:
            continue
        seen = _seen(seat, groups, by_party)
        _, votes, _, _ = seen
        presides = frozenset([who for who in chain_of if may_preside(rules, body, who, seat)])
        caps = tuple([i for i, cap in enumerate(binding) if votes and seat.party in cap.parties])
        rows.setdefault((seen, presides, caps), []).append(seat)
    cells = []
    for ((own, votes, role, _), presides, caps), seats in rows.items():
        there = tuple(itertools.chain.from_iterable(map(instances, seats)))
        may_chair = role == "voting" and (chair is None or chair in presides)
        cells.append(Cell(there, tuple(seats), own, votes, may_chair, caps, groups_of(seats[0]), presides))
    return Electorate(body, tuple(cells), tuple(cap.at_most for cap in binding))


def subjects(electorate: Electorate, decision: DecisionRule) -> tuple[str, ...]:
    """Whom a matter may be about, one of each cell that votes, where a rule says what then is so of the
    subject's vote; none where it says nothing of a subject."""
    carried = decision.carried
    if "subject" not in (decision.without, carried.without if carried else None):
        return ()
    return tuple(cell.places[0] for cell in electorate.cells if cell.seat.role == "voting")


def asked_by(body: BodyRules) -> tuple[set[str], bool]:
    """The groups by which something counts the seats of a body, and whether it counts organisations."""
    conditions = [q.needs for sitting in sittings(body) for q in sitting if q.needs is not None]
    conditions += [d.when for d in body.decisions if d.when is not None]
    counts = [count for condition in conditions for count in counts_in(condition)]
    groups = {group for count in counts for group in (*count.groups, count.without)}
    for decision in body.decisions:
        groups |= {decision.without, decision.carried.without if decision.carried else None}
    return {group for group in groups if group is not None}, any(of_parties(count) for count in counts)


def _binding(body: BodyRules) -> tuple[CapRule, ...]:
    """The caps that some attendance exceeds: fewer votes than their seats have."""
    found = []
    for cap in body.caps:
        total = sum(s.votes * s.low for s in body.voting if s.party in cap.parties)
        if total > cap.at_most:
            found.append(cap)
    return tuple(found)


def casting_places(body: BodyRules, present: Sequence[str], first: Sequence[str] = ()) -> tuple[str, ...]:
    """Places that cast as many votes as those present can, caps observed; `first` are preferred."""
    order = dict.fromkeys([*[p for p in first if p in present], *present])
    where = places(body)
    chosen: list[str] = []
    for place in (place for place in order if place in where):
        if within_caps(body, [*chosen, place]):
            chosen.append(place)
    return tuple(p for p in where if p in chosen)


def full_house(rules: Rules, name: str) -> Gathering:
    """Everybody is there and nothing is put to the vote."""
    body = rules.bodies[name]
    return Gathering(body=name, present=tuple(places(body, counted_roles(body))))


def with_votes(gathering: Gathering, in_favour: int, casting: Sequence[str]) -> Gathering:
    """The first `in_favour` of those who cast vote for, the others against, the rest abstain."""
    favour, against = tuple(casting[:in_favour]), tuple(casting[in_favour:])
    silent = tuple(p for p in gathering.present if p not in casting)
    return replace(gathering, in_favour=favour, against=against, abstaining=silent)


def counts(electorate: Electorate, present: Sequence[str]) -> Mapping[str, int]:
    """How many of each cell are among these places, by the cell's first place."""
    here = set(present)
    return {cell.places[0]: sum(p in here for p in cell.places) for cell in electorate.cells}
