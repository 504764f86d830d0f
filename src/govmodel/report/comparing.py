"""Scorecards as text, JSON and CSV. Computes nothing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from govmodel.model.scorecard import Score, Scorecard
from govmodel.report import forms
from govmodel.report.forms import many
from govmodel.report.simulation import figure_words

SCHEMA = 1
"""The version of the JSON output."""


def as_json(card: Scorecard) -> str:
    return forms.as_json(SCHEMA, scorecard=card.to_dict())


def as_csv(card: Scorecard) -> str:
    return forms.as_csv(card.rows())


def as_text(card: Scorecard) -> str:
    """Three tables: the texts, their bodies, and practice under each scenario."""
    lines = [f"{name}: {title}" for name, title in card.titles.items()]
    if whole := [s for s in card.scores if not s.body]:
        lines += ["", *_table(whole, by_body=False)]
    if bodies := [s for s in card.scores if s.body and not s.scenario]:
        lines += ["", *_table(bodies, by_body=True)]
    for name, about in card.scenarios.items():
        own = [s for s in card.scores if s.scenario == name]
        lines += ["", *textwrap.wrap(f"scenario {name}: {about}", 100), *_table(own, by_body=True)]
    if card.scenarios:
        run = f"{many(card.years, 'year')}, {many(card.replications, 'replication')}, seed {card.seed}"
        lines += ["", f"{run}; figures a year, and days; exact where there is an exact figure (=)."]
    notes = dict.fromkeys(f"{s.model}, {s.body}, {s.measure}: {s.words}" for s in card.scores if s.words)
    lines += ["", *notes] if notes else []
    lines += ["", "Every text is read in its base reading."]
    return "\n".join(lines) + "\n"


def _table(scores: list[Score], by_body: bool) -> Iterator[str]:
    """Measures as rows; models, or their bodies, as columns."""
    columns = list(dict.fromkeys((s.model, s.body) for s in scores))
    cells = {(s.measure, s.model, s.body): _cell(s) for s in scores}
    rows = [("", *((body if by_body else model) for model, body in columns))]
    if by_body:
        rows.insert(0, ("", *(model for model, _ in columns)))
    for measure in dict.fromkeys(s.measure for s in scores):
        rows.append((measure, *(cells.get((measure, *column), "") for column in columns)))
    widths = [max(len(row[n]) for row in rows) for n in range(len(columns) + 1)]
    for name, *values in rows:
        shown = "  ".join(f"{value:>{width}}" for value, width in zip(values, widths[1:], strict=True))
        yield f"{name:<{widths[0]}}  {shown}".rstrip()


def _cell(score: Score) -> str:
    if score.value is None:
        return "-"
    if score.unit == "number":
        return f"{score.value:g}"
    if score.exact is not None:
        return f"={figure_words(score.exact, score.unit)}"
    return figure_words(score.value, score.unit)
