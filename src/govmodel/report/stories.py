"""The records of one replication as dated sentences. Computes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from govmodel.model.record import Record, SimulationResult
from govmodel.model.vocabulary import MONTHS
from govmodel.report.forms import many


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
    raised = "" if facts["raised"] == record.day else f", raised on {day_words(facts['raised'])}"
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
            return f"given on {day_words(day)}."
        case "refuses":
            return f"refused on {day_words(day)}."
        case "no answer before the end":
            return "no answer before the end of the run."
        case _:
            raise ValueError(f"no answer is {answer!r}")


def _duty(record: Record) -> str:
    facts = record.facts
    done = f"done late, on {day_words(facts['on'])}" if facts["on"] else facts["done"]
    return f"Due by {day_words(record.day)}: {facts['duty']} ({', '.join(facts['clauses'])}): {done}."


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
            return f"settled on {day_words(day)}."
        case "not settled":
            return f"not settled by {day_words(day)}."
        case "on the agenda":
            return "on the agenda of its next meeting."
        case "no answer before the end":
            return "no answer before the end of the run."
        case _:
            raise ValueError(f"no answer is {answer!r}")


def _outcome(facts: Mapping[str, Any]) -> str:
    outcome = facts["outcome"]
    if outcome == "in writing":
        votes = f"{facts['votes_for']} for, {facts['votes_against']} against"
        until = f"by {day_words(facts['answered'])}"
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
        "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    )  # fmt: skip
    if number < len(words):
        return words[number]
    of_ten = {1: "st", 2: "nd", 3: "rd"} if number % 100 not in (11, 12, 13) else {}
    return f"{number}{of_ten.get(number % 10, 'th')}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(day: date) -> str:
    """A day in words, in English whatever the machine speaks."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _weekday(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day_words(day)}"
