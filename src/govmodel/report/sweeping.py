"""Sweeps as text, JSON and CSV. Computes nothing."""

from __future__ import annotations

import textwrap

from govmodel.model.grid import SweepResult
from govmodel.report import forms
from govmodel.report.forms import many
from govmodel.report.simulation import figure_words

SCHEMA = 1
"""The version of the JSON output."""

SHOWN = (
    ("inquorate meetings", "inquorate"),
    ("decisions", "decisions"),
    ("ties unbroken", "open ties"),
    ("deferrals", "deferrals"),
    ("time to decision", "days"),
    ("still open at the end", "still open"),
)
"""The figures of the table, with their headings. CSV and JSON have all of them."""

WIDEST = 20
"""Longer values of what varies are told below the table."""

LEGEND = (
    "inquorate: share of meetings without a quorum; decisions, deferrals and open ties (that nobody breaks "
    "and no rule settles) a year; days: from an item's first meeting to its decision; still open: share of "
    "items at the end; = is exact, computed without sampling. Intervals and all other figures: --format "
    "csv, or the view results of"
)


def as_json(result: SweepResult) -> str:
    return forms.as_json(SCHEMA, sweep=result.to_dict())


def as_csv(result: SweepResult) -> str:
    """One row for each figure of each body in each cell."""
    return forms.as_csv(result.rows())


def _shortened(result: SweepResult) -> dict[tuple[str, str], str]:
    """Values that are too long for a column, by the place that varies, each with a number."""
    found: dict[tuple[str, str], str] = {}
    for place in result.varies:
        values = dict.fromkeys(cell.settings[place] for cell in result.cells)
        for number, words in enumerate(values, 1):
            if len(words) > WIDEST:
                found[place, words] = f"({number})"
    return found


def as_text(result: SweepResult) -> str:
    lines = [
        *textwrap.wrap(f"sweep {result.grid}: {result.about}", 100),
        f"{many(result.years, 'year')} of meetings, {many(result.replications, 'replication')}, "
        f"seed {result.seed}, {many(len(result.cells), 'cell')}",
        "",
    ]
    table = [("model", "scenario", *result.varies, "body", *(heading for _, heading in SHOWN))]
    short = _shortened(result)
    for cell in result.cells:
        by_body: dict[str, dict[str, str]] = {}
        for row in cell.figures:
            best = row["value"] if row["exact"] is None else row["exact"]
            sign = "" if row["exact"] is None else "="
            by_body.setdefault(row["body"], {})[row["figure"]] = sign + figure_words(best, row["unit"])
        settings = [short.get((place, cell.settings[place]), cell.settings[place]) for place in result.varies]
        for body, figures in by_body.items():
            shown = (figures.get(name, "") for name, _ in SHOWN)
            table.append((cell.model, cell.scenario, *settings, body, *shown))
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    left = len(table[0]) - len(SHOWN)
    for line in table:
        words = [
            f"{w:<{n}}" if i < left else f"{w:>{n}}"
            for i, (w, n) in enumerate(zip(line, widths, strict=True))
        ]
        lines.append("  ".join(words).rstrip())
    if short:
        lines += ["", *(f"  {place} {number}: {words}" for (place, words), number in short.items())]
    said = dict.fromkeys((cell.model, words) for cell in result.cells for words in cell.left_out)
    if said:
        lines += ["", "Of these runs must be known:", *(f"  {model}, {words}" for model, words in said)]
    lines += [
        f"DISAGREEMENT in {c.model}, {c.scenario}, {dict(c.settings)}" for c in result.cells if not c.agrees
    ]
    lines += ["", *textwrap.wrap(f"{LEGEND} {result.store}.", 100), result.calendar + "."]
    return "\n".join(lines) + "\n"
