"""Fitted parameters as a scenario file, and as text. Computes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from govmodel.model.fitted import Fitted, Parameter
from govmodel.report.forms import many

UNEVEN = 1.5
"""From here on, meetings vary so much that independent members do not explain it."""


def as_scenario(fitted: Fitted, like: str) -> str:
    """A scenario file: the parameters, laid over the scenario of another file (empty: of none yet)."""
    days = f"{fitted.first.isoformat()} to {fitted.last.isoformat()}"
    lines = [
        f"# From {many(fitted.meetings, 'meeting')}, {days}. Each value is what was counted;",
        f"# beside it the {_percent(fitted)} interval ({_method(fitted)}).",
        'govmodel: "1"',
        f"scenario: fitted to minutes of {fitted.model}",
        "about: >-",
        f"  Who comes is as the minutes of {many(fitted.meetings, 'meeting')} have it, {days};",
        "  everything else is assumed.",
        f"like: {_quoted(like)}" if like else "# like: the scenario that says everything else",
    ]
    for heading in ("attendance", "standins"):
        own = [p for p in fitted.parameters if p.heading == heading and p.written]
        if not own:
            continue
        lines.append(f"{heading}:")
        level = None
        for p in own:
            if p.level and p.level != level:
                lines.append(f"  {p.level}:")
            level = p.level
            indent, name = ("    ", p.name) if p.level else ("  ", "default")
            lines.append(f"{indent}{name}: {_value(p)} # {_behind(p)}")
    return "\n".join(lines) + "\n"


def as_text(fitted: Fitted) -> str:
    """What was fitted, as a table in words."""
    return "\n".join(_lines(fitted)) + "\n"


def _lines(fitted: Fitted) -> Iterator[str]:
    days = f"{fitted.first.isoformat()} to {fitted.last.isoformat()}"
    yield f"{fitted.model}: {many(fitted.meetings, 'meeting')}, {days}, in {fitted.table}"
    rows = [("", "share", f"{_percent(fitted)} interval", "of")]
    for p in fitted.parameters:
        name = f"{p.heading}: {p.name or 'all'}"
        beside = "" if p.written else "  too few to stand alone"
        rows.append((name, f"{float(p.value):.3f}", f"{p.low:.3f} to {p.high:.3f}", f"{p.asked}{beside}"))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for name, value, interval, of in rows:
        yield f"  {name:<{widths[0]}}  {value:>{widths[1]}}  {interval:>{widths[2]}}  {of}".rstrip()
    if fitted.vacant:
        yield f"  {fitted.vacant} times a place was vacant, which counts for nothing."
    if fitted.spread is not None:
        yield f"  The number who come varies {fitted.spread:.2f} times as much as if each came independently."
        if fitted.spread >= UNEVEN:
            yield "  Some meetings are bad for many at once: consider bad_meetings in the scenario."
    yield f"Intervals: {_method(fitted)}."


def _method(fitted: Fitted) -> str:
    return "; ".join(dict.fromkeys(p.method for p in fitted.parameters))


def _percent(fitted: Fitted) -> str:
    return f"{100 * fitted.parameters[0].confidence:g} %"


def _behind(p: Parameter) -> str:
    return f"{p.happened} of {p.asked}; {p.low:.2f} to {p.high:.2f}"


def _value(p: Parameter) -> str:
    return f"{p.happened}/{p.asked}" if p.happened not in (0, p.asked) else str(p.happened // p.asked)


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
