"""Rules on what stands outside bodies: offices, matters, papers, norms, routes, statements."""

from __future__ import annotations

from typing import Literal

from govmodel.dataclass import dataclass
from govmodel.model.expressions import Condition, Frequency, Length
from govmodel.model.rule import Force, Rule, Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRule(Rule):
    """`rotation`: the places it passes through in order, each one or several parties. `post`: what brings
    the office, in words. `again` None: the text does not say whether a holder may be chosen again. `matter`:
    as which it is decided who holds it. Of its clauses, `stated_in` say that it is there and for how long it
    is held, and `chosen_in` how it is filled."""

    name: str
    title: str
    of: str | None
    chosen_by: Literal["rotation", "election", "appointment", "agreement", "post", "provision"] | None
    chosen_every: Frequency | None
    rotation: tuple[tuple[str, ...], ...]
    follows: str | None
    appointer: str | None
    term: Length | None
    acting: str | None
    post: str | None = None
    again: bool | None = None
    matter: str | None = None
    stated_in: tuple[str, ...] = ()
    chosen_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResignationRule(Rule):
    """How the holder of an office gives it up."""

    office: str
    notice: Length | None
    told: tuple[str, ...]
    force: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalRule(Rule):
    """How the holder of an office is removed: by whose decision (None: the text does not say), with whose
    consent."""

    office: str
    agreed_by: str | None
    matter: str | None
    consent_of: tuple[str, ...]
    notice: Length | None
    told: tuple[str, ...]
    force: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRule(Rule):
    name: str
    title: str
    kind_of: str | None
    settle: bool
    interested: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentRule(Rule):
    """A paper. `every`: how often it is made, `since` a date; `after`: the paper that comes first;
    `binds`: whom what stands in it binds."""

    name: str
    title: str
    every: Frequency | None
    external: bool
    kind: str | None = None
    since: str | None = None
    after: str | None = None
    binds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentNameRule(Rule):
    """Another name that the text gives a paper. `defined`: the text itself says that it is one."""

    instrument: str
    called: str
    defined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentRule(Rule):
    """What must stand in a paper, in words."""

    instrument: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule(Rule):
    """One step by which a paper comes about; `order` counts from 0 as the text has them.

    The verb says who does it (`prepared_by`, `agreed_by` …) or to or with whom it is done (`consults`,
    `sent_to`, `published`: where), and then `by` says who. `any_of`: one of `whom` will do. `within`:
    after the step before. `when` speaks of events of the paper's making (`instrument.published`).
    """

    instrument: str
    order: int
    verb: str
    whom: tuple[str, ...]
    any_of: bool
    by: str | None
    when: Condition | None
    every: Frequency | None
    within: Length | None
    at: str | None
    consent_of: tuple[str, ...]
    force: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class NormRule(Rule):
    """A duty, prohibition or permission about one situation (of one body, where the text says so).

    `name` is stable: the norm's id, else made of its clause and place among that clause's norms.
    `content` of a must-not is what must not be so. `agreed_by` is a choice of somebody else on which
    a permission rests; `limit`: what a permission does not grant inside its bound, it forbids.

    Other norms by name: those in `overrides` give way to this one; it gives way to those in `subject_to`; a
    permission that is used lifts those that it `changes`, unless they say always; it is in force only where
    one of `breach_of`, if there are any, is broken. `waived_by` may lift it. `every`: how often it falls
    due; in a case it is looked at as due.
    """

    name: str
    situation: str
    body: str | None
    who: str | None
    force: Force
    content: Condition
    when: Condition | None
    unless: Condition | None
    by: str | None
    agreed_by: str | None
    waived_by: str | None
    over: tuple[str, ...]
    limit: bool
    only: bool
    always: bool
    overrides: tuple[str, ...]
    subject_to: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    breach_of: tuple[str, ...] = ()
    every: Frequency | None = None

    @property
    def soft(self) -> bool:
        return self.force in ("should", "should-not")


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRule(Rule):
    """A typed edge. `any_of`: one of the receivers will do. `about_receiver` None: the text does not
    say where it goes when it concerns the receiver. `when`: in what case, over the attributes of any
    situation; `until` and `record` are words of the model."""

    who: tuple[str, ...]
    verb: str
    whom: tuple[str, ...]
    any_of: bool
    matters: tuple[str, ...]
    about: str | None
    about_receiver: str | None
    via: str | None
    every: Frequency | None
    within: Length | None
    effect: Literal["hears", "advises", "resolves", "final"] | None
    consent_of: tuple[str, ...]
    force: Strength
    when: Condition | None = None
    until: str | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRule(Rule):
    """What the text states about itself. `lists`: two lists of the same things, the first of which may name
    fewer where `inside`. `refers_to`: what the words point to; ("nothing",) where there is no such thing."""

    says: str
    holds: Condition | None
    stated: int | None
    listed: int | None
    lists: tuple[tuple[str, ...], tuple[str, ...]] | None
    inside: bool = False
    refers_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionRule(Rule):
    """A body that took the place of another. `since`: from when, as the text says it (`2016-03`)."""

    who: str
    follows: str
    since: str | None
