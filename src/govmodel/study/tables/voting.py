"""Who can carry a matter with whom, and how much power each has: the two games of each decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from govmodel.checks.bodies import as_called, electorate_of
from govmodel.checks.context import Context
from govmodel.checks.findings import clauses_of
from govmodel.checks.stories import seat_title
from govmodel.exact.coalitions import fewest_to_carry
from govmodel.exact.matters import Played, played
from govmodel.exact.power import Game, Kind, Vector, minimal_blocking, minimal_winning, power, ways
from govmodel.exact.quorums import MOST, fewest_leaving, fewest_quorate, quorate
from govmodel.model.rules import BodyRules, Reading, Rulebook, Rules
from govmodel.model.shown import Table, table
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable, places
from govmodel.study.tables.seats import own_bodies
from govmodel.words.speaking import Speaker
from govmodel.words.text import capital, listed

SHOWN = 4
"""Kinds of coalitions, and names of members, that are spelt out."""
UNSTATED = "the text does not say by what vote anything is carried"
TOO_MANY = f"not computed: more than {MOST:,} different coalitions"
GAMES = ("all attend", "those present")
CHAIR = "whoever is in the chair"
IN_THE_CHAIR = (
    "Whoever is in the chair is one of the members, so that one fewer is listed by name: each of those who "
    "may be in it has that much power when in it."
)
ASSUMED = (
    "Voting seats are filled as far as they must be; where there may be more of a seat, its least number "
    "counts. Members come in person and have no interest to declare. A proposal needs somebody’s vote. The "
    "meeting is one as it is called, and no adjourned one."
)
TWO_GAMES = (
    "All attend: whoever does not vote for a proposal votes against it. Those present: the members named "
    "are at the meeting, all others are away, and the quorum has to be met."
)


class Setting(NamedTuple):
    """One body under the reading that is shown, at a meeting as it is called."""

    name: str
    rules: Rules
    body: BodyRules
    seats: Electorate
    again: tuple[Rules, BodyRules, Electorate] | None
    """The same where the meeting may be an adjourned one with a quorum of its own; None: there is none."""

    def title(self, place: str) -> str:
        return seat_title(self.rules, self.body, place)


def coalitions(speaker: Speaker, rulebook: Rulebook, fixed: Reading) -> tuple[Table, ...]:
    """One row for each way in which a body decides, in each game; then the quorums."""
    rows: list[dict[str, Any]] = []
    quorums: list[dict[str, Any]] = []
    for setting in _settings(speaker, rulebook, fixed):
        quorums.append(_quorum_row(speaker, setting))
        ways_of_deciding = list(played(setting.seats))
        if not ways_of_deciding:
            rows.append(_coalition_row(speaker, setting, None, ""))
        for way in ways_of_deciding:
            rows += [_coalition_row(speaker, setting, way, game) for game in GAMES]
    heads = {
        "title": "body", "fewest": "fewest who carry", "wins": "who carries it",
        "blocks": "who can stop it", "binding": "fewest that bind all", "vetoes": "nothing without",
        "dummies": "never decide", "computed": "what was not computed", "also": "besides",
        "winning_sets": "how many such sets", "blocking_sets": "how many such sets",
    }  # fmt: skip
    shown = (
        *("title", "matter", "game", "wins", "winning_sets", "blocks", "blocking_sets", "binding"),
        *("vetoes", "dummies", "also", "computed", "clauses"),
    )
    below = [_of_the_reading(fixed), TWO_GAMES, ASSUMED]
    of_quorums = {
        "title": "body", "seats": "voting seats", "fewest": "fewest who are quorate",
        "survives": "absences it survives", "breaks_it": "a smallest absence that ends it",
        "hostage_to": "never without", "computed": "what was not computed",
        "adjourned": "fewest when it was adjourned",
    }  # fmt: skip
    columns = (
        *("title", "seats", "fewest", "survives", "breaks_it", "hostage_to", "adjourned", "computed"),
        "clauses",
    )
    return (
        table("coalitions", "Who can carry what", rows, shown, heads, below),
        table("quorums", "Quorums", quorums, columns, of_quorums),
    )


def indices(speaker: Speaker, rulebook: Rulebook, fixed: Reading) -> tuple[Table, ...]:
    """One row for each party in each game, with what its seats have together; then the games."""
    rows: list[dict[str, Any]] = []
    games: list[dict[str, Any]] = []
    for setting in _settings(speaker, rulebook, fixed):
        ways_of_deciding = list(played(setting.seats))
        if not ways_of_deciding:
            games.append(_game_row(speaker, setting, None, "", computed=UNSTATED))
        for way in ways_of_deciding:
            for name in GAMES:
                row, shares = _power_of(speaker, setting, way, name)
                games.append(row)
                rows += shares
    heads = {
        "who": "member", "banzhaf_percent": "Banzhaf",
        "shapley_shubik_percent": "Shapley–Shubik", "votes": "votes of each",
    }  # fmt: skip
    shown = ("body", "matter", "game", "who", "seats", "votes", "banzhaf_percent", "shapley_shubik_percent",
             "veto", "dummy")  # fmt: skip
    below = [
        _of_the_reading(fixed),
        *([IN_THE_CHAIR] if any(row["who"] == capital(CHAIR) for row in rows) else []),
        "Banzhaf: the share of all swings that are the member’s (normalised); Shapley–Shubik: the share of "
        "the orders of joining in which the member is the one who decides. Both are of all seats of a "
        "member together, as if each voted for itself; the JSON and CSV forms have fractions and Coleman’s "
        "indices too.",
        TWO_GAMES,
        ASSUMED,
    ]
    of_games = {
        "to_act_percent": "power to act",
        "nakamura": "Nakamura number", "also": "besides", "computed": "what was not computed",
    }  # fmt: skip
    columns = ("body", "matter", "game", "to_act_percent", "nakamura", "also", "computed", "clauses")
    explained = [
        "Power to act (Coleman): the share of all coalitions that carry. Nakamura number: the fewest "
        "winning coalitions that have no member in common; – where somebody has a veto, or nothing wins. "
        "With fewer options than that number, majorities cannot go round in a circle."
    ]
    if any(row["also"] for row in games):
        explained.append("Besides: what the text asks for beside the vote, which is no part of the game.")
    return (
        table("power", "Power in voting", rows, shown, heads, below),
        table("games", "The games", games, columns, of_games, explained),
    )


def _of_the_reading(fixed: Reading) -> str:
    settled = " with what was settled" if fixed else ""
    return f"In the base reading{settled}; `--reading NAME=OPTION` shows another."


def _settings(speaker: Speaker, rulebook: Rulebook, fixed: Reading) -> Iterator[Setting]:
    """Each body of the text's own that is there in the reading and has voting seats."""
    context = Context(rulebook, 1, fixed)
    rules = context.rules()
    for name in own_bodies(speaker):
        body = rules.bodies.get(name)
        if body is not None and body.voting:
            once, called = as_called(context, rules, name)
            again = None if called is body else (rules, body, electorate_of(context, rules, body))
            yield Setting(name, once, called, electorate_of(context, once, called), again)


def _game(way: Played, name: str, setting: Setting) -> Game:
    play = way.all_attend if name == "all attend" else way.those_present
    return play(setting.rules, setting.seats)


def _about(speaker: Speaker, setting: Setting, way: Played | None, game: str) -> dict[str, Any]:
    """The columns that every row on a game begins with."""
    named = way.matters if way else ()
    more = len(list(played(setting.seats))) > 1
    words = listed(speaker.names.matter(m) for m in named)
    if "any" in named:
        words = "any other matter" if more else "any matter"
    return {
        "body": setting.name,
        "title": speaker.names.heading(setting.name),
        "matters": ", ".join(named) or None,
        "matter": words or None,
        "game": game or None,
    }


# coalitions


def _coalition_row(speaker: Speaker, setting: Setting, way: Played | None, name: str) -> dict[str, Any]:
    empty = (
        *("fewest", "wins", "winning_sets", "blocks", "blocking_sets", "binding", "vetoes", "dummies"),
        *("also", "computed"),
    )
    row = {**_about(speaker, setting, way, name), **dict.fromkeys(empty), "clauses": None}
    if way is None:
        row["computed"] = UNSTATED
        return row
    row["clauses"] = ", ".join(clauses_of(way.decision, *setting.body.quorum))
    row["also"] = _also(speaker, setting, way)
    try:
        game = _game(way, name, setting)
        won, blocking = minimal_winning(game), minimal_blocking(game)
        found = power(game) if won is not None else None
    except NotCountable as error:
        row["computed"] = str(error)
        return row
    if won is None or blocking is None or found is None:
        row["computed"] = TOO_MANY
        return row
    row["wins"] = _sets(setting, way, game, won) if won else "nobody: not even all together"
    row["winning_sets"] = sum(ways(game, v) for v in won)
    row["fewest"] = sum(won[0]) if won else None
    row["blocks"] = _sets(setting, way, game, blocking) if won else None
    row["blocking_sets"] = sum(ways(game, v) for v in blocking)
    row["binding"] = _binding(setting, way) if name == "all attend" else None
    row["vetoes"] = _kinds(setting, way, [s.kind for s in found.shares if s.veto])
    row["dummies"] = _kinds(setting, way, [s.kind for s in found.shares if s.dummy]) if won else None
    if not found.monotone:
        row["computed"] = "in this game one more in favour can lose; the sets are those nobody can leave"
    return row


def _also(speaker: Speaker, setting: Setting, way: Played) -> str | None:
    """What the vote does not show: consents, consensus that is sought first, a quorum that is not stated."""
    consents: dict[str, list[str]] = {}
    for rule in setting.body.decisions:
        if rule.consent_of and ("any" in rule.matters or set(rule.matters) & set(way.matters)):
            what = listed(speaker.names.matter(m) for m in rule.matters if m != "any")
            consents.setdefault(what, []).extend(rule.consent_of)
    said = [
        f"the agreement of {speaker.names.all(who, setting.name)}{' for ' + what if what else ''}"
        for what, who in consents.items()
    ]
    if any(d.first for d in setting.body.decisions if set(d.matters) & set(way.matters)):
        said.append("consensus is sought first, and the vote comes where there is none")
    if not setting.body.quorum:
        said.append("the text states no quorum")
    return "; ".join(said) or None


def _binding(setting: Setting, way: Played) -> str:
    """The fewest who carry at some quorate meeting at which all present vote."""
    if not setting.body.quorum:
        return "not asked: the text states no quorum"
    try:
        found = fewest_to_carry(setting.rules, setting.seats, way.decision, way.extra_vote)
    except NotCountable as error:
        return f"not computed: {error}"
    if found is None:
        return TOO_MANY if fewest_quorate(setting.rules, setting.seats) is None else "nobody"
    second = ", with the chair’s second vote" if found.second_vote else ""
    at = f"at a meeting of {sum(found.present)} where all vote"
    return f"{found.in_favour} of {setting.seats.size}, {at}{second}"


def _sets(setting: Setting, way: Played, game: Game, sets: Sequence[Vector]) -> str:
    """Minimal coalitions in words: “any 8 of the 15”."""
    said = [_one_set(setting, way, game, v) for v in sets[:SHOWN]]
    if len(sets) > SHOWN:
        said.append(f"other sets of {len(sets) - SHOWN} kinds")
    return "; or ".join(said)


def _one_set(setting: Setting, way: Played, game: Game, vector: Vector) -> str:
    if len(game.kinds) == 1:
        (n,), size = vector, game.kinds[0].size
        return f"all {size}" if n == size > 1 else f"any {n} of the {size}" if size > 1 else "the only one"
    largest = max(range(len(game.kinds)), key=lambda i: game.kinds[i].size)
    parts = []
    for i, (n, kind) in enumerate(zip(vector, game.kinds, strict=True)):
        if not n:
            continue
        others = i == largest and kind.size > SHOWN
        if kind.size == 1:
            parts.append(_member(setting, way, kind, kind.places[0]))
        elif others:
            parts.append(f"{'all' if n == kind.size else f'any {n} of'} the {kind.size} others")
        elif (party := _organisation(setting, kind)) is not None:
            parts.append(f"{f'all {n}' if n == kind.size else f'any {n} of the {kind.size}'} of {party}")
        else:
            who = _kinds(setting, way, [kind])
            parts.append(f"all of {who}" if n == kind.size else f"any {n} of {who}")
    return listed(parts) or "nobody"


def _organisation(setting: Setting, kind: Kind) -> str | None:
    """The organisation whose seats these are; None: they are of several, or not all that it has."""
    seats = places(setting.body)
    parties = {seats[place].party for place in kind.places}
    party = setting.rules.parties.get(next(iter(parties)) or "") if len(parties) == 1 else None
    if party is None or sum(seat.party == party.name for seat in seats.values()) != kind.size:
        return None
    return party.title


def _member(setting: Setting, way: Played, kind: Kind, place: str) -> str:
    if kind.presides and not way.alone:
        return CHAIR
    return setting.title(place) + (" (in the chair)" if kind.presides else "")


def _kinds(setting: Setting, way: Played, kinds: Iterable[Kind]) -> str | None:
    """The members of some kinds by name, the rest counted."""
    names = list(dict.fromkeys(_member(setting, way, kind, place) for kind in kinds for place in kind.places))
    if len(names) > SHOWN + 1:
        names = [*names[:SHOWN], f"{len(names) - SHOWN} more"]
    return listed(names) or None


# quorums


def _quorum_row(speaker: Speaker, setting: Setting) -> dict[str, Any]:
    rules, body, seats = setting.rules, setting.body, setting.seats
    row: dict[str, Any] = {
        "body": setting.name, "title": speaker.names.heading(setting.name), "seats": seats.size,
        "fewest": None, "survives": None, "breaks_it": None, "hostage_to": None, "computed": None,
        "adjourned": None, "clauses": ", ".join(clauses_of(*body.quorum)) or None,
    }  # fmt: skip
    if not body.quorum:
        return {**row, "computed": "the text states no quorum"}
    try:
        least = fewest_quorate(rules, seats)
        gone = fewest_leaving(rules, seats, seats.full) if least else None
    except NotCountable as error:
        return {**row, "computed": f"not computed: {error}"}
    if least is None:
        return {**row, "computed": TOO_MANY}
    if setting.again is not None:
        row["adjourned"] = _fewest_again(*setting.again)
    if not quorate(rules, seats, seats.full):
        return {**row, "computed": "not quorate even when all are there"}
    row["fewest"] = sum(least)
    if gone:
        away = [setting.title(place) for place in seats.seat_names(gone)]
        row["survives"] = sum(gone) - 1
        more = f" and {len(away) - SHOWN} more" if len(away) > SHOWN + 1 else ""
        row["breaks_it"] = ", ".join(away[:SHOWN]) + more if more else listed(away)
    row["hostage_to"] = listed(rules.parties[party].title for party in hostage(rules, seats)) or None
    return row


def _fewest_again(rules: Rules, body: BodyRules, seats: Electorate) -> str | None:
    """How few are quorate when a meeting was adjourned, with the clauses that say so."""
    least = fewest_quorate(rules, seats)
    second = [rule for rule in body.inquorate if rule.second_quorum is not None]
    return f"{sum(least)} ({', '.join(clauses_of(*second))})" if least else None


def hostage(rules: Rules, seats: Electorate) -> Iterator[str]:
    """The parties without whom nobody is quorate, though all others are there. Attendance is full."""
    for party in dict.fromkeys(seat.party for seat in seats.body.voting if seat.party):
        own = {seat.name for seat in seats.body.voting if seat.party == party}
        rest = tuple(sum(p.partition("#")[0] not in own for p in cell.places) for cell in seats.cells)
        if not quorate(rules, seats, rest):
            yield party


# power


def _game_row(
    speaker: Speaker, setting: Setting, way: Played | None, name: str, computed: str | None = None
) -> dict[str, Any]:
    decision = [way.decision] if way else []
    return {
        **_about(speaker, setting, way, name),
        **dict.fromkeys(("winning", "coalitions", "to_act", "to_act_percent", "nakamura")),
        "also": _also(speaker, setting, way) if way is not None else None,
        "computed": computed,
        "clauses": ", ".join(clauses_of(*decision, *setting.body.quorum)) or None,
    }


def _power_of(
    speaker: Speaker, setting: Setting, way: Played, name: str
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    try:
        found = power(_game(way, name, setting))
    except NotCountable as error:
        return _game_row(speaker, setting, way, name, computed=str(error)), []
    if found is None:
        return _game_row(speaker, setting, way, name, computed=TOO_MANY), []
    row = _game_row(speaker, setting, way, name) | {
        "winning": found.winning, "coalitions": found.coalitions, "to_act": str(found.to_act),
        "to_act_percent": percent(found.to_act), "nakamura": found.nakamura,
    }  # fmt: skip
    if not found.winning:
        return row | {"computed": "nothing is carried, whoever votes for it"}, []
    shares: list[dict[str, Any]] = []
    for share in found.shares:
        titles: dict[str, int] = {}
        for place in share.kind.places:
            title = _member(setting, way, share.kind, place.partition("#")[0])
            titles[title] = titles.get(title, 0) + 1
        for title, number in titles.items():
            shares.append(
                {
                    **_about(speaker, setting, way, name),
                    "who": capital(title),
                    "seats": number,
                    "votes": share.kind.votes,
                    "banzhaf": str(share.banzhaf_share * number),
                    "banzhaf_percent": percent(share.banzhaf_share * number),
                    "banzhaf_absolute": str(share.banzhaf),
                    "shapley_shubik": str(share.shapley_shubik * number),
                    "shapley_shubik_percent": percent(share.shapley_shubik * number),
                    "prevent": str(share.prevent),
                    "initiate": str(share.initiate),
                    "veto": share.veto,
                    "dummy": share.dummy,
                }
            )
    return row, shares


def percent(share: Fraction) -> str:
    """A share with one decimal: `6.7 %`."""
    return f"{float(share * 100):.1f} %"
