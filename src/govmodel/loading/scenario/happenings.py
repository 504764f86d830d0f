"""What may happen beside the meetings: yearly papers, urgent business, people who go, officers, mergers."""

from __future__ import annotations

from collections.abc import Mapping as Named
from datetime import date
from typing import TypedDict

from govmodel.loading.nodes import Node, Sequence, said
from govmodel.loading.scenario.shapes import Entries, ScenarioReader, date_of
from govmodel.model.scenario import (
    Absent,
    Duties,
    Join,
    Keeping,
    Merger,
    Officers,
    Papers,
    Terms,
    Turnover,
    Urgent,
)

HAPPENINGS = ("papers", "urgent", "turnover", "terms", "officers", "duties", "absences", "joining", "mergers")


class Happenings(TypedDict):
    papers: Papers | None
    urgent: Urgent | None
    turnover: Turnover | None
    terms: Terms | None
    officers: Officers | None
    duties: Duties | None
    absences: Absent | None
    joining: Join | None
    mergers: tuple[Merger, ...]


MOST_A_YEAR = 365
MOST_JOIN = 20


def happenings(reader: ScenarioReader, node: Named[str, Node]) -> Happenings:
    """What a file says of them. `none`, or nothing: it does not happen."""
    there = {name: node[name] for name in HAPPENINGS if name in node and not reader.none(node[name])}
    return Happenings(
        papers=_papers(reader, there["papers"]) if "papers" in there else None,
        urgent=_urgent(reader, there["urgent"]) if "urgent" in there else None,
        turnover=_turnover(reader, there["turnover"]) if "turnover" in there else None,
        terms=_terms(reader, there["terms"]) if "terms" in there else None,
        officers=_officers(reader, there["officers"]) if "officers" in there else None,
        duties=_duties(reader, there["duties"]) if "duties" in there else None,
        absences=_absences(reader, there["absences"]) if "absences" in there else None,
        joining=_joining(reader, there["joining"]) if "joining" in there else None,
        mergers=_mergers(reader, there["mergers"]) if "mergers" in there else (),
    )


def _papers(reader: ScenarioReader, node: Node) -> Papers | None:
    found = reader.block(node, "papers", ("ready",), (), ("papers",))
    ready = reader.chance(found["ready"][1]) if found and "ready" in found else None
    return Papers(ready=ready) if ready is not None else None


def _urgent(reader: ScenarioReader, node: Node) -> Urgent | None:
    keys = ("a-year", "called", "days")
    found = reader.block(node, "urgent", keys, (), ("urgent",))
    if found is None or set(keys) - set(found):
        return None
    a_year = reader.number(found["a-year"][1], "a number of items")
    if a_year is not None and a_year > MOST_A_YEAR:
        reader.problems.add(found["a-year"][1].mark, "too-many-items", "at most 365 a year can be run")
    called, days = reader.chance(found["called"][1]), reader.days(found["days"][1])
    if a_year is None or called is None or days is None:
        return None
    return Urgent(a_year=a_year, called=called, first=days[0], last=days[1])


def _turnover(reader: ScenarioReader, node: Node) -> Turnover | None:
    keys = ("leaves-a-year", "vacant-days", "notice-a-year")
    found = reader.block(node, "turnover", keys, (), ("turnover",))
    if found is None or set(keys) - set(found):
        return None
    leaves, notice = (reader.chance(found[key][1]) for key in ("leaves-a-year", "notice-a-year"))
    days = reader.days(found["vacant-days"][1])
    if leaves is None or notice is None or days is None:
        return None
    return Turnover(leaves_a_year=leaves, first=days[0], last=days[1], notice_a_year=notice)


def _terms(reader: ScenarioReader, node: Node) -> Terms | None:
    keys = ("renewed", "vacant-days")
    found = reader.block(node, "terms", keys, (), ("terms",))
    if found is None or set(keys) - set(found):
        return None
    renewed, days = reader.chance(found["renewed"][1]), reader.days(found["vacant-days"][1])
    return Terms(renewed=renewed, first=days[0], last=days[1]) if renewed is not None and days else None


def _officers(reader: ScenarioReader, node: Node) -> Officers | None:
    keys = ("again", "until-chosen", "vacancy")
    found = reader.block(node, "officers", keys, (), ("officers",))
    if found is None or set(keys) - set(found):
        return None
    again = reader.chance(found["again"][1])
    until = reader.word(found["until-chosen"][1], "until_chosen", ("stays", "vacant"))
    vacancy = reader.word(found["vacancy"][1], "vacancy", ("next-meeting", "end-of-term"))
    if again is None or until is None or vacancy is None:
        return None
    return Officers(again=again, stays=until == "stays", at_once=vacancy == "next-meeting")


def _absences(reader: ScenarioReader, node: Node) -> Absent | None:
    keys = ("acted-on", "also", "with-standin", "vacant-days")
    found = reader.block(node, "absences", keys, (), ("absences",))
    if found is None or set(keys) - set(found):
        return None
    acted_on, also = (reader.chance(found[key][1]) for key in ("acted-on", "also"))
    standin = reader.word(found["with-standin"][1], "with_standin", ("present", "absent"))
    days = reader.days(found["vacant-days"][1])
    if acted_on is None or also is None or standin is None or days is None:
        return None
    return Absent(
        also=also, acted_on=acted_on, first=days[0], last=days[1], standin_counts=standin == "present"
    )


def _joining(reader: ScenarioReader, node: Node) -> Join | None:
    keys = ("asks-a-year", "agreed", "most")
    found = reader.block(node, "joining", keys, (), ("joining",))
    if found is None or set(keys) - set(found):
        return None
    asks, agreed = (reader.chance(found[key][1]) for key in ("asks-a-year", "agreed"))
    most = reader.whole(found["most"][1], "a number of places")
    if most is not None and most > MOST_JOIN:
        reader.problems.add(found["most"][1].mark, "too-many-holders", f"at most {MOST_JOIN} may join")
        return None
    if asks is None or agreed is None or most is None:
        return None
    return Join(asks_a_year=asks, agreed=agreed, most=most)


def _duties(reader: ScenarioReader, node: Node) -> Duties | None:
    found = reader.block(node, "duties", ("default",), ("by-who",), ("duties",))
    if found is None or "default" not in found:
        return None
    default = _keeping(reader, found["default"][1], "default")
    allowed = reader.allowed("bodies", "offices", "parties", "classes")
    entries = reader.named(found, "by-who", "body, office, party or class", allowed, ("duties", "by_who"))
    own = {name: _keeping(reader, value, name) for name, (_, value) in entries.items()}
    if default is None:
        return None
    return Duties(default=default, by_who={name: keeping for name, keeping in own.items() if keeping})


def _keeping(reader: ScenarioReader, node: Node, name: str) -> Keeping | None:
    keys = ("kept", "late", "days")
    found = reader.block(node, f"duties of {name}", keys, (), ("duties", name))
    if found is None or set(keys) - set(found):
        return None
    kept, late = (reader.chance(found[key][1]) for key in ("kept", "late"))
    days = reader.days(found["days"][1])
    if kept is None or late is None or days is None:
        return None
    if kept + late > 1:
        reader.problems.add(found["late"][1].mark, "not-one", "kept and late together are more than 1")
        return None
    return Keeping(kept=kept, late=late, first=days[0], last=days[1])


def _mergers(reader: ScenarioReader, node: Node) -> tuple[Merger, ...]:
    if not isinstance(node, Sequence):
        reader.problems.add(
            node.mark, "not-a-list", f"a list of mergers is expected here; found {said(node)}"
        )
        return ()
    found: list[tuple[Merger, Node]] = []
    for number, item in enumerate(node.items):
        entries = reader.block(item, "a merger", ("on", "parties", "into"), (), ("mergers", str(number)))
        merger = _merger(reader, entries) if entries is not None else None
        if merger is not None:
            found.append((merger, item))
    _one_after_another(reader, found)
    return tuple(merger for merger, _ in found)


def _one_after_another(reader: ScenarioReader, mergers: list[tuple[Merger, Node]]) -> None:
    """Whoever has merged into another is no more: nobody merges into it, and it merges no second time."""
    gone: dict[str, Merger] = {}
    for merger, node in sorted(mergers, key=lambda one: one[0].on):
        for party in merger.parties:
            before = gone.setdefault(party, merger)
            if before is not merger:
                says = (
                    f"{party} is one with {before.into} from {before.on.isoformat()} on, and merges no more"
                )
                reader.problems.add(node.mark, "merged-already", says)
    for merger, node in mergers:
        before_it = gone.get(merger.into)
        if before_it is not None and before_it.on <= merger.on:
            says = (
                f"nobody can merge into {merger.into} on {merger.on.isoformat()}: it is one with "
                f"{before_it.into} from {before_it.on.isoformat()} on"
            )
            reader.problems.add(node.mark, "merged-already", says)


def _merger(reader: ScenarioReader, found: Entries) -> Merger | None:
    if {"on", "parties", "into"} - set(found):
        return None
    known = reader.allowed("parties")
    on, into = _day(reader, found["on"][1]), reader.name(found["into"][1], "party", known)
    listed = found["parties"][1]
    if not isinstance(listed, Sequence) or not listed.items:
        reader.problems.add(listed.mark, "not-a-list", "a list of parties is expected here")
        return None
    parties = [reader.name(item, "party", known) for item in listed.items]
    if on is None or into is None or None in parties:
        return None
    others = tuple(dict.fromkeys(p for p in parties if p and p != into))
    if not others:
        reader.problems.add(listed.mark, "merged-already", f"{into} cannot merge into itself")
        return None
    return Merger(on=on, parties=others, into=into)


def _day(reader: ScenarioReader, node: Node) -> date | None:
    found = date_of(node)
    if found is None:
        reader.problems.add(
            node.mark, "not-a-day", f"a day is expected here; found {said(node)}", "Write 2013-04-01."
        )
    return found
