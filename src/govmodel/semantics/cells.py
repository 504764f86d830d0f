"""Seats that no rule can tell apart, as one cell with a count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from govmodel.model.rules import BodyRules, CapRule, Rules, SeatRule
from govmodel.model.verdict import Gathering
from govmodel.model.walk import counts_in
from govmodel.semantics.counting import NotCountable, Room, groups_of, instances, places
from govmodel.semantics.holders import fits
from govmodel.semantics.meeting import chain, most_in, within_caps


@dataclass(frozen=True, slots=True)
class Cell:
    """Like seats: `places` by name, each with `votes` votes. `seat` stands for all the `seats`;
    `groups` are those of its names that a quorum counts by; `may_chair`: their holders may hold the
    office of the chair. `caps`: numbers of the caps on them."""

    places: tuple[str, ...]
    seats: tuple[SeatRule, ...]
    groups: frozenset[str]
    votes: int
    may_chair: bool
    caps: tuple[int, ...]

    @property
    def seat(self) -> SeatRule:
        return self.seats[0]

    @property
    def size(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Electorate:
    """The voting seats of a body as cells. `caps`: the most votes of each cap that can bind."""

    body: BodyRules
    cells: tuple[Cell, ...]
    caps: tuple[int, ...]

    @property
    def size(self) -> int:
        return sum(cell.size for cell in self.cells)

    @property
    def shape(self) -> tuple[object, ...]:
        """What a question about numbers depends on: two electorates of one shape have one answer."""
        cells = tuple((c.size, c.groups, c.votes, c.may_chair, c.caps) for c in self.cells)
        return cells, self.caps, tuple((q.needs, q.counts, q.rounding) for q in self.body.quorum)

    @property
    def full(self) -> tuple[int, ...]:
        return tuple(cell.size for cell in self.cells)

    @property
    def chairs(self) -> tuple[int, ...]:
        """The cells, by place, whose members may be chair and have a vote to begin with under the caps."""
        return tuple(
            i
            for i, c in enumerate(self.cells)
            if c.may_chair and all(self.caps[k] >= c.votes for k in c.caps)
        )

    def room(self, present: Sequence[int]) -> Room:
        """Head counts when so many of each cell are there (members in person, nobody left out)."""
        seats = {cell.seat.name: cell.seat for cell in self.cells}
        numbers = {
            cell.seat.name: {"seats": cell.size, "members": cell.size, "entitled": cell.size, "present": here}
            for cell, here in zip(self.cells, present, strict=True)
        }
        return Room(seats, numbers)

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
        return tuple(p for p in places(self.body) if p in chosen)


def one_each(electorate: Electorate) -> None:
    """Raises NotCountable where a seat has several votes: they are cast together, and what so many
    seats can reach is then more than a matter of adding up."""
    if any(cell.votes != 1 for cell in electorate.cells):
        raise NotCountable("a seat with several votes: how votes add up there is not decided")


def chair_parties(rules: Rules, body: BodyRules) -> set[str] | None:
    """The parties among whom the chair rotates; None: it does not."""
    office = rules.offices.get(chain(body)[0] or "")
    if office is None or not office.rotation:
        return None
    return {party for place in office.rotation for party in place}


def electorate(rules: Rules, body: BodyRules) -> Electorate:
    """The cells of a body, in the order of its seats. Caps that cannot bind are left out."""
    asked = {g for q in body.quorum for count in counts_in(q.needs) for g in count.groups}
    chair, parties = chain(body)[0], chair_parties(rules, body)
    binding = _binding(body)
    rows: dict[tuple[frozenset[str], int, bool, tuple[int, ...]], list[SeatRule]] = {}
    for seat in body.voting:
        rotates = parties is None or seat.party in parties
        may_chair = rotates and fits(rules, chair, seat) is not False
        caps = tuple(i for i, cap in enumerate(binding) if seat.party in cap.parties)
        rows.setdefault((frozenset(groups_of(seat) & asked), seat.votes, may_chair, caps), []).append(seat)
    cells = []
    for (groups, votes, may_chair, caps), seats in rows.items():
        names = tuple(place for seat in seats for place in instances(seat))
        cells.append(Cell(names, tuple(seats), groups, votes, may_chair, caps))
    return Electorate(body, tuple(cells), tuple(cap.at_most for cap in binding))


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
    order = [*[p for p in first if p in present], *[p for p in present if p not in first]]
    chosen: list[str] = []
    for place in order:
        if within_caps(body, [*chosen, place]):
            chosen.append(place)
    return tuple(p for p in places(body) if p in chosen)


def full_house(rules: Rules, name: str) -> Gathering:
    """Everybody is there and nothing is put to the vote."""
    return Gathering(body=name, present=tuple(places(rules.bodies[name])))


def with_votes(gathering: Gathering, in_favour: int, casting: Sequence[str]) -> Gathering:
    """The first `in_favour` of those who cast vote for, the others against, the rest abstain."""
    favour, against = tuple(casting[:in_favour]), tuple(casting[in_favour:])
    silent = tuple(p for p in gathering.present if p not in casting)
    return replace(gathering, in_favour=favour, against=against, abstaining=silent)


def counts(electorate: Electorate, present: Sequence[str]) -> Mapping[str, int]:
    """How many of each cell are among these places, by the cell's first place."""
    here = set(present)
    return {cell.places[0]: sum(p in here for p in cell.places) for cell in electorate.cells}
