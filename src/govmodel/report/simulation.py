"""Simulations as text, JSON and CSV. Computes nothing."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from govmodel.model.record import Beside, BodyResult, DutyResult, Estimate, SimulationResult
from govmodel.report import forms
from govmodel.report.forms import many
from govmodel.report.stories import day_words
from govmodel.report.stories import story as story

SCHEMA = 1
"""The version of the JSON output."""


def as_json(result: SimulationResult) -> str:
    return forms.as_json(SCHEMA, models=[result.to_dict()])


def as_csv(result: SimulationResult) -> str:
    """One row for each figure of each body."""
    of_all = {
        "years": result.years,
        "replications": result.replications,
        "seed": result.seed,
        "from": result.first.isoformat(),
        "reading": " ".join(f"{name}={option}" for name, option in result.chosen.items()),
    }
    return forms.as_csv([{**row, **of_all} for row in result.rows()])


def as_text(result: SimulationResult) -> str:
    lines = [
        f"{result.model}: {result.title}",
        f"{many(result.years, 'year')} of meetings from {day_words(result.first)}, "
        f"{many(result.replications, 'replication')}, seed {result.seed}",
        *textwrap.wrap(f"scenario {result.scenario}: {result.scenario_about}", 100),
        _reading(result.chosen),
        "",
    ]
    for body in result.bodies:
        if not body.why_not:
            lines += [*_table(body), ""]
    if result.duties:
        lines += [*_duties(result.duties), ""]
    idle = [body for body in result.bodies if body.why_not]
    if idle:
        lines += ["These bodies of the text do not meet in this run:"]
        lines += [f"  {body.name}: {body.why_not}" for body in idle]
        lines += [""]
    if result.left_out:
        lines += ["The text says more than was run:"]
        for said in result.left_out:
            lines += textwrap.wrap(said, 110, initial_indent="  ", subsequent_indent="    ")
        lines += [""]
    if result.in_vain:
        lines += ["The scenario says what does not happen in this run:"]
        lines += [f"  {said}" for said in result.in_vain]
        lines += [""]
    lines += _intervals(result)
    lines += ["", f"Again: {_command(result)}"]
    if result.traced is not None:
        lines += ["", *story(result)]
    return "\n".join(lines) + "\n"


def _reading(chosen: Mapping[str, str]) -> str:
    if not chosen:
        return "read: every ambiguity in its base"
    told = ", ".join(f"{name} = {option}" for name, option in chosen.items())
    return f"read: {told}; every other ambiguity in its base"


def _command(result: SimulationResult) -> str:
    words = ["govmodel", "simulate", result.path or "MODEL", "--scenario", result.scenario_path]
    words += ["--years", str(result.years), "--replications", str(result.replications)]
    words += ["--seed", str(result.seed), "--from", result.first.isoformat()]
    for name, option in result.chosen.items():
        words += ["--reading", f"{name}={option}"]
    return " ".join(shlex.quote(word) for word in words)


# tables

LABELS = {
    "meetings": "meetings a year",
    "items raised": "items raised a year",
    "decisions": "decisions a year",
    "carried": "  carried",
    "lost": "  lost",
    "ties": "ties a year",
    "ties unbroken": "  that nobody breaks and no rule settles",
    "deferrals": "deferrals a year",
    "quorum lost on the way": "  for want of a quorum after withdrawals",
    "no rule to decide by": "  for want of a rule to decide by",
    "passed on": "items passed on a year",
    "settled elsewhere": "  settled elsewhere",
    "settled by nobody": "  settled by nobody",
    "time to decision": "TIME to a decision, from the day raised",
    "yearly papers": "papers due every year, a year",
    "yearly papers missed": "  not carried within their year",
    "offices to fill": "offices put to a meeting to fill, a year",
    "offices not filled": "  not filled at it",
    "office of chair vacant": "meetings with the office of chair vacant",
    "chair not there": "meetings without the chair in person",
    "nobody presides": "meetings with a quorum and nobody to preside",
    "asked to join": "organisations that ask to join, a year",
    "joined": "  that do",
    "absent in a row": "absences in a row that the text speaks of, a year",
    "absences acted on": "  that are acted on",
    "places lost by absence": "  by which a member loses the place",
    "called meetings": "meetings called for urgent business a year",
    "called and inquorate": "  of them inquorate",
    "empty places": "places that nobody holds, at a meeting",
    "meetings that go on": "meetings that go on another day, for want of a quorum, a year",
    "going on and inquorate": "  of them inquorate again",
    "decided in writing": "items decided in writing a year",
    "consent refused": "items carried and then refused consent a year",
    "opted out": "members opting out of what is carried a year",
    "still open at the end": "items still open at the end",
}

RARE = ("no rule to decide by",)
"""Not shown where there is nothing of them."""


def _table(body: BodyResult) -> Iterator[str]:
    exact = {beside.figure: beside for beside in body.beside}
    rows = [("", "simulated", "95 % interval", "exact")]
    flags = []
    for estimate in body.estimates:
        if estimate.figure in RARE and not estimate.value:
            continue
        beside = exact.get(estimate.figure)
        rows.append(
            (
                LABELS.get(estimate.figure, estimate.figure).replace("TIME", estimate.unit),
                figure_words(estimate.value, estimate.unit),
                _interval(estimate),
                figure_words(beside.exact, estimate.unit) if beside else "",
            )
        )
        if beside and not beside.agrees:
            flags += list(_disagreement(body.name, estimate, beside))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    yield f"{body.name}: {body.title}"
    for name, value, interval, other in rows:
        line = f"  {name:<{widths[0]}}  {value:>{widths[1]}}  {interval:>{widths[2]}}  {other:>{widths[3]}}"
        yield line.rstrip()
    if any(body.in_a_row.values()):
        told = " and ".join(f"{number}: {figure_words(p, 'share')}" for number, p in body.in_a_row.items())
        yield f"  meetings in a row without a quorum, at least once in the run, exact: {told}"
    if not body.has_quorum:
        yield "  the text states no quorum, so that no meeting lacks one"
    if body.not_compared:
        yield f"  no exact figure {body.not_compared}"
    yield from flags


def _duties(duties: Sequence[DutyResult]) -> Iterator[str]:
    """What falls due at regular times: a line for each, with the exact share that is done in time."""
    figures = ("falls due", "done in time", "done late", "not done", "how late")
    unit = next((e.unit for e in duties[0].estimates if e.figure == "how late"), "days")
    rows = [("What falls due", "clauses", "a year", "in time", "exact", "late", "not done", f"{unit} late")]
    flags = []
    for duty in duties:
        of = {e.figure: e for e in duty.estimates}
        exact = next((b for b in duty.beside if b.figure == "done in time"), None)
        said = [figure_words(of[name].value, of[name].unit) for name in figures]
        title = textwrap.shorten(duty.title, 60, placeholder=" …")
        clauses = textwrap.shorten(", ".join(duty.clauses), 16, placeholder=" …")
        share = figure_words(exact.exact, "share") if exact else ""
        rows.append((title, clauses, said[0], said[1], share, said[2], said[3], said[4]))
        if exact and not exact.agrees:
            flags += list(_disagreement(duty.name, of["done in time"], exact))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
        yield "  ".join((row[0].ljust(widths[0]), row[1].ljust(widths[1]), *cells))
    yield from flags


def _disagreement(name: str, estimate: Estimate, beside: Beside) -> Iterator[str]:
    yield (
        f"  DISAGREEMENT: the simulated and the exact share of {estimate.figure} of {name} are further"
        " apart than chance explains"
    )
    yield (
        f"  (so far apart at most once in {1 / beside.chance:.1g} runs)."
        if beside.chance
        else "  (they cannot both be right)."
    )
    yield "  One of the two is wrong. This is a defect of govmodel, not of your file; believe neither figure."


def figure_words(value: float | None, unit: str) -> str:
    """A figure as it is printed: `4.20 %`, `2.31`, `none`."""
    if value is None:
        return "none"
    if unit == "share":
        percent = 100 * value
        if percent == 0 or percent >= 0.1:
            return f"{percent:.2f} %"
        return f"{percent:.2g} %" if percent >= 1e-6 else f"{percent:.0e} %"
    if value == 0 or abs(value) >= 0.1:
        return f"{value:.2f}"
    return f"{value:.2g}"


def _interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return "none"
    return f"{figure_words(estimate.low, estimate.unit)} to {figure_words(estimate.high, estimate.unit)}"


def _intervals(result: SimulationResult) -> Iterator[str]:
    parts = (*(b.estimates for b in result.bodies), *(duty.estimates for duty in result.duties))
    methods = dict.fromkeys(e.method for some in parts for e in some)
    yield "Intervals: " + "; ".join(methods) + "."
    yield "Shares are of all meetings held and all items raised; figures a year are means over replications."
    yield f"An item is raised on the day of the meeting that first has it on its agenda. {result.calendar}."
