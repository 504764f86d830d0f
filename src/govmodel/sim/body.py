"""One body in a block of replications: its meetings of a window, its new items, and those that wait.

Items do not depend on one another: what becomes of one depends on who is there and on its own draws. So
all new items of many meetings are heard in one step, then in a second one all that were deferred by the
first, and so on, until none is due before the end of the window.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import assert_never

import numpy as np

from govmodel.sim.agenda import Agenda
from govmodel.sim.arrays import Small, Truths, Whole
from govmodel.sim.called import call
from govmodel.sim.changing import changing
from govmodel.sim.consents import More, opt_out, seek
from govmodel.sim.drawing import Again, Fresh
from govmodel.sim.hearing import Hearing
from govmodel.sim.items import (
    CARRIED,
    COLUMN,
    INQUORATE,
    LOST,
    NO_RULE,
    PAPERS,
    QUORUM_LOST,
    REFERRED,
    TIED,
    WRITTEN,
    Block,
    Items,
)
from govmodel.sim.letters import decide, posted
from govmodel.sim.officers import Officers, count_presiding
from govmodel.sim.owing import at_meetings
from govmodel.sim.passing import Answer, pass_on
from govmodel.sim.plan import BodyPlan
from govmodel.sim.randomness import BLOCK, Limit, chosen, mixed, threshold, thresholds
from govmodel.sim.resuming import adjourned, hear_again, open_again
from govmodel.sim.rooms import Rooms, gather
from govmodel.sim.telling import tell_items, tell_meetings
from govmodel.sim.thresholds import Ballots
from govmodel.sim.turnover import Holding, held

BATCH = 1 << 16
"""About so many items of a full block are heard in one step: more are no faster."""

MOST = 0.7
"""Where more than this share of items is heard, all are put to the vote, and what comes of the others is
left aside: that is quicker than to pick."""

HALF = Limit.of(1 << 30)


class BodyRun:
    """A body in one block of replications."""

    def __init__(self, block: Block, body: BodyPlan) -> None:
        self.block, self.plan, self.body = block, block.plan, body
        self.hearing = Hearing(self.plan, body)
        self.hearings = tuple(Hearing(self.plan, resumed.body) for resumed in body.resumed)
        self.by_letter = Hearing(self.plan, body.letters.body) if body.letters is not None else None
        self.went_on = np.zeros(0, dtype=bool)
        self.key = block.streams.key((body.name, "item"), block.number)
        self.waiting = Items.none()
        self.inbox: list[Items] = []
        self.rooms: Rooms | None = None
        self.holding = Holding.at_first(body, block.size)
        self.keeps = at_meetings(block.plan.duties, body.number)
        self.quorate: list[Truths] = []
        self.changing = changing(block, body)
        self.officers = Officers(self, body.offices) if body.offices is not None else None
        matters = body.matters
        self.settle = np.array([m.settle for m in matters], dtype=bool)
        self.referred = np.array([m.referred for m in matters], dtype=bool)
        self.powerless = np.array([m.powerless for m in matters], dtype=bool)
        self.passes_on = np.array([any(steps for _, steps in m.chains) for m in matters], dtype=bool)
        self.asks = np.array([bool(m.givers) for m in matters], dtype=bool)
        self.opts_out = np.array([any(m.opts_out) for m in matters], dtype=bool)
        self.needs_more = bool(self.asks.any() or self.opts_out.any())
        self.shares = thresholds(tuple(body.agenda.matters.values()))
        self.share_matter = np.array(
            [self.plan.matters.index(name) for name in body.agenda.matters], dtype=np.int64
        )

    def count_new(self, figure: str, agenda: Agenda, which: Truths) -> None:
        """Count some of the new items on an agenda, which are in the order of their rooms."""
        if agenda.begins is None:
            return
        so_far = np.zeros(len(which) + 1, dtype=np.int32)
        np.cumsum(which, out=so_far[1:])
        ends = np.append(agenda.begins, len(which))
        each = np.diff(so_far.take(ends)).reshape(-1, self.block.size)
        self.block.tallies[self.body.number, COLUMN[figure]] += each.sum(axis=0)

    def count(self, figure: str, rep: Whole) -> None:
        """Count something once for each of these replications."""
        if len(rep):
            self.block.tallies[self.body.number, COLUMN[figure]] += np.bincount(
                rep, minlength=self.block.size
            )

    def count_each(self, figure: str, rep: Whole, amount: Whole) -> None:
        """Count amounts in these replications."""
        np.add.at(self.block.tallies[self.body.number, COLUMN[figure]], rep, amount)

    # new items

    def open(self, window: int) -> None:
        """Hold the meetings of a window, as far as their new items go."""
        first, last = self.body.windows[window]
        self.rooms = None
        if first == last and self.body.calls is None:
            return
        size, tallies = self.block.size, self.block.tallies[self.body.number]
        held_, fresh = None, None
        if self.body.going is not None:
            held_, fresh = held(self.block, self.body, self.body.going, self.holding, first, last)
        follow = None
        if self.changing is not None:
            if held_ is None or fresh is None:
                held_ = np.ones((len(self.body.places), last - first, size), dtype=bool)
                fresh = np.zeros_like(held_)
            follow = partial(self.changing.follow, first, last, held_, fresh)
        self.rooms = rooms = gather(self.block, self.body, first, last, held_, follow)
        if held_ is not None:
            some = ~held_ if self.body.joining is None else ~held_[~self.body.joining.places]
            tallies[COLUMN["empty"]] += some.sum(axis=(0, 1))
        if self.officers is not None:
            self.officers.sit(rooms, fresh)
            count_presiding(self, rooms)
        if self.keeps:
            self.quorate.append(rooms.quorate.reshape(-1, size).copy())
        tallies[COLUMN["meetings"]] += last - first
        tallies[COLUMN["inquorate"]] += (~rooms.quorate).reshape(-1, size).sum(axis=0)
        tallies[COLUMN["raised"]] += rooms.arrivals[:, :size].sum(axis=0)
        if self.block.told is not None:
            tell_meetings(self.block, self.body, rooms)
        if self.body.resumed:
            open_again(self, rooms)
        step = max(1, round(BATCH / BLOCK / max(1.0, float(self.body.agenda.per_meeting))))
        for start in range(first, last, step):
            self._hear_new(rooms, start, min(start + step, last))
        if self.body.papers:
            self._papers(window)
        if self.body.calls is not None:
            call(self, self.body.calls, window)

    def _hear_new(self, rooms: Rooms, first: int, last: int) -> None:
        """All new items of some meetings."""
        block, size = self.block, self.block.size
        arrivals = rooms.arrivals[first - rooms.first : last - rooms.first]
        own = arrivals[:, :size].reshape(-1)
        start = (first - rooms.first) * size
        room = np.repeat(np.arange(start, start + len(own)), own)
        if not len(room):
            return
        spans, at = None, None
        if size < BLOCK:
            ends, numbers = np.cumsum(arrivals.sum(axis=1)), arrivals[:, :size].sum(axis=1)
            starts = ends - arrivals.sum(axis=1)
            spans = tuple(zip(starts.tolist(), (starts + numbers).tolist(), strict=True))
            at = np.concatenate([np.arange(a, b) for a, b in spans])
        dice = Fresh(block, self.body, first, int(arrivals.sum()), spans, at)
        matter = self._matters(first, dice)
        agenda = Agenda(rooms, self.body.number, room, matter, dice, start=start, begins=np.cumsum(own) - own)
        self.hear(agenda)

    def _matters(self, first: int, dice: Fresh) -> Whole:
        total = dice.size if dice.at is None else len(dice.at)
        if len(self.share_matter) == 1:
            return np.full(total, self.share_matter[0], dtype=np.int64)
        drawn = self.block.streams.draws((self.body.name, "matters"), self.block.number, dice.size, first)
        if dice.at is not None:
            drawn = drawn.take(dice.at)
        return self.share_matter.take(chosen(self.shares, drawn))

    def _papers(self, window: int) -> None:
        """Put the papers of each year on the agenda of the first meeting for which they are ready."""
        block, body, size, ticks = self.block, self.body, self.block.size, self.body.ticks
        papers = self.plan.scenario.papers
        starts = (*self.plan.windows, self.plan.end)[window : window + 2]
        ready = Limit.of(threshold(papers.ready) if papers else 0)
        for start, end in pairwise(self.plan.year_starts):
            if not starts[0] <= start < starts[1]:
                continue
            meetings = range(*np.searchsorted(ticks, (start, end)).tolist())
            for order, matter in enumerate(body.papers):
                block.tallies[body.number, COLUMN["papers"]] += 1
                due = np.full(size, -1, dtype=np.int64)
                words = (body.name, body.matters[matter].name, "ready")
                for number in meetings:
                    drawn = block.streams.coarse(words, block.number, BLOCK, number)
                    due[(due < 0) & drawn.below(ready)[:size]] = number
                rep = np.flatnonzero(due >= 0)
                zero = np.zeros(len(rep), dtype=np.int64)
                self.count("raised", rep)
                self.inbox.append(
                    Items(
                        rep=rep, matter=zero + matter, raised=ticks.take(due[rep]), deferred=zero,
                        owner=zero + body.number, serial=zero + PAPERS + order, due=due[rep],
                    )
                )  # fmt: skip

    # items that wait

    def receive(self, items: Items) -> None:
        """Take in items that another body passes on. `due` is already that of this body."""
        items.deferred = np.zeros_like(items.deferred)
        self.inbox.append(items)

    def wave(self) -> bool:
        """Hear what waits and is due in this window, once. False: nothing is."""
        self.waiting = Items.joined([part for part in (self.waiting, *self.inbox) if len(part)])
        self.inbox = []
        rooms, size = self.rooms, self.block.size
        if rooms is None or not len(self.waiting):
            return False
        now = self.waiting.due < rooms.last
        if not now.any():
            return False
        items, self.waiting = self.waiting.take(now), self.waiting.take(~now)
        room = (items.due - rooms.first) * size + items.rep
        names = mixed(self.block.names(items) + rooms.tick.take(room).astype(np.uint64))
        dice = Again(self.block, self.body, names)
        self.hear(Agenda(rooms, self.body.number, room, items.matter, dice, items))
        return True

    def end(self) -> None:
        """Count what is still open when the run ends."""
        for items in (self.waiting, *self.inbox):
            self.block.add("pending", items)

    # hearing

    def hear(self, agenda: Agenda, hearing: Hearing | None = None) -> None:
        """Hear the items of an agenda. `hearing`: where it is not an ordinary one."""
        hearing = hearing or self.hearing
        rooms, room, matter = agenda.rooms, agenda.room, agenda.matter
        outcome: Small = np.full(len(room), INQUORATE, dtype=np.int8)
        heard = None
        if self.referred.any():
            heard = ~(self.referred.take(matter) & (agenda.own() | self.powerless.take(matter)))
            outcome[~heard] = REFERRED
        written = None
        if self.body.letters is not None and hearing is self.hearing:
            written = posted(self.body.letters, agenda)
            if written is not None:
                heard = ~written if heard is None else heard & ~written
        if self.body.gates and not rooms.quorate.all():
            open_ = rooms.quorate.take(room)
            heard = open_ if heard is None else heard & open_
        which, dice = None, agenda.dice
        if heard is not None and (self.block.told is not None or heard.mean() < MOST):
            which = np.flatnonzero(heard)
            room, matter, dice = room.take(which), matter.take(which), dice.take(which)
        ballots = None
        if written is not None:
            outcome[written & (outcome != REFERRED)] = WRITTEN
        if len(room):
            ballots, found = hearing.vote(rooms, room, matter, dice, self.block.told is not None)
            if which is None and heard is not None:
                ballots.casting *= heard
                np.copyto(outcome, found, where=heard)
            else:
                outcome[slice(None) if which is None else which] = found
        self._settle(agenda, outcome, ballots, which)

    # what follows

    def _settle(self, agenda: Agenda, outcome: Small, ballots: Ballots | None, which: Whole | None) -> None:
        """Count what was decided; keep, defer or pass on the rest. `which` were voted on, None: all."""
        block = self.block
        tied = np.flatnonzero(outcome == TIED)
        self.count("ties", agenda.rep(tied))
        if ballots is not None:
            broken = np.flatnonzero(ballots.casting)
            self.count("ties", agenda.rep(broken if which is None else which.take(broken)))
        result, stays = outcome, outcome >= NO_RULE
        if len(tied):
            result = outcome.copy()
            rule = np.zeros(0, dtype=np.int64)
            if ballots is not None:
                rule = ballots.rule.take(tied if which is None else np.searchsorted(which, tied))
            result[tied], unbroken, stays[tied] = self.ties(agenda, tied, rule)
            self.count("ties_unbroken", agenda.rep(tied[unbroken]))
        if self.settle.any():
            stays |= (result == LOST) & self.settle.take(agenda.matter) & agenda.own()
        for figure, kind in (("quorum_lost", QUORUM_LOST), ("undecidable", NO_RULE)):
            self.count(figure, agenda.rep(np.flatnonzero(outcome == kind)))
        done = ~stays
        by_post = None
        if self.body.letters is not None and (outcome == WRITTEN).any():
            at = np.flatnonzero(outcome == WRITTEN)
            by_post = decide(self, self.body.letters, agenda, at)
            stays = stays & (outcome != WRITTEN)
        more = More()
        if self.needs_more and ballots is not None:
            more = self._more(agenda, (result == CARRIED) & done, ballots, which)
            done[more.asked] = False
        if agenda.items is None:
            self.count_new("carried", agenda, (result == CARRIED) & done)
            self.count_new("lost", agenda, (result == LOST) & done)
        else:
            at = np.flatnonzero(done)
            self.count_done(agenda.items.take(at), agenda.rooms.tick.take(agenda.room.take(at)), result[at])
        again = adjourned(self, agenda, outcome, stays)
        if again is not None and again.any():
            at = np.flatnonzero(again)
            hear_again(self, agenda, outcome.take(at), at)
        at = np.flatnonzero(stays if again is None else stays & ~again)
        answers = self._keep(agenda.take(at), agenda, outcome.take(at), at) | more.passed
        if by_post is not None:
            answers |= by_post.passed
        if block.told is not None:
            tell_items(self, agenda, outcome, result, stays, ballots, which, answers, more, again, by_post)

    def _more(self, agenda: Agenda, carried: Truths, ballots: Ballots, which: Whole | None) -> More:
        """What follows from what was carried, where others have a say in it."""
        more = More()
        at = np.flatnonzero(carried & self.opts_out.take(agenda.matter))
        if len(at):
            column = at if which is None else np.searchsorted(which, at)
            more.left, more.out = at, opt_out(self, agenda, at, ballots, column)
        at = np.flatnonzero(carried & self.asks.take(agenda.matter))
        if len(at):
            seek(self, agenda, at, more)
        return more

    def ties(self, agenda: Agenda, tied: Whole, by: Whole) -> tuple[Small, Truths, Truths]:
        """Of equal votes: (what they mean, where the text gives them no meaning, which stay undecided)."""
        final: Small = np.full(len(tied), LOST, dtype=np.int8)
        unbroken, stays = np.zeros(len(tied), dtype=bool), np.zeros(len(tied), dtype=bool)
        for index, rule in enumerate(self.hearing.rule_list):
            among = by == index
            match rule.equal_votes if rule else None:
                case "carried":
                    final[among] = CARRIED
                case "not-carried":
                    pass
                case "deferred":
                    stays |= among
                case "lot":
                    final[among & agenda.dice.take(tied).item("lot").below(HALF)] = CARRIED
                case None:
                    unbroken |= among
                    if self.plan.rules.reading["equal-votes"] == "undecided":
                        stays |= among
                case _ as other:
                    assert_never(other)
        return final, unbroken, stays

    def count_done(self, items: Items, tick: Whole, result: Small) -> None:
        """Count items that were decided at these times."""
        own = items.owner == self.body.number
        self.block.add("carried", items, own & (result == CARRIED))
        self.block.add("lost", items, own & (result == LOST))
        self.block.add("settled", items, ~own)
        if self.body.papers:
            years = np.array(self.plan.year_starts)
            over = years.take(np.searchsorted(years, items.raised, side="right"))
            paper = np.array([m.paper for m in self.body.matters]).take(items.matter)
            self.block.add("papers_kept", items, own & paper & (tick < over) & (result == CARRIED))
        self.block.add_amounts("days", items, tick - items.raised)

    def _keep(self, items: Items, agenda: Agenda, outcome: Small, at: Whole) -> dict[int, list[Answer]]:
        """Defer or pass on the items that stay. Gives the answers of receivers to what is told, by the
        place of the item on the agenda."""
        if not len(items):
            return {}
        referred = outcome == REFERRED
        deferred = ~referred
        self.count("deferrals", items.rep[deferred])
        items.deferred = items.deferred + deferred
        enough = items.deferred >= self.plan.scenario.escalation.after
        up = referred | (self.passes_on.take(items.matter) & enough)
        rest = items.take(~up)
        rest.due = rest.due + 1
        self.waiting = Items.joined([part for part in (self.waiting, rest) if len(part)])
        if not up.any():
            return {}
        tick = agenda.rooms.tick.take(agenda.room.take(at[up]))
        return pass_on(self, items.take(up), tick, at[up])
