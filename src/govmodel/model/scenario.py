"""What a constitution leaves to behaviour and chance. Every probability is exact.

Engines take nothing that is not here: what a scenario does not want, it says (`none`, 0).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from govmodel.dataclass import dataclass
from govmodel.errors import Mark
from govmodel.model.chances import Chances as Chances
from govmodel.model.uses import Uses

Place: TypeAlias = tuple[str, ...]
"""Where a value stands in a scenario file: `("attendance", "by_party", "gose")`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadMeetings:
    """With probability `chance`, on its own at each meeting, everybody's probability of coming in
    person is multiplied by `attendance`: what keeps one away keeps others away too."""

    chance: Fraction
    attendance: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Who sits where the text leaves it open.

    `optional`: whether seats that may stay empty are held (one place each). `by_seat`: how many
    places of a seat (`body.seat`) are held, 0 for a vacancy.
    """

    optional: Literal["empty", "held"]
    by_seat: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    """The seat (`body.seat`) of the holder of each office that no rotation fills. `otherwise`: every
    other such office is vacant, or its holder has the first seat of the body it serves."""

    otherwise: Literal["vacant", "first-seat"]
    by_office: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The new items of one meeting: how many on average, spread as Poisson or always as many, and
    the share of each matter (they add to 1; `other` is every matter without a name)."""

    per_meeting: Fraction
    spread: Literal["poisson", "fixed"]
    matters: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    default: Agenda
    by_body: Mapping[str, Agenda] = field(default_factory=dict)

    def of(self, body: str) -> Agenda:
        return self.by_body.get(body, self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByMatter:
    """A probability for each matter."""

    default: Fraction
    by_matter: Mapping[str, Fraction] = field(default_factory=dict)

    def of(self, matter: str) -> Fraction:
        return self.by_matter.get(matter, self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interests:
    """How often a member present has a prejudicial interest in an item, each on its own.

    `named`: of those whom the model calls interested in the matter; else by matter, else `default`.
    `leaves_if_should`, `leaves_if_may`: how often such a member leaves the room where the text says
    should, and where it says may.
    """

    default: Fraction
    named: Fraction
    leaves_if_should: Fraction
    leaves_if_may: Fraction
    by_matter: Mapping[str, Fraction] = field(default_factory=dict)

    def of(self, matter: str) -> Fraction:
        return self.by_matter.get(matter, self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """How one member votes where there is no consensus. The three add to 1."""

    in_favour: Fraction
    against: Fraction
    abstain: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """`casting` None: a second vote goes the way of the presider's first; else how often it is for."""

    default: Ballot
    casting: Fraction | None
    by_matter: Mapping[str, Ballot] = field(default_factory=dict)

    def of(self, matter: str) -> Ballot:
        return self.by_matter.get(matter, self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """A body or office outside that items are passed to: how often it settles one, and after how many
    days, evenly from `first` to `last`."""

    settles: Fraction
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """An item goes to the next receiver of its matter when it is deferred for the `after`-th time. `several`:
    where the text names several of whom it may be any, that is always the first, or each as often as another;
    None: the scenario does not say, and it is the first."""

    after: int
    default: Receiver
    by_receiver: Mapping[str, Receiver] = field(default_factory=dict)
    several: Literal["first", "evenly"] | None = None

    def of(self, receiver: str) -> Receiver:
        return self.by_receiver.get(receiver, self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How time passes. `unit` day: on the calendar; month: in whole months, all alike, from 1.

    `first`: when a body first meets, by its name: so many days after the first day of the run, or in
    the month of this number. `order`: who meets first of those that meet on one day; bodies that it
    does not name come after those that it does.
    """

    unit: Literal["day", "month"]
    first: Mapping[str, int] = field(default_factory=dict)
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time at which people behave otherwise, from its first day to its last (both within): once, or every
    year where they are (month, day); `last` None: for good.

    `attendance`, `standins`: by what those probabilities are multiplied. `vacant`: seats (`body.seat`) that
    nobody holds. `meetings`: whether there are any.
    """

    name: str
    first: date | tuple[int, int]
    last: date | tuple[int, int] | None
    attendance: Chances | None = None
    standins: Chances | None = None
    vacant: tuple[str, ...] = ()
    meetings: bool = True

    def on(self, day: date) -> bool:
        """Whether a day lies in the period."""
        if isinstance(self.first, date):
            return self.first <= day and (not isinstance(self.last, date) or day <= self.last)
        at = (day.month, day.day)
        if not isinstance(self.last, tuple):
            return at >= self.first
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The papers that the text wants every year. `ready`: how often one is ready for a meeting of its year,
    at each meeting anew until it is."""

    ready: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgent:
    """Business that comes up between meetings: on average `a_year` for each body. `called`: how often a
    meeting is called for it where the text has one, to be held after `first` to `last` days."""

    a_year: Fraction
    called: Fraction
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """People who go. `leaves_a_year`: how often the holder of a place does in a year; the place is then
    empty for `first` to `last` days. `notice_a_year`: how often an organisation gives notice, where the
    text lets it leave; its places are empty for good when that has run out."""

    leaves_a_year: Fraction
    first: int
    last: int
    notice_a_year: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Seats of which the text says for how long they are held. `renewed`: how often the holder stays for
    another term; else the place is empty for `first` to `last` days."""

    renewed: Fraction
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """From a day on, `parties` are one with the party `into`, and their own places are empty."""

    on: date
    parties: tuple[str, ...]
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Officers:
    """How offices are filled that a body fills itself. `again`: how often whoever holds one is put up for it
    again; else it is anybody who may hold it. `stays`: whether the holder goes on when the term has ended and
    nobody is chosen yet. `at_once`: whether an office that falls vacant is filled at the next meeting, and
    not only when its term has ended."""

    again: Fraction
    stays: bool
    at_once: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """What becomes of members who were absent as often in a row as the text says. `also`: how often whatever
    else it asks for is so; `acted_on`: how often those act who must or may; a place from which somebody is
    removed or suspended is empty for `first` to `last` days. `standin_counts`: whether a stand-in makes a
    member present."""

    also: Fraction
    acted_on: Fraction
    first: int
    last: int
    standin_counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Organisations that join where the text lets them: how many ask in a year; how often it is `agreed`; at
    most how many a body has places for, each with one vote."""

    asks_a_year: Fraction
    agreed: Fraction
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How often what falls due is done in time, and how often late, after `first` to `last` days."""

    kept: Fraction
    late: Fraction
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What falls due at regular times, by who owes it."""

    default: Keeping
    by_who: Mapping[str, Keeping] = field(default_factory=dict)

    def of(self, who: str | None) -> Keeping:
        return self.by_who.get(who or "", self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A whole scenario file.

    `clock` None: the days of the calendar. `attendance`: in person. `standins`: that a stand-in comes where
    the member does not and the text allows one. `months`: by the number of the month, by what attendance
    is multiplied in it. `papers`, `urgent`, `turnover`, `terms`, `officers`, `duties`, `absences`,
    `joining` None, and no `mergers`: nothing of the kind is run. `uses`: how people use what the text lets
    them do. `marks`: where each value stands in the file, for messages.
    """

    name: str
    about: str
    path: str
    attendance: Chances
    standins: Chances
    months: Mapping[int, Fraction]
    bad_meetings: BadMeetings | None
    holders: Holders
    offices: Offices
    items: Items
    interests: Interests
    consensus: ByMatter
    votes: Votes
    escalation: Escalation
    clock: Clock | None = None
    periods: tuple[Period, ...] = ()
    papers: Papers | None = None
    urgent: Urgent | None = None
    turnover: Turnover | None = None
    terms: Terms | None = None
    officers: Officers | None = None
    duties: Duties | None = None
    absences: Absent | None = None
    joining: Join | None = None
    mergers: tuple[Merger, ...] = ()
    uses: Uses = field(default_factory=Uses)
    marks: Mapping[Place, Mark] = field(default_factory=dict)

    def vacant(self, day: date) -> frozenset[str]:
        """The seats (`body.seat`) that nobody holds on a day because of a period."""
        return frozenset(seat for period in self.periods if period.on(day) for seat in period.vacant)

    def mark(self, *place: str) -> Mark:
        """Where a value stands, or what is around it, or the file as a whole."""
        for end in range(len(place), -1, -1):
            if place[:end] in self.marks:
                return self.marks[place[:end]]
        return Mark(self.path)
