"""The use case of `govmodel compare`: one scorecard for several designs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from govmodel.errors import InputError, Problem
from govmodel.loading import load
from govmodel.loading.scenario import load_scenario
from govmodel.model.checked import Checked
from govmodel.model.constitution import Constitution
from govmodel.model.finding import LEVELS
from govmodel.model.record import SimulationResult
from govmodel.model.scorecard import Score, Scorecard
from govmodel.reading import read
from govmodel.study.checking import check
from govmodel.study.naming import CALL
from govmodel.study.showing import show
from govmodel.study.simulating import simulate

PRACTICE = (
    "inquorate meetings", "decisions", "ties", "ties unbroken", "deferrals", "passed on", "time to decision",
    "still open at the end",
)  # fmt: skip
"""The figures of a simulation that are a part of the scorecard."""


def compare(
    models: Sequence[str | os.PathLike[str] | Constitution] | str | os.PathLike[str] | Constitution,
    scenarios: Sequence[str | os.PathLike[str]] | str | os.PathLike[str] = (),
    *,
    checks: bool = True,
    years: int = 5,
    replications: int = 500,
    seed: int = 1,
    workers: int = 1,
    progress: Callable[[str], None] | None = None,
) -> Scorecard:
    """Measures of the rules, the findings (`checks`), and of practice under each scenario, for each model
    in its base reading. Random draws are made by name, so that two designs differ only where they differ.
    One model or one scenario need not stand in a list.

    Raises:
        InputError: a model or a scenario cannot be used.
    """
    several = [models] if isinstance(models, (str, os.PathLike, Constitution)) else models
    scenarios = [scenarios] if isinstance(scenarios, (str, os.PathLike)) else scenarios
    texts = [model if isinstance(model, Constitution) else load(model) for model in several]
    problems = [
        Problem(CALL, "landscape", f"{text.id} is a landscape: name the models that it joins")
        for text in texts
        if text.members
    ]
    names = [text.id for text in texts]
    problems += [
        Problem(CALL, "model-twice", f"two models are called {name}")
        for number, name in enumerate(names)
        if name in names[:number]
    ]
    if problems:
        raise InputError(problems)
    tell = progress or (lambda _: None)
    scores: list[Score] = []
    abouts: dict[str, str] = {}
    agrees = True
    played = [
        (path, text, load_scenario(path, read(text), len(texts) > 1)) for path in scenarios for text in texts
    ]
    for _, _, scenario in played:
        if abouts.setdefault(scenario.name, scenario.about) != scenario.about:
            raise InputError((Problem(CALL, "scenario-twice", f"two scenarios are called {scenario.name}"),))
    for text in texts:
        if checks:
            tell(f"checking {text.id}")
            scores += _findings(text, check(text))
        tell(f"counting {text.id}")
        scores += _rules(text)
    for path, text, scenario in played:
        tell(f"simulating {text.id}, {os.fspath(path)}")
        result = simulate(
            read(text), scenario, years=years, replications=replications, seed=seed, workers=workers
        )
        agrees = agrees and result.agrees
        scores += _practice(result)
    return Scorecard(
        titles={text.id: read(text).title for text in texts}, scenarios=abouts, years=years,
        replications=replications, seed=seed, scores=tuple(scores), agrees=agrees,
    )  # fmt: skip


def _findings(text: Constitution, checked: Checked) -> Iterator[Score]:
    def score(measure: str, value: int) -> Score:
        return Score(model=text.id, body="", scenario="", measure=measure, unit="number", value=value)

    yield score("clauses", len(checked.index))
    for level in LEVELS:
        yield score(f"findings, {level}", sum(f.level == level for f in checked.findings))
    yield score("undecided questions", len(checked.undecided))


def _rules(text: Constitution) -> Iterator[Score]:
    coalitions, quorums = show(text, "coalitions").tables
    for row in quorums.dicts():
        for measure, column in (
            ("voting seats", "seats"),
            ("fewest for a quorum", "fewest"),
            ("absences that it survives", "survives"),
        ):
            yield _score(text.id, row["body"], measure, row[column], row.get("computed"))
    seen: set[str] = set()
    for row in coalitions.dicts():
        if row["body"] not in seen:
            seen.add(row["body"])
            yield _score(
                text.id, row["body"], "fewest who carry, all attending", row["fewest"], row["computed"]
            )


def _score(model: str, body: str, measure: str, value: object, why: object) -> Score:
    number = float(value) if isinstance(value, int) and not isinstance(value, bool) else None
    words = "" if number is not None else str(why or value or "")
    return Score(
        model=model, body=body, scenario="", measure=measure, unit="number", value=number, words=words
    )


def _practice(result: SimulationResult) -> Iterator[Score]:
    for body in result.bodies:
        exact = {beside.figure: beside.exact for beside in body.beside}
        if body.why_not:
            yield Score(
                model=result.model,
                body=body.name,
                scenario=result.scenario,
                measure=PRACTICE[0],
                unit="share",
                value=None,
                words=body.why_not,
            )
            continue
        for name in PRACTICE:
            found = body.estimate(name)
            yield Score(
                model=result.model, body=body.name, scenario=result.scenario, measure=name, unit=found.unit,
                value=found.value, low=found.low, high=found.high, exact=exact.get(name),
            )  # fmt: skip
