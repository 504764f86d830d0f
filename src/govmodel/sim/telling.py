"""The records of one replication: who came, what was decided and how, where items went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from govmodel.model.record import Record
from govmodel.model.verdict import Gathering
from govmodel.model.vocabulary import STATUSES
from govmodel.semantics.counting import places
from govmodel.semantics.presiding import chain
from govmodel.sim.arrays import Small, Truths, Whole
from govmodel.sim.consents import More
from govmodel.sim.days import begins
from govmodel.sim.items import OUTCOMES, REFERRED, URGENT, WRITTEN, Block
from govmodel.sim.passing import Answer
from govmodel.sim.plan import BodyPlan, OfficerPlan, Plan
from govmodel.sim.randomness import BLOCK
from govmodel.sim.rooms import Rooms
from govmodel.sim.thresholds import Ballots

if TYPE_CHECKING:
    from govmodel.sim.agenda import Agenda
    from govmodel.sim.body import BodyRun
    from govmodel.sim.letters import Posted


def day_of(plan: Plan, tick: int) -> date:
    """The day of a tick of the clock."""
    return date.fromordinal(tick) if plan.unit == "day" else begins(plan.first, tick)


def _titled(body: BodyPlan, rows: npt.NDArray[Any]) -> list[str]:
    return [body.titles[i] for i in np.flatnonzero(rows)]


def _names(body: BodyPlan, rows: npt.NDArray[Any]) -> tuple[str, ...]:
    return tuple(body.places[i] for i in np.flatnonzero(rows))


def tell_meetings(block: Block, body: BodyPlan, rooms: Rooms) -> None:
    """A record of each of these meetings in the replication that is told."""
    if block.told is None:
        return
    for room in np.flatnonzero(rooms.rep(np.arange(len(rooms.tick))) == block.told):
        here, standin = rooms.here[:, room], rooms.standin[:, room]
        day = day_of(block.plan, int(rooms.tick[room]))
        empty = _empty(block.plan, body, day)
        if rooms.held is not None:
            empty |= ~rooms.held[:, room]
        own = np.ones(len(here), dtype=bool)
        if body.joining is not None and rooms.held is not None:
            own = rooms.held[:, room] | ~body.joining.places
            empty &= own
        block.records.append(
            Record(
                replication=block.number * BLOCK + block.told + 1,
                day=day,
                body=body.name,
                what="meeting",
                facts={
                    "body": body.title,
                    "places": int(own.sum()),
                    "present": int(here.sum()),
                    "counted": int(rooms.counted[:, room].sum()),
                    "absent": _titled(body, ~here & ~empty & own),
                    "vacant": _titled(body, empty),
                    "standing_in": _titled(body, standin),
                    "quorate": bool(rooms.quorate[room]),
                    "has_quorum_rule": bool(body.quorum),
                    "called": rooms.kind == "called",
                    "goes_on": rooms.kind == "resumed",
                    "late": [] if rooms.late is None else _titled(body, rooms.late[:, room]),
                    **_chair(block.plan, body, rooms, int(room)),
                },
                gathering=Gathering(
                    body=body.name, present=_names(body, here), standing_in=_names(body, standin)
                ),
            )
        )


def _empty(plan: Plan, body: BodyPlan, day: date) -> Truths:
    """The places that nobody holds on a day, whatever happens in a replication."""
    seats, vacant = places(body.rules), plan.scenario.vacant(day)
    merged = {party for merger in plan.scenario.mergers if merger.on <= day for party in merger.parties}
    return np.array(
        [
            place in body.vacant
            or f"{body.name}.{place.partition('#')[0]}" in vacant
            or seats[place].party in merged
            for place in body.places
        ],
        dtype=bool,
    )


def _chair(plan: Plan, body: BodyPlan, rooms: Rooms, room: int) -> dict[str, Any]:
    """Who holds the office of chair at a meeting; nothing, where no office presides."""
    office = plan.rules.offices.get(chain(body.rules)[0] or "")
    if office is None:
        return {}
    place = int(body.chair[int(rooms.number(np.array([room]))[0])])
    if body.offices is not None and body.offices.chair >= 0 and rooms.seats is not None:
        place = int(rooms.seats[body.offices.chair, room])
    if place >= 0 and rooms.held is not None and not rooms.held[place, room]:
        place = -1
    return {"office": office.title, "chair": body.titles[place] if place >= 0 else None}


def tell_items(
    run: BodyRun, agenda: Agenda, outcome: Small, result: Small, stays: Truths, ballots: Ballots | None,
    which: Whole | None, answers: dict[int, list[Answer]], more: More,
    again: Truths | None, by_post: Posted | None,
) -> None:  # fmt: skip
    """A record of each item on an agenda of the replication that is told."""
    block, body, rooms = run.block, run.body, agenda.rooms
    at = np.flatnonzero(agenda.rep(np.arange(len(agenda.room))) == block.told)
    items = agenda.take(at)
    for k, i in enumerate(at):
        room = int(agenda.room[i])
        matter = body.matters[items.matter[k]]
        facts: dict[str, Any] = {
            "body": body.title,
            "matter": matter.title,
            "serial": int(items.serial[k]),
            "kind": "paper" if matter.paper else "urgent" if items.serial[k] >= URGENT else "item",
            "raised": day_of(run.plan, int(items.raised[k])),
            "raised_at": run.plan.bodies[items.owner[k]].title,
            "outcome": OUTCOMES[outcome[i]],
            "result": OUTCOMES[result[i]],
            "open": bool(stays[i]),
            "deferred": int(
                items.deferred[k]
                + (stays[i] and outcome[i] != REFERRED and not (again is not None and again[i]))
            ),
            "passed_on": [
                {"to": to, "answer": answer, "day": day_of(run.plan, tick)}
                for to, answer, tick in answers.get(int(i), [])
            ],
        }
        if again is not None and again[i]:
            facts["goes_on"] = True
        if int(i) in more.answers:
            facts["consents"] = [
                {"of": of, "answer": answer, "day": day_of(run.plan, tick)}
                for of, answer, tick in more.answers[int(i)]
            ]
        if i in more.left:
            facts["opted_out"] = _titled(body, more.out[:, int(np.searchsorted(more.left, i))])
        gathering = None
        column = int(i) if which is None else int(np.searchsorted(which, i))
        heard = which is None or (column < len(which) and which[column] == i)
        if by_post is not None and outcome[i] == WRITTEN:
            facts |= _by_letter(run, by_post, int(i))
            place = int(np.searchsorted(by_post.at, i))
            said, gathering = _voted(body, matter.decided_as, by_post.rooms, place, by_post.ballots, place)
            facts, gathering = {**said, **facts}, replace(gathering, in_writing=True)
        elif heard and ballots is not None:
            said, gathering = _voted(body, matter.decided_as, rooms, room, ballots, column)
            facts |= said
        block.records.append(
            Record(
                replication=block.number * BLOCK + int(items.rep[k]) + 1,
                day=day_of(run.plan, int(rooms.tick[room])),
                body=body.name,
                what="referral" if outcome[i] == REFERRED else "item",
                facts=facts,
                gathering=gathering,
            )
        )


def tell_choice(
    run: BodyRun, officer: OfficerPlan, rooms: Rooms, room: Whole, who: Whole, won: Truths, outcome: Small,
    voted: Whole, ballots: Ballots | None,
) -> None:  # fmt: skip
    """A record of the choice of who holds an office, in the replication that is told. `voted`: on which of
    the choices there was a vote, in the order of the ballots."""
    block, body = run.block, run.body
    for k in np.flatnonzero(rooms.rep(room) == block.told):
        place = int(who[k])
        facts: dict[str, Any] = {
            "body": body.title,
            "office": officer.title,
            "put_up": body.titles[place] if place >= 0 else None,
            "chosen": bool(won[k]),
            "outcome": OUTCOMES[outcome[k]],
            "result": "carried" if won[k] else "lost",
            "open": False,
            "serial": 0,
        }
        gathering = None
        column = int(np.searchsorted(voted, k))
        if ballots is not None and column < len(voted) and voted[column] == k:
            said, gathering = _voted(body, officer.decided_as, rooms, int(room[k]), ballots, column)
            facts |= said
        block.records.append(
            Record(
                replication=block.number * BLOCK + int(rooms.rep(room[k])) + 1,
                day=day_of(run.plan, int(rooms.tick[room[k]])),
                body=body.name,
                what="office",
                facts=facts,
                gathering=gathering,
            )
        )


def _by_letter(run: BodyRun, by_post: Posted, item: int) -> dict[str, Any]:
    """What came of an item that was decided in writing, and when."""
    at = int(np.searchsorted(by_post.at, item))
    return {
        "result": OUTCOMES[by_post.result[at]],
        "answered": day_of(run.plan, int(by_post.ready[at])),
    }


def _voted(
    body: BodyPlan, matter: str, rooms: Rooms, room: int, votes: Ballots, column: int
) -> tuple[dict[str, Any], Gathering]:
    """How one item was voted on. Who presided is worked out for all items, if a story is told."""
    presider = int(votes.presider[column])
    here = votes.here[:, column]
    facts: dict[str, Any] = {
        "agreed": bool(votes.agreed[column]),
        "votes_for": int(votes.favour[column]),
        "votes_against": int(votes.contra[column]),
        "abstaining": int(votes.abstaining[:, column].sum()),
        "casting": int(votes.casting[column]),
        "presider": body.titles[presider] if presider >= 0 else None,
        "left": _titled(body, rooms.here[:, room] & ~here),
    }
    proxies: tuple[str, ...] = ()
    if votes.proxies is not None and votes.proxies[:, column].any():
        facts["by_proxy"] = _titled(body, votes.proxies[:, column])
        proxies = _names(body, votes.proxies[:, column])
    number = 1 if votes.number is None else int(votes.number[column])
    if number > 1:
        facts["round"] = number
    if votes.lifted is not None and votes.lifted[:, column].any():
        facts["lifted"] = _titled(body, votes.lifted[:, column])
    return facts, Gathering(
        body=body.name,
        present=_names(body, here),
        in_favour=_names(body, votes.for_[:, column]),
        against=_names(body, votes.against[:, column]),
        abstaining=_names(body, votes.abstaining[:, column]),
        barred=_names(body, votes.barred[:, column]),
        standing_in=_names(body, rooms.standin[:, room] & here),
        chair=STATUSES[votes.chair[column]],
        deputy=STATUSES[votes.deputy[column]],
        presider=body.places[presider] if presider >= 0 else None,
        matter=matter,
        by_proxy=proxies,
        election_round=number,
    )


ORDER = {"meeting": 0, "absence": 1, "joining": 2, "office": 3}
"""What is told first of a meeting."""


def in_order(plan: Plan, records: list[Record]) -> tuple[Record, ...]:
    """Records by day; on one day by body; of a meeting first, then of its offices,
    then of its items, the oldest first."""
    rank = {body.name: body.rank for body in plan.bodies}
    return tuple(
        sorted(
            records,
            key=lambda r: (
                r.day, rank.get(r.body, -1), ORDER.get(r.what, len(ORDER)), r.facts.get("raised", r.day),
                r.facts.get("raised_at", ""), r.facts.get("serial", 0),
            ),
        )
    )  # fmt: skip
