"""Findings as text and as JSON. Computes nothing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from govmodel.errors import Problem
from govmodel.model.checked import Checked
from govmodel.model.finding import LEVELS, Finding, Level
from govmodel.model.rules import Reading
from govmodel.report import forms
from govmodel.report.forms import WIDTH, Paint, no_paint, wrapped
from govmodel.words.text import capital

SCHEMA = 1
"""The version of the JSON shape."""
READINGS_SHOWN = 4


def as_json(models: Sequence[Checked], problems: Sequence[Problem] = ()) -> str:
    """One object for the whole call, stable and versioned; with the problems of files that cannot be used."""
    told = [{"place": str(p.mark), "code": p.code, "message": p.message, "help": p.help} for p in problems]
    return forms.as_json(SCHEMA, models=[m.to_dict() for m in models], problems=told)


def as_text(models: Sequence[Checked], paint: Paint = no_paint, width: int = WIDTH) -> str:
    """For people: what was found, worst first, then what was not decided and within what bounds."""
    return "\n".join(line for model in models for line in _model(model, paint, width)) + "\n"


def _model(model: Checked, paint: Paint, width: int) -> Iterable[str]:
    yield paint("strong", model.title)
    fixed = [f"{c.name} is {c.fixed}" for c in model.covered if c.fixed is not None]
    only = f", but only where {' and '.join(fixed)}" if fixed else ""
    about = (
        f"{model.path}, read under every combination of {_count(model)}{only}. "
        "The base reading takes the option of each that is marked so at the end."
    )
    yield from wrapped(about, width, "", paint, "quiet", then="  ")
    yield ""
    for finding in model.findings:
        yield from _finding(finding, paint, width, bool(fixed))
        yield ""
    yield from _summary(model, paint, width)


def _count(model: Checked) -> str:
    own = [c for c in model.covered if not c.built_in]
    if not own:
        return "the built-in readings; it has none of its own"
    return (
        f"its {len(own)} readings and of the built-in ones"
        if own[1:]
        else "its one reading and of the built-in ones"
    )


def _finding(finding: Finding, paint: Paint, width: int, fixed: bool) -> Iterable[str]:
    head = f"{finding.level} {finding.check}: {finding.name}"
    yield f"{paint(finding.level, head)}  {paint('quiet', str(finding.mark))}"
    yield from wrapped(capital(finding.message) + ".", width, "  ", paint, "strong")
    yield from _field("clauses", ", ".join(finding.clauses), width, paint)
    yield from _field("holds", readings_text(finding, fixed), width, paint)
    told = told_text(finding)
    if told:
        yield from _field("told", told, width, paint)
    for number, sentence in enumerate(finding.story, 1):
        yield from _field("story" if number == 1 else "", f"{number}. {sentence}", width, paint, hang=3)
    yield from _table(finding.evidence, paint)
    if finding.help:
        yield from _field("help", finding.help, width, paint)
    yield from _field("id", finding.id, 10_000, paint)


def told_text(finding: Finding) -> str:
    """In which reading the story is told, where that is not the base one."""
    told = told_where(finding)
    return "where " + " and ".join(f"{name} is {option}" for name, option in told.items()) if told else ""


def told_where(finding: Finding) -> Reading:
    """Of the readings in which a finding holds, the one in which its story is told; empty where that is the
    base reading, or the only one that was run."""
    if finding.in_base or finding.only_run or not finding.told_in:
        return {}
    partials = (r for r in finding.readings if all(finding.told_in.get(n) == o for n, o in r.items()))
    return next(partials, {})


def readings_text(finding: Finding, fixed: bool = False) -> str:
    """Under which readings a finding holds, in words. `fixed`: the user left some options only."""
    if finding.only_run:
        return "in the base reading; no other was run" if finding.in_base else "in the reading that was run"
    if not finding.readings:
        return "under all readings that are left" if fixed else "under all readings"
    start = (
        "in the base reading, and wherever " if finding.in_base else "not in the base reading; only where "
    )
    texts = [" and ".join(f"{name} is {option}" for name, option in r.items()) for r in finding.readings]
    if len(texts) > READINGS_SHOWN:
        start = "in the base reading" if finding.in_base else "not in the base reading"
        return f"{start}, and under {len(texts)} combinations of options (--format json lists them)"
    return start + "; or ".join(texts)


def _table(evidence: Any, paint: Paint) -> Iterable[str]:
    if "columns" not in evidence or "rows" not in evidence:
        return
    rows = [[_cell(c) for c in row] for row in evidence["rows"]]
    heads = [str(c) for c in evidence["columns"]]
    widths = [max(len(head), *(len(row[i]) for row in rows)) for i, head in enumerate(heads)]
    indent = "           "
    yield indent + paint("quiet", "  ".join(h.ljust(w) for h, w in zip(heads, widths, strict=True)).rstrip())
    for row in rows:
        yield indent + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()


def _cell(value: object) -> str:
    return "–" if value is None else str(value)


def _summary(model: Checked, paint: Paint, width: int) -> Iterable[str]:
    counts = ", ".join(_number(model, level) for level in LEVELS)
    asked = sum(model.asked.values())
    yield paint("strong", f"{counts}; {len(model.asked)} checks asked {asked} questions.")
    yield ""
    yield paint("strong", "Not decided")
    if not model.undecided:
        yield "  Every question that was asked was decided."
    if "practice" in model.bounds:
        yield "  Practice (GM7) was asked of one reading only: see the bounds."
    for undecided in model.undecided:
        yield from wrapped(
            f"{undecided.check} {undecided.subject}: {undecided.why}", width, "  ", paint, then="    "
        )
    yield from wrapped(f"Not asked: {model.bounds['not asked']}.", width, "  ", paint, then="    ")
    for why in sorted({why for _, why in model.not_encoded}):
        clauses = [clause for clause, reason in model.not_encoded if reason == why]
        yield from wrapped(f"Set aside as {why}: {', '.join(clauses)}.", width, "  ", paint, then="    ")
    yield ""
    yield paint("strong", "Readings covered")
    for covered in model.covered:
        if covered.built_in and not covered.findings and covered.fixed is None:
            continue
        fixed = f" (fixed: {covered.fixed})" if covered.fixed else ""
        options = ", ".join(f"{o}{' (base)' if o == covered.base else ''}" for o in covered.options)
        yield from wrapped(
            f"{covered.name}{fixed}: {covered.question} {options}", width, "  ", paint, then="    "
        )
        for option, ids in covered.findings.items():
            yield from wrapped(
                f"{option}: {', '.join(sorted(set(ids)))}", width, "      ", paint, "quiet", then="        "
            )
    rest = [c.name for c in model.covered if c.built_in and not c.findings and c.fixed is None]
    if rest:
        beside = ", but what is found of practice," if any(f.only_run for f in model.findings) else ""
        about = f"Built in, and nothing above{beside} depends on them: {', '.join(rest)}."
        yield from wrapped(about, width, "  ", paint, then="    ")
    yield ""
    yield paint("strong", "Bounds")
    for name in (n for n in model.bounds if n != "not asked"):
        yield from wrapped(f"{name}: {model.bounds[name]}.", width, "  ", paint, then="    ")
    yield f"  effort: {model.effort:,} for a call of the solver."
    for note in model.notes:
        yield paint("note", f"{note.mark}: note: {note.message} [{note.code}]")
        if note.help:
            yield f"    help: {note.help}"


def _number(model: Checked, level: Level) -> str:
    number = sum(f.level == level for f in model.findings)
    return f"{number} {level}{'' if number == 1 else 's'}"


def _field(name: str, text: str, width: int, paint: Paint, hang: int = 0) -> Iterable[str]:
    lines = textwrap.wrap(
        text, width=width - 11, subsequent_indent=" " * hang, break_long_words=False, break_on_hyphens=False
    )
    for i, line in enumerate(lines or [""]):
        yield f"  {paint('quiet', (name if i == 0 else '').ljust(8))} {line}"
