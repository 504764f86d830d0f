"""Repairs as text and as JSON. Computes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from govmodel.model.edit import Correction, Redraft, Repair, Repaired
from govmodel.report import forms
from govmodel.report.findings import readings_text
from govmodel.report.forms import WIDTH, Paint, no_paint, wrapped
from govmodel.words.text import capital, listed

SCHEMA = 1


def as_json(models: list[Redraft]) -> str:
    """One object for the whole call, stable and versioned."""
    return forms.as_json(SCHEMA, models=[m.to_dict() for m in models])


def as_text(models: list[Redraft], paint: Paint = no_paint, width: int = WIDTH) -> str:
    """For people: each finding with the redrafts that remove it, the smallest first."""
    return "\n".join(line for model in models for line in _model(model, paint, width)) + "\n"


def _model(model: Redraft, paint: Paint, width: int) -> Iterator[str]:
    yield paint("strong", model.title)
    yield paint("quiet", model.path)
    yield ""
    if not model.findings:
        more = "" if not model.undecided else " Not every question was decided."
        yield f"Nothing was found, so there is nothing to repair.{more}"
        yield ""
    for found in model.findings:
        yield from _finding(found, paint, width, whole=not model.undecided)
        yield ""
    for each in model.corrections:
        if each.findings[1:] and each.sets:
            yield from _correction(each, paint, width)
            yield ""
    with_repair = sum(bool(f.repairs) for f in model.findings)
    if model.findings:
        total = len(model.findings)
        yield f"{with_repair} of {total} findings have a repair that was made and checked again."
    for line in model.undecided:
        yield from wrapped(f"Not decided before any edit: {line}", width, "  ")


def _finding(found: Repaired, paint: Paint, width: int, *, whole: bool) -> Iterator[str]:
    finding = found.finding
    yield paint(finding.level, f"{finding.level} {finding.check}: {finding.name}")
    yield from wrapped(capital(finding.message) + ".", width, "  ")
    yield from wrapped(f"It holds {readings_text(finding, False)}.", width, "  ")
    for number, repair in enumerate(found.repairs, 1):
        yield from _repair(number, repair, paint, width, whole=whole)
    if not found.repairs:
        tried = sum(found.failed.values())
        yield f"  No repair was found: {tried} tried." if tried else "  No usual remedy is known for it."
    for why, times in found.failed.items():
        yield from wrapped(f"Tried in vain ({times}): {why}.", width, "  ")
    yield paint("quiet", f"  {finding.id}")


def _correction(each: Correction, paint: Paint, width: int) -> Iterator[str]:
    """Which clauses to change where several clashes share them."""
    yield paint("strong", f"{len(each.findings)} clashes that share clauses")
    for finding in each.findings:
        yield f"  {finding}"
    ways = "; or ".join(listed(clauses) for clauses in each.sets)
    more = "" if each.complete else " There may be other ways."
    yield from wrapped(f"None of them is left once these clauses are redrafted: {ways}.{more}", width, "  ")


def _repair(number: int, repair: Repair, paint: Paint, width: int, *, whole: bool) -> Iterator[str]:
    """`whole`: every question about the model as it stands was decided."""
    yield paint("strong", f"  {number}. {repair.edit.remedy}")
    yield from wrapped(repair.edit.says, width, "     ")
    yield from wrapped(f"In the model: {repair.edit.model}.", width, "     ")
    gone = ", ".join(dict.fromkeys(f"{f.check} ({', '.join(f.clauses)})" for f in repair.goes))
    yield from wrapped(f"Gone with it: {gone}.", width, "     ")
    for words, findings in (("New", repair.comes), ("Worse", repair.worsens)):
        if findings:
            told = ", ".join(f"{f.level} {f.check} ({', '.join(f.clauses)})" for f in findings)
            yield from wrapped(f"{words} with it: {told}.", width, "     ")
    if not (repair.comes or repair.worsens):
        yield "     Nothing new comes with it" + ("." if whole else " in what is decided.")
    for change in repair.changes:
        yield from wrapped(change, width, "     ")
