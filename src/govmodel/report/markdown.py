"""Markdown: what several pages share, and the page of findings. Computes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govmodel.model.checked import Checked, Covered
from govmodel.model.finding import LEVELS, Finding, Undecided
from govmodel.report.findings import told_where
from govmodel.words.text import capital, some

MOST_READINGS = 12
"""Combinations of options that a finding lists; beyond, they are counted."""
MEANING = {
    "error": "a named body cannot act, or a rule cannot be kept",
    "warning": "it can go wrong, or an error under some readings",
    "note": "worth knowing",
}


def escaped(text: str) -> str:
    """Text that Markdown prints as it is, on one line."""
    text = " ".join(text.split())
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", text)


def line_of(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def heads_of(cells: Sequence[str]) -> Iterator[str]:
    """The head of a table."""
    yield line_of([cell or " " for cell in cells])
    yield f"|{' --- |' * len(cells)}"


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def as_markdown(models: Sequence[Checked]) -> str:
    """The findings as a page that a governance reviewer can read, one model after the other."""
    return "\n\n".join("\n".join(_model(model)) for model in models) + "\n"


def _model(model: Checked) -> Iterator[str]:
    own = [c for c in model.covered if not c.built_in]
    fixed = [f"{c.name} is {c.fixed}" for c in model.covered if c.fixed is not None]
    yield f"# Findings: {escaped(model.title)}"
    yield ""
    only = f", but only where {' and '.join(map(escaped, fixed))}" if fixed else ""
    covered = "[readings](#readings-covered) that are built in"
    if own:
        covered = f"[{some(len(own), 'reading')}](#readings-covered) of the text and of the built-in ones"
    yield (
        f"What govmodel finds in the model `{model.path}`, under every combination of the "
        f"{covered}{only}. A finding is about the text as it is encoded there: read the clause before you "
        "act on it."
    )
    yield ""
    yield from heads_of(("level", "findings", "meaning"))
    for level in LEVELS:
        yield line_of((level, str(sum(f.level == level for f in model.findings)), MEANING[level]))
    yield from ("", "## All findings", "")
    if model.findings:
        yield from heads_of(("", "level", "what", "clauses", "holds"))
    for number, finding in enumerate(model.findings, 1):
        link = f"[{number}](#{slug(_heading(number, finding))})"
        holds = _contested(finding) if finding.readings else "under all readings"
        if finding.only_run:
            holds = "in the reading that was run"
        clauses = escaped(", ".join(finding.clauses))
        yield line_of((link, finding.level, f"{escaped(capital(finding.message))}.", clauses, holds))
    if not model.findings:
        yield "There are none."
    for number, finding in enumerate(model.findings, 1):
        yield from ("", f"## {_heading(number, finding)}", "")
        yield from _finding(model, finding)
    yield from _not_decided(model)
    yield from _readings(model)
    yield from _bounds(model)


def _heading(number: int, finding: Finding) -> str:
    return f"{number}. {capital(finding.name)} ({finding.check}, {finding.level})"


def _contested(finding: Finding) -> str:
    return "under some readings" if finding.in_base else "not in the base reading"


def _finding(model: Checked, finding: Finding) -> Iterator[str]:
    yield f"**{escaped(capital(finding.message))}.**"
    yield ""
    yield "Clauses:"
    yield ""
    for ref in finding.clauses:
        says = model.index.get(ref, "")
        yield f"- **{escaped(ref)}**{': ' + escaped(says) if says else ''}"
    yield ""
    yield from _holds(model, finding)
    if finding.story:
        told = _told(finding)
        yield from ("", f"How it happens{told}:", "")
        yield from (f"{number}. {escaped(sentence)}" for number, sentence in enumerate(finding.story, 1))
    yield from _table(finding.evidence)
    if finding.help:
        yield from ("", f"What would help: {escaped(finding.help)}")
    yield from ("", f"Reference: `{finding.id}`")


def _holds(model: Checked, finding: Finding) -> Iterator[str]:
    if finding.only_run:
        where = "base reading" if finding.in_base else "reading that was run"
        yield f"It holds in the {where}; no other was run."
        return
    if not finding.readings:
        yield "It holds under all readings."
        return
    start = (
        "It holds in the base reading, and wherever" if finding.in_base
        else "It does not hold in the base reading, but it does where"
    )  # fmt: skip
    if len(finding.readings) == 1:
        yield f"{start} {_options(model, finding.readings[0])}."
        return
    yield f"{start} one of these is so:"
    yield ""
    for partial in finding.readings[:MOST_READINGS]:
        yield f"- {_options(model, partial)}"
    if len(finding.readings) > MOST_READINGS:
        yield f"- and {len(finding.readings) - MOST_READINGS} more combinations of options"


def _options(model: Checked, partial: Mapping[str, str]) -> str:
    """Options of readings in words."""
    covered = {c.name: c for c in model.covered}
    said = []
    for name, option in partial.items():
        words = covered[name].says.get(option, "") if name in covered else ""
        said.append(f"`{name}` is `{option}`{f' ({escaped(words.rstrip(chr(46)))})' if words else ''}")
    return " and ".join(said)


def _told(finding: Finding) -> str:
    options = " and ".join(f"`{name}` is `{option}`" for name, option in told_where(finding).items())
    return f", told where {options}" if options else ""


def _table(evidence: Mapping[str, Any]) -> Iterator[str]:
    if "columns" in evidence and "rows" in evidence:
        yield ""
        yield from heads_of([escaped(str(column)) for column in evidence["columns"]])
        for cells in evidence["rows"]:
            yield line_of(["–" if cell is None else escaped(str(cell)) for cell in cells])


def _not_decided(model: Checked) -> Iterator[str]:
    yield from ("", "## Not decided", "")
    if not model.undecided:
        yield "Every question that was asked was decided."
    grouped: dict[tuple[str, str], list[Undecided]] = {}
    for undecided in model.undecided:
        grouped.setdefault((undecided.check, undecided.why), []).append(undecided)
    for (check, why), those in grouped.items():
        subjects = ", ".join(escaped(u.subject) for u in those)
        yield f"- {check}, {subjects}: {escaped(why)}"
    yield from ("", f"Not asked: {escaped(model.bounds['not asked'])}.")
    for why in sorted({why for _, why in model.not_encoded}):
        clauses = ", ".join(escaped(clause) for clause, reason in model.not_encoded if reason == why)
        yield from ("", f"Nothing rests on these clauses, which are set aside as {escaped(why)}: {clauses}.")


def _readings(model: Checked) -> Iterator[str]:
    numbers = {f.id: number for number, f in enumerate(model.findings, 1)}
    headings = {f.id: _heading(numbers[f.id], f) for f in model.findings}
    yield from ("", "## Readings covered", "")
    shown = [c for c in model.covered if not c.built_in or c.findings or c.fixed is not None]
    if shown:
        yield from heads_of(("reading", "question", "answers", "findings that depend on it"))
    for covered in shown:
        ids = dict.fromkeys(id for those in covered.findings.values() for id in those)
        links = ", ".join(f"[{numbers[id]}](#{slug(headings[id])})" for id in ids if id in numbers)
        fixed = f" (fixed: {covered.fixed})" if covered.fixed else ""
        yield line_of(
            (f"`{covered.name}`{fixed}", escaped(covered.question), _answers(covered), links or "none")
        )
    rest = [f"`{c.name}`" for c in model.covered if c not in shown]
    if rest:
        yield from ("", f"Built in, and nothing above depends on them: {', '.join(rest)}.")


def _answers(covered: Covered) -> str:
    said = []
    for option in covered.options:
        words = covered.says.get(option, "")
        base = " **(base)**" if option == covered.base else ""
        said.append(f"`{option}`{base}{': ' + escaped(words) if words else ''}")
    return "<br>".join(said)


def _bounds(model: Checked) -> Iterator[str]:
    yield from ("", "## Bounds", "")
    for name in (n for n in model.bounds if n != "not asked"):
        yield f"- {escaped(name)}: {escaped(model.bounds[name])}."
    yield f"- effort: {model.effort:,} for a call of the solver."
    for note in model.notes:
        yield f"- note: {escaped(note.message)}."
