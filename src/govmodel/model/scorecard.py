"""Several designs beside one another: one measure a row, in numbers that can be compared."""

from __future__ import annotations

from typing import Any

from govmodel.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One measure of one design. `body` and `scenario` may be empty: it is of the whole text, or of the
    rules alone. `value` None: it does not apply or was not computed; `words` then says which. `low`, `high`:
    the interval of a simulated one; `exact`: the exact value beside it."""

    model: str
    body: str
    scenario: str
    measure: str
    unit: str
    value: float | None
    low: float | None = None
    high: float | None = None
    exact: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """The scores of some designs. `titles`: of the models, by their ids; `scenarios`: by name, what each
    says of itself; `agrees`: every exact figure agrees with the simulated one."""

    titles: dict[str, str]
    scenarios: dict[str, str]
    years: int
    replications: int
    seed: int
    scores: tuple[Score, ...]
    agrees: bool = True

    def rows(self) -> list[dict[str, Any]]:
        """One row for each measure of each body, for `pandas.DataFrame`."""
        return [
            {
                "model": s.model,
                "body": s.body,
                "scenario": s.scenario,
                "measure": s.measure,
                "unit": s.unit,
                "value": s.value,
                "low": s.low,
                "high": s.high,
                "exact": s.exact,
                "words": s.words,
            }
            for s in self.scores
        ]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return {
            "models": dict(self.titles),
            "scenarios": dict(self.scenarios),
            "years": self.years,
            "replications": self.replications,
            "seed": self.seed,
            "agrees": self.agrees,
            "scores": self.rows(),
        }
