"""Conditions, amounts and thresholds as trees. Names in them are resolved and exact.

The loader makes these from text (`loading/expressions.lark`); every engine walks them with a match
that ends in `assert_never`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, TypeAlias

from govmodel.dataclass import dataclass

Compare: TypeAlias = Literal[">=", "<=", ">", "<", "="]
Way: TypeAlias = Literal["before", "after"]
Unit: TypeAlias = Literal["minute", "hour", "day", "week", "month", "quarter", "year", "term"]
Counting: TypeAlias = Literal["calendar", "working", "clear", "clear-working"]
Base: TypeAlias = Literal[
    "seats",  # voting seats, held or not
    "members",  # voting seats that are held
    "entitled",  # held and not barred from voting
    "present",  # in the room, barred or not
    "taking-part",  # votes and abstentions
    "voting",  # votes for and against
    "for",
    "against",
    "abstaining",
    "parties",
]


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: `5 working days`, `48 hours`. 24 hours are one calendar day."""

    number: int
    unit: Unit
    counting: Counting = "calendar"


@dataclass(frozen=True, slots=True)
class Count:
    """How many: `present(responsible-authority)`, `members except subject`.

    `groups` are names of classes, parties, seats or bodies, any of which counts; empty means all.
    `parties`: not people, but organisations for whom somebody counts: `parties present(council)`.
    """

    of: Base
    groups: tuple[str, ...] = ()
    without: str | None = None
    parties: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a count, exact unless `nearest`: two thirds of nine is six."""

    share: Fraction
    of: Count
    nearest: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    factor: Fraction
    amount: Amount


@dataclass(frozen=True, slots=True)
class Pick:
    """`greater of (a or b)`, `lesser of (a or b)`."""

    which: Literal["greater", "lesser"]
    first: Amount
    second: Amount


@dataclass(frozen=True, slots=True)
class Sum:
    """`a plus b minus c`: the added and the taken away."""

    plus: tuple[Amount, ...]
    minus: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute:
    """An amount or a time of the case, by its full name: `meeting.requesters`."""

    name: str


Amount: TypeAlias = "Number | Length | Count | Share | Times | Pick | Sum | Attribute"


@dataclass(frozen=True, slots=True)
class All:
    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    item: Condition


@dataclass(frozen=True, slots=True)
class Comparison:
    left: Amount
    op: Compare
    right: Amount


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes-no attribute holds: `meeting.exempt`, or of an office: `chair.absent`."""

    attribute: str


@dataclass(frozen=True, slots=True)
class Is:
    """An attribute of several values has one of these: `meeting.kind is extraordinary`."""

    attribute: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timed:
    """`papers at least 5 working days before meeting`: the event happens, and it lies `way` the
    anchor with a distance of `op` `length`. `within` is `<=` and on that side of the anchor."""

    event: str
    op: Compare
    length: Length
    way: Way
    anchor: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """`approved before published`: both happen, in this order or on the same day."""

    event: str
    way: Way
    anchor: str


@dataclass(frozen=True, slots=True)
class OnDate:
    """`published in May`, `published no later than 31 May`. `day` None is the whole month."""

    event: str
    how: Literal["in", "by"]
    month: int
    day: int | None = None
    year: int | None = None


Condition: TypeAlias = "All | AnyOf | Not | Comparison | Flag | Is | Timed | Ordered | OnDate"


@dataclass(frozen=True, slots=True)
class Threshold:
    """How a decision is carried.

    kind        meaning
    consensus   nobody present and entitled objects
    share       at least (`strict`: more than) `share` of `base`; a majority is more than half
    count       at least `number` in favour (`base` says of whom, and is kept for display)
    all         every one of `base`, less `number`
    plurality   most votes of the alternatives
    formula     `formula` holds

    `base` None: the text does not say of what. `without` names who is left out of the base.
    """

    kind: Literal["consensus", "share", "count", "all", "plurality", "formula"]
    share: Fraction = Fraction(0)
    strict: bool = False
    number: int = 0
    base: Base | None = None
    without: str | None = None
    formula: Condition | None = None


@dataclass(frozen=True, slots=True)
class Frequency:
    """`every quarter` is 1 per quarter; `every 2 months` is 1 per 2 months; `once` is 1 without a unit.

    Times 0 is what the calendar alone does not fix: `at` meetings of a body (`of`), or in `words` of the text
    that set no number; neither of the two: as asked.
    """

    times: int
    unit: Unit | None
    units: int = 1
    at: Literal["each-meeting", "next-meeting"] | None = None
    of: str | None = None
    words: Literal["as-needed", "regularly"] | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A number of seats or bodies: `3`, `0..5`, `1..` (high None: open)."""

    low: int
    high: int | None
