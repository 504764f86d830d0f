"""What a simulation answers with: records of what happened, and figures with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any, Literal, TypeAlias

from govmodel.dataclass import dataclass
from govmodel.model.verdict import Gathering

What: TypeAlias = Literal["meeting", "office", "item", "referral", "duty", "absence", "joining"]

Outcome: TypeAlias = Literal[
    "carried",
    "lost",
    "tied",  # equal votes that nobody broke: see `after`
    "no rule",  # the text does not say how it is decided
    "inquorate",  # no quorum at the start
    "quorum lost",  # too few were left when those with an interest had gone
    "referred",  # not for this body: passed on at once
    "in writing",  # not at the meeting: what came of it is the result
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that happened in one replication (they count from 1). Facts are plain data and plain words.

    `gathering`: who was in the room and how they voted, so that `semantics` can judge it again;
    None where nobody voted.
    """

    replication: int
    day: date
    body: str
    what: What
    facts: Mapping[str, Any] = field(default_factory=dict)
    gathering: Gathering | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure from replications, with its interval.

    `value` None: nothing to estimate it from (a share of nothing). `low` and `high` None: no interval
    can be given (fewer than two replications). `unit`: `share`, `per year`, `days`. `over`: of how many
    the figure is a share or mean. `method` names how the interval was made, `confidence` its level.
    """

    figure: str
    value: float | None
    low: float | None
    high: float | None
    method: str
    unit: str
    over: int
    confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class Beside:
    """An exact figure beside the simulated one.

    `chance`: how likely a simulation without a defect is at least so far off, at most. `agrees` is
    False when that is too unlikely to be an accident.
    """

    figure: str
    exact: float
    chance: float
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyResult:
    """What came of one body. `why_not`: why it does not meet in this run (empty if it does). `in_a_row`: the
    exact probability that somewhere in the run so many meetings in a row have no quorum. `not_compared`:
    why figures have no exact one beside them. `has_quorum`: whether the text states one; without, no meeting
    can lack it."""

    name: str
    title: str
    why_not: str = ""
    estimates: tuple[Estimate, ...] = ()
    beside: tuple[Beside, ...] = ()
    in_a_row: Mapping[int, float] = field(default_factory=dict)
    not_compared: str = ""
    has_quorum: bool = True

    def estimate(self, figure: str) -> Estimate:
        """A figure by its name. Raises KeyError."""
        for estimate in self.estimates:
            if estimate.figure == figure:
                return estimate
        raise KeyError(figure)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyResult:
    """What became of something that falls due at regular times. `who` owes it; None: it is not said."""

    name: str
    title: str
    who: str | None
    clauses: tuple[str, ...]
    estimates: tuple[Estimate, ...] = ()
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationResult:
    """A run, and what it needs to be run again. It does not say how many workers there were: they
    change nothing.

    `reading`: one option of every ambiguity; `chosen`: those that differ from the model's base.
    `left_out`: what the text says and the run did not do; `in_vain`: what the scenario says of days that are
    not in the run. `records`: of one replication, if asked for.
    """

    model: str
    path: str
    title: str
    reading: Mapping[str, str]
    chosen: Mapping[str, str]
    scenario: str
    scenario_path: str
    scenario_about: str
    first: date
    until: date
    years: int
    replications: int
    seed: int
    calendar: str
    bodies: tuple[BodyResult, ...]
    duties: tuple[DutyResult, ...] = ()
    left_out: tuple[str, ...] = ()
    in_vain: tuple[str, ...] = ()
    traced: int | None = None
    records: tuple[Record, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether every exact figure agrees with the simulated one."""
        besides = (*(body.beside for body in self.bodies), *(duty.beside for duty in self.duties))
        return all(beside.agrees for some in besides for beside in some)

    @property
    def asides(self) -> tuple[str, ...]:
        """What must be known to read the figures: what was left out, was said in vain, or is not stated."""
        silent = (body.name for body in self.bodies if not body.why_not and not body.has_quorum)
        return (
            *self.left_out,
            *(f"{name}: the text states no quorum, so that no meeting lacks one" for name in silent),
            *(f"of the scenario {self.scenario}, {words}" for words in self.in_vain),
        )

    def rows(self) -> list[dict[str, Any]]:
        """One row for each figure of each body, for `pandas.DataFrame`; and of each duty, which stands in the
        place of a body."""
        found = []
        parts: tuple[BodyResult | DutyResult, ...] = (*self.bodies, *self.duties)
        for part in parts:
            exact = {beside.figure: beside for beside in part.beside}
            for e in part.estimates:
                beside = exact.get(e.figure)
                found.append(
                    {
                        "model": self.model,
                        "scenario": self.scenario,
                        "body": part.name,
                        "figure": e.figure,
                        "unit": e.unit,
                        "value": e.value,
                        "low": e.low,
                        "high": e.high,
                        "confidence": e.confidence,
                        "method": e.method,
                        "over": e.over,
                        "exact": beside.exact if beside else None,
                        "agrees": beside.agrees if beside else None,
                    }
                )
        return found

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON. Days are ISO 8601."""
        columns = (
            "figure",
            "unit",
            "value",
            "low",
            "high",
            "confidence",
            "method",
            "over",
            "exact",
            "agrees",
        )
        rows = self.rows()
        whole: dict[str, Any] = {
            "id": self.model,
            "path": self.path,
            "title": self.title,
            "reading": dict(self.reading),
            "scenario": {"name": self.scenario, "path": self.scenario_path, "about": self.scenario_about},
            "from": self.first.isoformat(),
            "until": self.until.isoformat(),
            "years": self.years,
            "replications": self.replications,
            "seed": self.seed,
            "calendar": self.calendar,
            "bodies": [
                {
                    "name": body.name,
                    "title": body.title,
                    "meets": not body.why_not,
                    "why_not": body.why_not or None,
                    "not_compared": body.not_compared or None,
                    "has_quorum": body.has_quorum,
                    "in_a_row": {str(number): share for number, share in body.in_a_row.items()},
                    "figures": [
                        {column: row[column] for column in columns}
                        for row in rows
                        if row["body"] == body.name
                    ],
                }
                for body in self.bodies
            ],
            "duties": [
                {
                    "name": duty.name,
                    "title": duty.title,
                    "who": duty.who,
                    "clauses": list(duty.clauses),
                    "figures": [
                        {column: row[column] for column in columns}
                        for row in rows
                        if row["body"] == duty.name
                    ],
                }
                for duty in self.duties
            ],
            "left_out": list(self.left_out),
            "in_vain": list(self.in_vain),
            "agrees": self.agrees,
        }
        if self.traced is not None:
            whole["trace"] = {
                "replication": self.traced,
                "records": [
                    {
                        "day": record.day.isoformat(),
                        "body": record.body,
                        "what": record.what,
                        "facts": _plain(record.facts),
                    }
                    for record in self.records
                ],
            }
        return whole


def _plain(value: Any) -> Any:
    """The same with days as text and tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value
