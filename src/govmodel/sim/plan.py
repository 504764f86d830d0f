"""What the rules and a scenario make of a run, in arrays: everything that does not depend on chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from govmodel.model.expressions import Condition
from govmodel.model.rules import BodyRules, DecisionRule, QuorumRule, Rules
from govmodel.model.scenario import Agenda, Scenario
from govmodel.sim.arrays import Draws, Truths, Whole
from govmodel.sim.others import Giver

Table: TypeAlias = tuple[tuple[Fraction, ...], ...]
"""Probabilities by level and place."""

JOINED = "joined"
"""The seat of who joins: the text gives it no name."""

NOBODY, CHOSEN = -1, -2
"""Who presides, where it is no seat: nobody, or somebody chosen there and then."""

EXTRA = {None: 0, "none": 0, "casting": 1, "additional": 2}
"""The presider's second vote."""

DAYS_OF_A_MONTH = 30
"""On a clock of months, so many days are one month, begun ones counted."""

WINDOW = 60
"""Months that are run in one step: the memory of a run does not grow with its years. Part of what a seed
means, as some draws are named by the first meeting of a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One receiver of escalated items. `body`: its number if it meets in this run, else None."""

    name: str
    title: str
    body: int | None
    settles: int
    first: int
    last: int


Cases: TypeAlias = tuple[tuple["Condition | None", DecisionRule | None], ...]
"""Rules, each with the case in which it decides, None for all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPlan:
    """One matter at one body. `decided_as`: itself, or the wider matter by whose rules it is decided there.
    `steps`: where its items go when it cannot decide them; `referred`: they go there at once;
    `powerless`: so does what others pass on to it, since it must be settled and the text does not let this
    body do so. `conflicted`: the threshold of an interest, for each place. `cases`: the rules by which
    it is decided; the first whose condition on who is there holds governs (None: in every case; a rule
    of None: nothing is decided by it). `paper`: it is a paper that is due every year. `givers`: whose consent
    what is carried needs; `opts_out`: which places may opt out of it, none if empty; `by_proxy`: which
    may vote on it by proxy, none if empty; `ways`: where several chains of receivers lead on, how often each
    is gone, of which `steps` is the first.
    `rounds`: the rules of later rounds, for what is not carried in one before."""

    name: str
    title: str
    decided_as: str
    cases: Cases
    settle: bool
    in_favour: int
    not_against: int
    consensus: int
    conflicted: Draws
    steps: tuple[Step, ...]
    referred: bool
    powerless: bool
    paper: bool = False
    givers: tuple[Giver, ...] = ()
    opts_out: tuple[bool, ...] = ()
    by_proxy: tuple[bool, ...] = ()
    ways: tuple[tuple[Fraction, tuple[Step, ...]], ...] = ()
    rounds: tuple[Cases, ...] = ()

    def kept(self, **more: Any) -> MatterPlan:
        """The same of what is not passed on: what is not carried comes back. `more`: what else differs."""
        return replace(self, settle=True, steps=(), ways=(), referred=False, powerless=False, **more)

    @property
    def chains(self) -> tuple[tuple[Fraction, tuple[Step, ...]], ...]:
        """Every chain of receivers, with how often it is taken."""
        return self.ways or ((Fraction(1), self.steps),)

    @property
    def rule(self) -> DecisionRule | None:
        """By which it is decided in all but special cases. None: nothing is decided."""
        return next((rule for when, rule in self.cases if when is None), None)

    @property
    def by_turnout(self) -> bool:
        """Whether who is there changes by which rule it is decided."""
        return any(when is not None for when, _ in self.cases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """How people go. `leaves`: the threshold, at each meeting, for the holder of a place to have gone since
    the last; a place is then empty for `first` to `last` ticks. `notice`: the same for an organisation
    that gives notice; `runs_out`: the tick at which notice given at that meeting has run out; `sent_by`:
    the number of the organisation that may leave, for each place, -1 for none; `organisations`: their
    names. `term_ends`: whether the term of a place has ended since the last meeting, by place and meeting;
    `renewed`: the threshold for another one, else it is empty for `term_first` to `term_last` ticks."""

    leaves: Draws
    first: int
    last: int
    notice: Draws
    runs_out: Whole
    sent_by: Whole
    organisations: tuple[str, ...]
    term_ends: Truths
    renewed: int
    term_first: int
    term_last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """Urgent business between meetings. `working`: of each day of the run and some more, the first working
    day from it on; `lawful`: the first on which a meeting may be held that is called on that day, None
    where the text has no such meeting; `level`: how likely people are to come, by day. Days count from the
    first of the run; working days are ticks."""

    working: Whole
    lawful: Whole | None
    level: Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifting:
    """How bars for interests are lifted. `chance`: its threshold, for a member and an item. `by_body`: the
    body itself does it, with its quorum and without the interested; `holders`: the places of those who do
    it, a row for each office, at each meeting, -1 for none; if none of the two: somebody outside does.
    `filled`: which of the officers whom the body chooses each of them is, -1 for none."""

    chance: int
    by_body: bool
    holders: Whole
    filled: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRule:
    """What follows when a member has been absent `least` times in a row. `whose`: of which places; `also`:
    the threshold for whatever else must be so; `by_body`: the body itself acts, and needs a quorum."""

    name: str
    clauses: tuple[str, ...]
    least: int
    effect: Literal["removed", "suspended", "acted on"]
    whose: Truths
    also: int
    by_body: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencesPlan:
    """What follows from absences. `acted_on`: the threshold for its being done; a place is then empty for
    `first` to `last` ticks; `standin_counts`: whether a stand-in makes a member present; `sat`: whether a
    place is held, by place and level."""

    rules: tuple[MissingRule, ...]
    acted_on: int
    first: int
    last: int
    standin_counts: bool
    sat: Truths

    @property
    def ends(self) -> bool:
        """Whether somebody may lose a place."""
        return any(rule.effect != "acted on" for rule in self.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningPlan:
    """How organisations join. `asks`: the threshold for somebody's having asked since the last meeting;
    `agreed`: for being let in; `by_body`: the body itself agrees, and needs a quorum; `places`: which are for
    those who join."""

    asks: Draws
    agreed: int
    by_body: bool
    places: Truths
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerPlan:
    """An office that a body fills itself. `matter`: the number of that as which it does, `decided_as`: the
    text's name for it; `due`: at which meetings it is to be filled; `may`: the places whose holders may hold
    it; `first`: the place of the holder on the first day, -1 for none; `again`: the threshold for putting up
    the holder again; `barred`: the text forbids it."""

    name: str
    title: str
    matter: int
    decided_as: str
    due: Truths
    may: tuple[int, ...]
    first: int
    again: int
    barred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficesPlan:
    """The offices of a body. `chair`, `deputy`: which of `officers` those are, -1 for none; `rows`: the same
    for the rows of `BodyPlan.presiders`; `sat`: whether a place is held, by place and meeting. `stays`,
    `at_once`: as in the scenario."""

    officers: tuple[OfficerPlan, ...]
    chair: int
    deputy: int
    rows: Whole
    sat: Truths
    stays: bool
    at_once: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPlan:
    """One body. Arrays are by place (seats in the order of the file) and by meeting.

    Meetings at which everybody is as likely to come as at another are of one `level`, a number for each
    meeting. `came`, `came_bad`: by level and place, the probability of coming in person, normally and at
    a bad meeting; `standin`: that a stand-in comes instead, 0 where the text allows none; `came_below`,
    `came_bad_below`, `standin_below`: the same as thresholds, by place and level. `vacant`: places that
    nobody holds in the whole run.
    `chair`, `deputy`: the place of the holder at each meeting, -1 for none. `who`, `extra`: who presides
    and with which second vote, by status of chair and deputy; `who` is a row of `presiders`.
    `leaves`: the threshold for a member with an interest to leave; `lifting`: how bars are lifted, None: they
    are not. `gates`: no quorum, no decisions.
    `sits`: which places somebody holds, by place and level, where nobody goes.
    `late`, `late_bad`: by level and place, the probability that somebody comes while the meeting waits for a
    quorum, at an ordinary and a bad one; empty: it does not wait. `resumed`: how inquorate ones go on.
    `proxy`: by level and place, the probability of voting by proxy where nobody is there; empty: nobody does.
    `letters`: how it decides in writing, None: it does not.
    `members`: which places count in the membership, by place and level, None: all of them; `fixed`: which of
    them count while nobody holds them;
    `absences`: what follows from absences in a row, None if nothing does; `joining`: how organisations join,
    None if they do not;
    `going`: how people go, None if they do not; `offices`: how offices are filled, None where holders are as
    `chair`, `deputy` and `presiders` say;
    `papers`: the numbers of the matters that are papers due here every year; `calls`: how meetings are
    called for urgent business, None where there is none.
    `ticks`: the time of each meeting on the plan's clock; `rank`: which of those that meet on one day
    it is; `windows`: the numbers of the meetings of each window, from the first to before the last.
    """

    number: int
    name: str
    title: str
    rules: BodyRules
    places: tuple[str, ...]
    titles: tuple[str, ...]
    vacant: frozenset[str]
    weights: Whole
    dates: tuple[date, ...]
    ticks: Whole
    rank: int
    windows: tuple[tuple[int, int], ...]
    why_not: str
    level: Whole
    came: Table
    came_bad: Table
    came_below: Draws
    came_bad_below: Draws
    bad: Fraction
    standin: Table
    standin_below: Draws
    sits: Truths
    members: Truths | None
    fixed: Truths
    going: Going | None
    absences: AbsencesPlan | None
    joining: JoiningPlan | None
    offices: OfficesPlan | None
    papers: tuple[int, ...]
    calls: Calls | None
    standins_vote: bool
    standins_count: bool
    quorum: tuple[QuorumRule, ...]
    rechecked: tuple[QuorumRule, ...]
    gates: bool
    chair: Whole
    deputy: Whole
    presiders: Whole
    who: Whole
    extra: Whole
    caps: tuple[tuple[int, tuple[int, ...]], ...]
    barred: bool
    barred_count: bool
    leaves: int
    agenda: Agenda
    matters: tuple[MatterPlan, ...]
    lifting: Lifting | None = None
    late: Table = ()
    late_bad: Table = ()
    resumed: tuple[Resumed, ...] = ()
    proxy: Table = ()
    letters: Letters | None = None

    @property
    def meets(self) -> bool:
        return not self.why_not


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """How new items are decided in writing. `body`: as it votes so; `may`: which matters are; `share`: the
    threshold of an item's being so decided; `answers`: of a member's answering; `silence`: what it means not
    to, by matter: 1 to agree, -1 to refuse, 0 nothing; `after`: the tick at which the answers are in, by
    matter and meeting, -1 where the text does not say."""

    body: BodyPlan
    may: Truths
    share: int
    answers: int
    silence: Whole
    after: Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """A body as it meets when an inquorate meeting goes on: its `ticks` are those of each regular meeting's
    second day, -1 where it does not go on before the next. `never`, `lost`: whether that holds where the
    quorum was never reached, and where it was lost."""

    body: BodyPlan
    never: bool
    lost: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPlan:
    """What falls due at regular times. `ends`: the first tick after each of them; `kept`: the threshold for
    being done in time, `late`: for being done at all, after `first` to `last` ticks; `body`: the number of
    the body at whose meetings it is done, None: of none; `after`: the number of what is done first."""

    name: str
    title: str
    who: str | None
    clauses: tuple[str, ...]
    ends: tuple[int, ...]
    kept: int
    late: int
    first: int
    last: int
    body: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole run. `rules` are those of the reading, with the seats held as the scenario says; `order`:
    in which bodies meet when they meet on one day. `left_out`: what the text says and this does not do;
    `not_run`: that of it for which meetings as planned would come out otherwise.
    `unit`: of the clock, which counts days as `date.toordinal` does, or months from 1; `end`: the first
    tick after the run; `windows`: the first tick of each step of the run;
    `year_starts`: that of each year, and of the one after the last.
    """

    rules: Rules
    scenario: Scenario
    first: date
    until: date
    unit: Literal["day", "month"]
    end: int
    windows: tuple[int, ...]
    year_starts: tuple[int, ...]
    years: int
    seed: int
    matters: tuple[str, ...]
    bodies: tuple[BodyPlan, ...]
    order: tuple[int, ...]
    not_run: tuple[str, ...]
    left_out: tuple[str, ...]
    duties: tuple[DutyPlan, ...] = ()


def ticks_of(whole: Plan, days: int) -> int:
    """Days on the clock of a run."""
    return -(-days // DAYS_OF_A_MONTH) if whole.unit == "month" else days
