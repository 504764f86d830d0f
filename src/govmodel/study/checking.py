"""The use case `check`: findings of the whole catalogue, or of a part of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import govmodel.checks
from govmodel.calendar import data_version
from govmodel.checks import Entry
from govmodel.checks.context import MOST_CONFLICTS, Context
from govmodel.dataclass import dataclass
from govmodel.errors import InputError
from govmodel.model.checked import Checked, Covered
from govmodel.model.constitution import Constitution
from govmodel.model.finding import LEVELS, CheckResult, Finding, Undecided
from govmodel.model.joined import common
from govmodel.model.rules import Reading, Rulebook
from govmodel.reading import complete
from govmodel.semantics.cases import NotDecidable
from govmodel.semantics.counting import NotCountable
from govmodel.study import sidebyside
from govmodel.study.preparing import EFFORT, Prepared, Wanted, prepare, prepare_each

if TYPE_CHECKING:
    pass

SHARED = ("decisions", "membership", "offices", "drafting", "routes", "practice", "norms")
"""The families in the order in which two processes meet: the dearest at either end."""

DEAREST = (
    "GM103", "GM114", "GM106", "GM110", "GM202", "GM201", "GM206", "GM203", "GM204",
    "GM301", "GM303", "GM302", "GM306", "GM304", "GM308", "GM305", "GM409",
)  # fmt: skip
"""Checks that have taken long on real texts, the longest of a family first. They are taken before its others,
so that whoever helps at the end finds what is soon done."""

AT_ONCE = 24
"""Models that are held in memory at a time."""

BOUNDS: Mapping[str, str] = {
    "time": "events up to 24 months from the meeting, every start day of one year; agenda and papers go out "
    "with the notice or after it",
    "seats": "members in person, every seat filled but the optional ones (those too where a body has no "
    "others); where the classes that rules name cross each other, 250,000 attendances a body",
    "votes": "one for each seat, or it is left undecided; cast at meetings, in the first round, whoever "
    "puts the proposal; decisions in writing and later rounds are not asked about",
    "papers": "when they are due and how often; what they contain and whom they bind is not asked about",
    "readings": "every combination of the readings that a question depends on, up to 4,096",
    "not asked": "amendment of the text, new bodies, and who would stay away in order to win",
}


def check(
    model: str | os.PathLike[str] | Constitution,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    reading: Reading | None = None,
    effort: int = EFFORT,
    most_conflicts: int = MOST_CONFLICTS,
    first_day: date | None = None,
    workers: int = 1,
    progress: Callable[[str], None] | None = None,
    scenario: str | os.PathLike[str] | None = None,
) -> Checked:
    """Find the defects of a constitution.

    Args:
        model: a model file, or a constitution that was loaded.
        select: ids or families of checks (`GM1`, `GM203`); all when empty.
        ignore: ids or families to leave out.
        reading: options to fix; every other ambiguity is covered whole.
        effort: z3's `rlimit` for one call; with too little, questions are undecided.
        most_conflicts: minimal sets of clashing clauses looked for at most among norms that hang together;
            where there are so many, whether there are more is undecided.
        workers: processes that share the work, at most as many as there are cores; more than one only
            for a process without threads. The answer is the same.
        scenario: a scenario file, for the checks of practice, which are left out without one.
        first_day: start days run over the year from here instead of from the document's date.

    Raises:
        InputError: the file cannot be used, or an argument names something that is not there.
    """
    wanted = Wanted(
        select=tuple(select), ignore=tuple(ignore), reading=reading or {}, effort=effort,
        most_conflicts=most_conflicts, first_day=first_day, scenario=scenario,
    )  # fmt: skip
    (found,) = _checked([prepare(model, wanted)], workers, progress)
    return found


def check_each(
    models: Sequence[str | os.PathLike[str]],
    wanted: Wanted,
    workers: int = 1,
    progress: Callable[[str], None] | None = None,
) -> Iterator[Checked | InputError]:
    """The same for several models, whose work is shared out together: for each in turn its findings, or what
    keeps it from being checked."""
    for start in range(0, len(models), AT_ONCE):
        some = prepare_each(models[start : start + AT_ONCE], wanted, len(models) > 1, workers)
        sound = iter(_checked([p for p in some if isinstance(p, Prepared)], workers, progress))
        for each in some:
            yield next(sound) if isinstance(each, Prepared) else each


def _checked(
    models: Sequence[Prepared], workers: int, progress: Callable[[str], None] | None
) -> list[Checked]:
    """What is found of each, whoever does the work."""
    queues = _queues(models)
    current: dict[int, Context] = {}

    def work(task: _Task) -> CheckResult:
        if task.model not in current:
            context = models[task.model].context()
            for other in current.values():
                context.after(other)
            current.clear()
            current[task.model] = context
        return run_checks(current[task.model], (task.entry,), None)[0]

    def tell(task: _Task) -> None:
        if progress is not None:
            progress(task.entry.name)

    most = min(workers, len(queues), sidebyside.possible()) if workers > 1 else 1
    told = sidebyside.share(queues, work, _lost, max(most, 1), tell)
    answers: list[list[CheckResult]] = [[] for _ in models]
    for queue, results in zip(queues, told, strict=True):
        for task, result in zip(queue, results, strict=True):
            answers[task.model].append(result)
    return [_together(model, found) for model, found in zip(models, answers, strict=True)]


@dataclass(frozen=True)
class _Task:
    """A check of a model; the model by its place."""

    model: int
    entry: Entry


def _queues(models: Sequence[Prepared]) -> list[list[_Task]]:
    """A queue for each family of checks of each model, the largest models first and last, so that whoever
    meets in the middle has little left to wait for."""
    ranked = sorted(range(len(models)), key=lambda n: -len(models[n].rulebook.rules))
    place = {id: place for place, id in enumerate(DEAREST)}
    queues = [
        [
            _Task(n, entry)
            for entry in sorted(models[n].entries, key=lambda entry: place.get(entry.id, len(place)))
            if entry.family == family
        ]
        for n in (*ranked[::2], *reversed(ranked[1::2]))
        for family in (*SHARED, *(f for f in govmodel.checks.FAMILIES if f not in SHARED))
    ]
    return [queue for queue in queues if queue]


def _together(model: Prepared, answers: list[CheckResult]) -> Checked:
    rulebook = model.rulebook
    answers.sort(key=lambda answer: answer.check)
    findings = [finding for answer in answers for finding in answer.findings]
    undecided = [u for answer in answers for u in dict.fromkeys(answer.undecided)]
    asked = {answer.check: answer.asked for answer in answers}
    places = {ref: place for place, ref in enumerate(rulebook.clauses)}
    findings.sort(
        key=lambda f: (LEVELS.index(f.level), f.check, places.get(f.clauses[0], len(places)), f.subject)
    )
    return Checked(
        id=rulebook.id,
        path=rulebook.path,
        title=rulebook.title,
        findings=tuple(findings),
        undecided=tuple(undecided),
        covered=_covered(rulebook, model.fixed, findings),
        asked=asked,
        first_day=rulebook.first_day,
        effort=model.effort,
        notes=rulebook.notes,
        not_encoded=tuple(
            (c.ref, c.disposition)
            for c in rulebook.clauses.values()
            if c.disposition and common(rulebook.texts, (c.ref,))
        ),
        bounds={
            **BOUNDS,
            "conflicts": f"{model.most_conflicts:,} minimal sets of clashing clauses, among norms that hang "
            "together; where so many are found, whether there are more is left undecided",
            "calendar": _calendar(rulebook),
            **_texts(rulebook),
            **_practice(model),
        },
        index={ref: clause.says for ref, clause in rulebook.clauses.items()},
    )


def run_checks(
    context: Context, entries: Iterable[Entry], progress: Callable[[str], None] | None
) -> list[CheckResult]:
    """What some checks say, with what the cap on readings left undecided."""
    answers = []
    for entry in entries:
        if progress is not None:
            progress(entry.name)
        context.cut = False
        answer = _answer(context, entry)
        answer = replace(answer, findings=tuple(f for f in answer.findings if context.ours(f.clauses)))
        if context.cut:
            why = "it depends on more than 4,096 readings; what was found holds at least under those listed"
            cut = Undecided(check=entry.id, subject="readings", why=why)
            answer = replace(answer, undecided=(*answer.undecided, cut))
        answers.append(answer)
    return answers


def _answer(context: Context, entry: Entry) -> CheckResult:
    """What one check says. A check that fails has not decided anything, and the others go on."""
    try:
        return entry.load().run(context)
    except (NotCountable, NotDecidable) as error:
        why = str(error)
    except Exception as error:
        if os.environ.get("GOVMODEL_DEBUG"):
            raise
        why = failure(error)
    return CheckResult(entry.id, undecided=(Undecided(check=entry.id, subject="all of it", why=why),))


def failure(error: Exception) -> str:
    """What went wrong in an engine, for somebody who did nothing wrong."""
    if isinstance(error, MemoryError):
        return "there was not enough memory"
    about = " ".join(str(error).split())
    said = f"{type(error).__name__}: {about}" if about else type(error).__name__
    return f"the check failed ({said}), which is a defect of govmodel and not of the text"


def _lost(task: _Task) -> CheckResult:
    """The answer of a process that ended without any."""
    why = "the process that asked ended without an answer; perhaps there was not enough memory"
    id = task.entry.id
    return CheckResult(id, undecided=(Undecided(check=id, subject="all of it", why=why),))


def _practice(model: Prepared) -> dict[str, str]:
    """Of the checks of practice: what was run."""
    if model.scenario is None:
        return {}
    from govmodel.checks.practice.asking import REPLICATIONS, SEED, YEARS

    in_base = complete(model.rulebook, model.fixed) == model.rulebook.base
    which = "the base reading only" if in_base else "one reading only"
    run = f"{YEARS} and {2 * YEARS} years of meetings, {REPLICATIONS} replications, seed {SEED}"
    return {"practice": f"scenario {model.scenario.name}, {which}, {run}"}


def _texts(rulebook: Rulebook) -> dict[str, str]:
    """Of a landscape: where the findings stand that are not repeated in its report."""
    if not rulebook.texts:
        return {}
    listed = ", ".join(f"{name} ({text.path})" for name, text in rulebook.texts.items())
    return {"texts": f"what one text says by itself is in its own report: {listed}"}


def _calendar(rulebook: Rulebook) -> str:
    assumed = f" ({'; '.join(rulebook.assumed)})" if rulebook.assumed else ""
    first = rulebook.first_day.isoformat()
    year = f"start days over the year from {first}, bank holidays of {rulebook.nation}{assumed}"
    return f"{year}; {data_version()}"


def _covered(rulebook: Rulebook, fixed: Reading, findings: list[Finding]) -> tuple[Covered, ...]:
    """Every ambiguity with the findings that hold only under some of its options."""
    made = []
    for name, ambiguity in rulebook.ambiguities.items():
        options = tuple(option for option, _ in ambiguity.options)
        depends: dict[str, tuple[str, ...]] = {}
        for option in options:
            ids = tuple(
                f.id for f in findings if not f.only_run and any(r.get(name) == option for r in f.readings)
            )
            if ids:
                depends[option] = ids
        made.append(
            Covered(
                name=name, question=ambiguity.question, options=options, base=ambiguity.base,
                fixed=fixed.get(name), built_in=ambiguity.built_in, findings=depends,
                says=dict(ambiguity.options),
            )
        )  # fmt: skip
    return tuple(made)
