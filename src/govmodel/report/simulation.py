"""Simulations as text, JSON and CSV. Computes nothing."""

from __future__ import annotations

import csv
import io
import json
import shlex
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from govmodel.model.record import Beside, BodyResult, DutyResult, Estimate, Record, SimulationResult

SCHEMA = 1
"""The version of the JSON output."""


def as_json(result: SimulationResult) -> str:
    whole = {"govmodel": version_words(), "schema": SCHEMA, "models": [result.to_dict()]}
    return json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def version_words() -> str:
    try:
        return version("govmodel")
    except PackageNotFoundError:
        return "not installed"


def as_csv(result: SimulationResult) -> str:
    """One row for each figure of each body."""
    of_all = {
        "years": result.years,
        "replications": result.replications,
        "seed": result.seed,
        "from": result.first.isoformat(),
        "reading": " ".join(f"{name}={option}" for name, option in result.chosen.items()),
    }
    rows = [{**row, **of_all} for row in result.rows()]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else ["model"], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: "" if value is None else value for key, value in row.items()})
    return out.getvalue()


def as_text(result: SimulationResult) -> str:
    lines = [
        f"{result.model}: {result.title}",
        f"{many(result.years, 'year')} of meetings from {_day(result.first)}, "
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


# stories


def story(result: SimulationResult) -> Iterator[str]:
    """The records of one replication, as dated sentences."""
    yield f"Replication {result.traced} of {result.replications}, meeting by meeting:"
    chairs: dict[str, str | None] = {}
    filled = {(r.day, r.body, r.facts["office"]) for r in result.records if r.what == "office"}
    for record in result.records:
        if record.what == "meeting":
            yield ""
            yield from _meeting(record)
            if "chair" in record.facts:
                office, chair = record.facts["office"], record.facts["chair"]
                if chairs.get(record.body, "") != chair and (record.day, record.body, office) not in filled:
                    holds = f"held by {chair}" if chair else "vacant"
                    yield f"  The office of {office} is {holds}."
                chairs[record.body] = chair
        elif record.what == "duty":
            yield ""
            yield _duty(record)
        elif record.what == "joining":
            done = "joins, and sits from the next meeting on" if record.facts["joins"] else "is not let in"
            yield f"  An organisation asks to join, and {done} ({', '.join(record.facts['clauses'])})."
        elif record.what == "absence":
            facts = record.facts
            cited = ", ".join(facts["clauses"])
            yield f"  {facts['who']} was absent {facts['times']} times in a row: {facts['then']} ({cited})."
        elif record.what == "office":
            yield f"  {record.facts['office']}: {_choice(record.facts)}"
        else:
            yield from _item(record)


def _meets(facts: Mapping[str, Any]) -> str:
    if facts.get("goes_on"):
        return "meets again, as there was no quorum"
    return "meets, called for urgent business" if facts.get("called") else "meets"


def _meeting(record: Record) -> Iterator[str]:
    facts = record.facts
    yield f"{_weekday(record.day)}: {facts['body']} {_meets(facts)}."
    there = f"  {facts['present']} of {facts['places']} places are filled"
    if facts["standing_in"]:
        there += f", by stand-ins for {_listed(facts['standing_in'])}"
    yield there + "."
    if facts["vacant"]:
        yield f"  Nobody holds the place of {_listed(facts['vacant'])}."
    if facts["absent"]:
        yield f"  Nobody comes for {_listed(facts['absent'])}."
    if facts.get("late"):
        yield f"  While it waits for a quorum, {_listed(facts['late'])} {_comes(facts['late'])}."
    if facts["has_quorum_rule"]:
        counted = "" if facts["counted"] == facts["present"] else f" {facts['counted']} count towards it."
        yield f"  There is {'a' if facts['quorate'] else 'no'} quorum.{counted}"


def _comes(who: Sequence[str]) -> str:
    return "comes" if len(who) == 1 else "come"


def _item(record: Record) -> Iterator[str]:
    facts = record.facts
    raised = "" if facts["raised"] == record.day else f", raised on {_day(facts['raised'])}"
    named = {"paper": "The paper due this year", "urgent": "Urgent item"}
    title = named.get(facts["kind"], f"Item {facts['serial']}")
    name = f"  {title} ({facts['matter']}{raised})"
    yield f"{name}: {_outcome(facts)}"
    if facts.get("lifted"):
        yield f"    the bar is lifted for {_listed(facts['lifted'])}."
    if facts.get("by_proxy"):
        verb = "votes" if len(facts["by_proxy"]) == 1 else "vote"
        yield f"    {_listed(facts['by_proxy'])} {verb} by proxy."
    if facts.get("opted_out"):
        verb = "opts" if len(facts["opted_out"]) == 1 else "opt"
        yield f"    {_listed(facts['opted_out'])} {verb} out of it."
    for one in facts.get("consents", ()):
        yield f"    consent is asked of {one['of']}: {_consent(one['answer'], one['day'])}"
    for step in facts["passed_on"]:
        yield f"    passed on to {step['to']}: {_answer(step['answer'], step['day'])}"


def _consent(answer: str, day: date) -> str:
    match answer:
        case "consents":
            return f"given on {_day(day)}."
        case "refuses":
            return f"refused on {_day(day)}."
        case _:
            return "no answer before the end of the run."


def _duty(record: Record) -> str:
    facts = record.facts
    done = f"done late, on {_day(facts['on'])}" if facts["on"] else facts["done"]
    return f"Due by {_day(record.day)}: {facts['duty']} ({', '.join(facts['clauses'])}): {done}."


def _choice(facts: Mapping[str, Any]) -> str:
    if facts["put_up"] is None:
        return "nobody can be put up for the office."
    if facts["outcome"] == "inquorate":
        return "nobody is chosen, for want of a quorum."
    won = "and is chosen" if facts["chosen"] else "and is not chosen"
    return f"{facts['put_up']} is put up, {won}. Of the vote: {_outcome(facts)}"


def _answer(answer: str, day: date) -> str:
    match answer:
        case "settled":
            return f"settled on {_day(day)}."
        case "not settled":
            return f"not settled by {_day(day)}."
        case "on the agenda":
            return "on the agenda of its next meeting."
        case _:
            return "no answer before the end of the run."


def _outcome(facts: Mapping[str, Any]) -> str:
    outcome = facts["outcome"]
    if outcome == "in writing":
        votes = f"{facts['votes_for']} for, {facts['votes_against']} against"
        until = f"by {_day(facts['answered'])}"
        return f"in writing, {until}: {votes}: {facts['result']}{_waits(facts)}."
    if outcome == "referred":
        return "not for this body to decide."
    if outcome == "inquorate":
        return f"not heard, for want of a quorum{_waits(facts)}."
    left = f" {_listed(facts['left'])} left the room, having an interest." if facts["left"] else ""
    if outcome == "quorum lost":
        return f"too few were left to decide it{_waits(facts)}.{left}"
    votes = f"{facts['votes_for']} for, {facts['votes_against']} against"
    if facts["abstaining"]:
        votes += f", {facts['abstaining']} abstaining"
    if facts.get("round", 1) > 1:
        votes = f"in the {_ordinal(facts['round'])} round {votes}"
    if outcome == "no rule":
        return f"{votes}; the text has no rule to decide by{_waits(facts)}.{left}"
    if outcome == "tied":
        after = facts["result"] if not facts["open"] else "undecided"
        casting = (
            f"{facts['presider']} presides and gives no casting vote"
            if facts["presider"]
            else "nobody presides, so that there is no casting vote"
        )
        return f"{votes}; {casting}: {after}{_waits(facts)}.{left}"
    if facts["casting"]:
        way = "for" if facts["casting"] > 0 else "against"
        return f"{votes}; {facts['presider']} presides and casts {way}: {outcome}{_waits(facts)}.{left}"
    if outcome == "carried" and not facts["votes_against"] and not facts["abstaining"]:
        return f"carried by {many(facts['votes_for'], 'vote')}, nobody against.{left}"
    return f"{votes}: {outcome}{_waits(facts)}.{left}"


def _waits(facts: Mapping[str, Any]) -> str:
    if not facts["open"]:
        return ""
    if facts.get("goes_on"):
        return "; it is heard when the meeting goes on"
    if facts["passed_on"]:
        return f", for the {_ordinal(facts['deferred'])} time, and passed on"
    return f"; deferred for the {_ordinal(facts['deferred'])} time"


# words


def _ordinal(number: int) -> str:
    words = (
        "",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    )
    return words[number] if number < len(words) else f"{number}th"


def many(number: int, word: str) -> str:
    return f"{number:,} {word}" + ("" if number == 1 else "s")


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


MONTHS = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _day(day: date) -> str:
    """A day in words, in English whatever the machine speaks."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def _weekday(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {_day(day)}"
