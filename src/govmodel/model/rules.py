"""A constitution as read: rules in numbers, each guarded by the options under which it stands.

`Rulebook` holds every rule with its guard; `Rules` is what one reading leaves of it, grouped so that
an engine finds what it needs. Only `reading/` makes either. Here stand the rules on parties and bodies;
`provision_rules` has those on what stands beside bodies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Literal, TypeVar

from govmodel.dataclass import dataclass, replace
from govmodel.errors import Mark, Problem
from govmodel.model.expressions import Condition, Frequency, Length, Span, Threshold
from govmodel.model.provision_rules import ContentRule as ContentRule
from govmodel.model.provision_rules import InstrumentNameRule as InstrumentNameRule
from govmodel.model.provision_rules import InstrumentRule as InstrumentRule
from govmodel.model.provision_rules import MatterRule as MatterRule
from govmodel.model.provision_rules import NormRule as NormRule
from govmodel.model.provision_rules import OfficeRule as OfficeRule
from govmodel.model.provision_rules import RemovalRule as RemovalRule
from govmodel.model.provision_rules import ResignationRule as ResignationRule
from govmodel.model.provision_rules import RouteRule as RouteRule
from govmodel.model.provision_rules import StatementRule as StatementRule
from govmodel.model.provision_rules import StepRule as StepRule
from govmodel.model.provision_rules import SuccessionRule as SuccessionRule
from govmodel.model.remembered import remembered
from govmodel.model.rule import Force as Force
from govmodel.model.rule import Reading as Reading
from govmodel.model.rule import Rule as Rule
from govmodel.model.rule import Strength as Strength
from govmodel.model.rule import stands as stands
from govmodel.model.vocabulary import Role as Role
from govmodel.model.vocabulary import SituationType

R = TypeVar("R", bound=Rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRule(Rule):
    name: str
    title: str
    classes: tuple[str, ...]
    part_of: str | None
    sector: bool
    successor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRule(Rule):
    """`family` None: one body; else how many bodies of this kind there may be."""

    name: str
    title: str
    external: bool
    family: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyNameRule(Rule):
    """A name that the text gives a body."""

    body: str
    called: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassNameRule(Rule):
    """A name that the text gives those of a class."""

    cls: str
    called: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRule(Rule):
    """`low` to `high` seats (high None: open) that no rule of this block tells apart.

    `optional`: may stay empty for good (also ex officio seats that depend on somebody else, and
    spans from 0); such seats do not count as filled at full attendance. `classes` are those of the
    party, `holder_is` those of whoever sits; `nominated_by`: for whom the holder sits, where that is
    no party.
    """

    body: str
    name: str
    party: str | None
    classes: tuple[str, ...]
    low: int
    high: int | None
    role: Role
    votes: int
    optional: bool
    holder: str | None = None
    holder_is: tuple[str, ...] = ()
    ex_officio: str | None = None
    unless_represented: bool = False
    nominated_by: str | None = None
    chosen_by: str | None = None
    invited_by: str | None = None
    agreed_by: str | None = None
    term: Length | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CapRule(Rule):
    """The seats of these parties together have at most so many votes."""

    body: str
    parties: tuple[str, ...]
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositionRule(Rule):
    """What must be so of the holders of seats and offices. `office`: of its holder; None: of all who
    sit on the body. `body` None: an office of no body."""

    body: str | None
    office: str | None
    needs: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumRule(Rule):
    """`measured` None: the text does not say when (built-in reading quorum-measured). `counts`: roles
    of the seats that every number in it speaks of. `needs` None: the text leaves to `set_by` who must be
    there, so that nobody can count it; then alone `set_by` is somebody."""

    body: str
    needs: Condition | None
    set_by: str | None = None
    counts: tuple[Role, ...] = ("voting",)
    gates: Literal["meeting", "decision", "start"]
    measured: Literal["start", "throughout", "each-vote"] | None
    rounding: Literal["up", "nearest", "down"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InquorateRule(Rule):
    """What follows when the quorum is never reached, or lost (`when` None: in both cases).

    `resumes`: how long after the meeting it goes on; `second_quorum`: who must then be there.
    """

    body: str
    when: Literal["never-reached", "lost"] | None
    wait: Length | None
    then: Literal["close", "adjourn", "continue", "discuss-only"] | None
    second_quorum: Condition | None
    second_notice: Length | None
    resumes: Length | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule(Rule):
    """How `matters` are decided; `matters` ("any",) is everything without a rule of its own.

    `carried` None: this block does not say. A base of None in it: the text does not say of whom.
    `when`: only in this case. `touching`: it holds for amendments of these clauses only. `round`: of an
    election. `silence`: what it means not to answer in writing within `within`. `ties`: the clauses that say
    what equal votes mean, where the rule's own do not.
    """

    body: str
    matters: tuple[str, ...]
    first: Literal["consensus"] | None
    carried: Threshold | None
    how: tuple[str, ...]
    proxies: Literal["yes", "no", "should"] | None
    consent_of: tuple[str, ...]
    may_opt_out: str | None
    binding_on: str | None
    without: str | None
    equal_votes: Literal["not-carried", "carried", "deferred", "lot"] | None
    put_by: str | None = None
    silence: Literal["assent", "refusal"] | None = None
    within: Length | None = None
    touching: tuple[str, ...] = ()
    round: int = 1
    when: Condition | None = None
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PresidingRule(Rule):
    """One link of the chain of who presides, in the order of the text. `when` None: whenever the
    person can; `extra_vote` None: the text does not say. `even_if`: an interest keeps nobody from
    presiding who stays in the room."""

    body: str
    order: int
    who: str
    when: Condition | None
    chosen_by: str | None
    lasts: Literal["meeting", "item", "meeting-or-item"] | None
    extra_vote: Literal["casting", "additional", "none"] | None
    powers: bool | None
    late_after: Length | None
    even_if: Literal["conflicted"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRule(Rule):
    """`requesters` of `on_request_of` may ask for it, and `then` it must or may be held. `ahead_of`: a
    body before whose meeting it is held, or an instrument. `consults`: whom before it is cancelled."""

    body: str
    kind: str
    how_often: Frequency | None
    at_least: Frequency | None
    called_by: str | None
    on_request_of: str | None
    cancelled_by: str | None
    ahead_of: str | None = None
    requesters: int = 1
    then: Literal["must", "may"] | None = None
    consults: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestRule(Rule):
    body: str
    kind: Literal["any", "personal", "prejudicial"]
    declares: Literal["start", "before-item", "as-known"] | None
    votes: bool | None
    takes_part: bool | None
    withdraws: Literal["must", "should", "may", "no"] | None
    counts_to_quorum: bool | None
    waived_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandInRule(Rule):
    """Who may come instead of a member: one of `who`. None, or nobody: the text does not say."""

    body: str
    kind: Literal["deputy", "proxy", "substitute"]
    named_by: str | None
    seats: str | None
    votes: bool | None
    counts_to_quorum: bool | None
    matter: str | None
    force: Strength
    notice: Length | None
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRule(Rule):
    body: str
    joins: tuple[str, ...]
    leaves: tuple[str, ...]
    agreed_by: str | None
    notice: Length | None
    told: tuple[str, ...]
    force: Strength
    consent_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AmbiguityRule:
    """A question with its options in order. `only_with`: option → other ambiguity → options with
    which alone it makes sense. `built_in`: the language asks it, not the text."""

    name: str
    question: str
    options: tuple[tuple[str, str], ...]
    base: str
    because: str
    clauses: tuple[str, ...]
    only_with: Mapping[str, Mapping[str, tuple[str, ...]]]
    built_in: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One entry of the clause index, with what became of it."""

    ref: str
    says: str
    disposition: str | None
    repeats: tuple[str, ...]
    printed: str | None
    left_aside: str | None
    fingerprint: str | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Text:
    """One of the texts that a landscape joins: its title and the file of its model."""

    title: str
    path: str


@dataclass(frozen=True)
class Rulebook:
    """Everything that the text says, under every reading.

    `texts`: those that a landscape joins to its own, by their names in it, which stand before the names
    (`y2016.group`) and the clauses (`y2016:3.5`) of each; empty for a single text.
    `also_cited`: clauses on which something rests that becomes no rule: declared classes, bodies that texts
    share. `assumed`: what the document does not say of its date and nation, in words.
    """

    id: str
    path: str
    title: str
    first_day: date
    nation: str
    ambiguities: Mapping[str, AmbiguityRule]
    rules: tuple[Rule, ...]
    situations: Mapping[str, SituationType]
    clauses: Mapping[str, Clause]
    classes: Mapping[str, str]
    texts: Mapping[str, Text] = field(default_factory=dict)
    also_cited: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def base(self) -> Reading:
        return {name: a.base for name, a in self.ambiguities.items()}

    def of(self, kind: type[R]) -> Sequence[R]:
        """The rules of a kind, in their order."""
        return self._by_kind.get(kind, ())  # type: ignore[return-value]

    @cached_property
    def _by_kind(self) -> Mapping[type[Rule], Sequence[Rule]]:
        found: dict[type[Rule], list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(type(rule), []).append(rule)
        return found


@dataclass(frozen=True, slots=True)
class BodyRules:
    """What one reading leaves of one body's rules, in the order of the file."""

    name: str
    title: str
    external: bool
    family: Span | None
    clauses: tuple[str, ...]
    seats: tuple[SeatRule, ...] = ()
    caps: tuple[CapRule, ...] = ()
    quorum: tuple[QuorumRule, ...] = ()
    inquorate: tuple[InquorateRule, ...] = ()
    decisions: tuple[DecisionRule, ...] = ()
    presiding: tuple[PresidingRule, ...] = ()
    meetings: tuple[MeetingRule, ...] = ()
    interests: tuple[InterestRule, ...] = ()
    standins: tuple[StandInRule, ...] = ()
    membership: tuple[MembershipRule, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def sure(self) -> tuple[SeatRule, ...]:
        """The voting seats that are filled in any case (not the optional ones)."""
        return _sure(self.seats)

    @property
    def voting(self) -> tuple[SeatRule, ...]:
        """The voting seats that are filled at full attendance."""
        return self.sure or self.filled(("voting",))

    def filled(self, roles: tuple[Role, ...]) -> tuple[SeatRule, ...]:
        """The seats with these roles that are filled at full attendance: not the optional ones; but where all
        voting seats are optional, as many of each as there may be (none of those without a number)."""
        return _filled(self.seats, roles)


@remembered(10_000)
def _sure(seats: tuple[SeatRule, ...]) -> tuple[SeatRule, ...]:
    return tuple([seat for seat in seats if seat.role == "voting" and not seat.optional and seat.low])


@remembered(10_000)
def _filled(seats: tuple[SeatRule, ...], roles: tuple[Role, ...]) -> tuple[SeatRule, ...]:
    if _sure(seats):
        return tuple([seat for seat in seats if seat.role in roles and not seat.optional])

    def of(seat: SeatRule) -> SeatRule | None:
        if seat.role == "voting":
            return replace(seat, low=seat.high) if seat.high else None
        return None if seat.optional else seat

    return tuple(s for seat in seats if seat.role in roles and (s := of(seat)) is not None)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules under one reading: nothing is ambiguous any more.

    `reading` names an option for every ambiguity, the built-in ones too.
    """

    id: str
    reading: Reading
    first_day: date
    nation: str
    parties: Mapping[str, PartyRule]
    bodies: Mapping[str, BodyRules]
    offices: Mapping[str, OfficeRule]
    matters: Mapping[str, MatterRule]
    instruments: Mapping[str, InstrumentRule]
    norms: tuple[NormRule, ...]
    routes: tuple[RouteRule, ...]
    statements: tuple[StatementRule, ...]
    successions: tuple[SuccessionRule, ...] = ()
    texts: Mapping[str, Text] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    situations: Mapping[str, SituationType] = field(default_factory=dict)
    steps: tuple[StepRule, ...] = ()
    composition: tuple[CompositionRule, ...] = ()
    resignations: tuple[ResignationRule, ...] = ()
    removals: tuple[RemovalRule, ...] = ()
