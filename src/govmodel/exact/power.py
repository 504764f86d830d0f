"""Power in voting: minimal coalitions and the indices of the literature, exactly.

A game is a set of like players (`Kind`) and a rule that says which coalitions carry a matter. Whatever
is asked is computed from how many of each kind are in a coalition; results are integers and Fractions.

Sources: Banzhaf (1965), "Weighted voting doesn't work"; Shapley and Shubik (1954), "A method for
evaluating the distribution of power in a committee system"; Coleman (1971), "Control of collectivities
and the power of a collectivity to act"; Nakamura (1979), "The vetoers in a simple game".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import comb, factorial, prod

from govmodel.dataclass import dataclass
from govmodel.exact.quorums import MOST, compiled
from govmodel.exact.votes import ALL, carries, counted, voices
from govmodel.model.rules import DecisionRule, Rules
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable
from govmodel.semantics.games import players
from govmodel.semantics.meeting import TIES

Vector = tuple[int, ...]
"""How many of each kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Like players: their places by name, and the votes of each. `presides`: the one who has the chair."""

    places: tuple[str, ...]
    votes: int
    presides: bool = False

    @property
    def size(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True)
class Game:
    """`kinds` of players, and which coalitions (so many of each kind) win. `name` says under what
    assumption: "all attend" or "those present"."""

    name: str
    kinds: tuple[Kind, ...]
    wins: Callable[[Sequence[int]], bool]

    @property
    def full(self) -> Vector:
        return tuple(kind.size for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Share:
    """The power of each player of a kind.

    `swings`: coalitions of the others that win with the player and lose without. `banzhaf` is the share
    of all coalitions of the others (absolute), `banzhaf_share` of all swings (normalised); `prevent` and
    `initiate` are Coleman's: the share of the winning coalitions that the player can bring down, and of
    the losing ones that the player can make win.
    """

    kind: Kind
    swings: int
    banzhaf: Fraction
    banzhaf_share: Fraction
    shapley_shubik: Fraction
    prevent: Fraction
    initiate: Fraction
    veto: bool
    dummy: bool
    dictator: bool


@dataclass(frozen=True, slots=True)
class Power:
    """The measures of one game. `to_act` is Coleman's power of a collectivity to act: the share of all
    coalitions that win. `nakamura`: the fewest winning coalitions without a common player; None where
    somebody has a veto, so that all have one. `monotone`: nobody's joining ever loses."""

    game: Game
    winning: int
    coalitions: int
    to_act: Fraction
    shares: tuple[Share, ...]
    nakamura: int | None
    monotone: bool


def all_attend(
    rules: Rules, electorate: Electorate, decision: DecisionRule, extra_vote: str | None, presider: str | None
) -> Game:
    """The game in which everybody attends and votes: who is not for is against. `presider` (a place)
    has the `extra_vote`. Players are `semantics.games.players`.

    Raises:
        NotCountable: somebody has no say in it.
    """
    _all_have_a_say(rules, electorate, decision)
    casting = players(rules, electorate.body.name, presider)
    kinds = _kinds(electorate, casting, presider, by_cell=False)
    passes = carries(rules, electorate, decision, electorate.full)
    ties = decision.carried is not None and decision.carried.kind in TIES
    total = sum(kind.size * kind.votes for kind in kinds)
    chair = next((i for i, kind in enumerate(kinds) if kind.presides), None)

    def wins(coalition: Sequence[int]) -> bool:
        favour = sum(n * kind.votes for n, kind in zip(coalition, kinds, strict=True))
        against = total - favour
        if not favour:
            return False
        by_chair = chair is not None and coalition[chair] == 1
        if extra_vote == "additional" and chair is not None:
            favour, against = favour + by_chair, against + (not by_chair)
        if passes(favour, against):
            return True
        if favour != against or not ties or not passes(favour + 1, against):
            return False
        if extra_vote == "casting" and chair is not None:
            return by_chair
        return decision.equal_votes == "carried"

    return Game("all attend", kinds, wins)


def those_present(
    rules: Rules, electorate: Electorate, decision: DecisionRule, extra_vote: str | None, presider: str | None
) -> Game:
    """The game in which a coalition attends and votes for, and everybody else is away: the quorum
    applies. Every voting place is a player.

    Raises:
        NotCountable: somebody has no say in it.
    """
    _all_have_a_say(rules, electorate, decision)
    everyone = tuple(p for cell in electorate.cells if cell.seat.role == "voting" for p in cell.places)
    kinds = _kinds(electorate, everyone, presider, by_cell=True)
    cell_of = [
        next(i for i, c in enumerate(electorate.cells) if kind.places[0] in c.places) for kind in kinds
    ]
    enough, votes = compiled(rules, electorate), counted(electorate)
    chair = next((i for i, kind in enumerate(kinds) if kind.presides), None)

    def wins(coalition: Sequence[int]) -> bool:
        present = [0] * len(electorate.cells)
        for n, cell in zip(coalition, cell_of, strict=True):
            present[cell] += n
        favour = votes(present)
        if not favour or not enough(present):
            return False
        by_chair = chair is not None and coalition[chair] == 1
        second = int(by_chair and extra_vote == "additional" and _casts(electorate, presider))
        return carries(rules, electorate, decision, present)(favour + second, 0)

    return Game("those present", kinds, wins)


def _all_have_a_say(rules: Rules, electorate: Electorate, decision: DecisionRule) -> None:
    if voices(rules, electorate, decision) != ALL:
        raise NotCountable("power is not measured where some members have no vote")


def _casts(electorate: Electorate, presider: str | None) -> bool:
    """Whether the presider has a vote to begin with under the caps."""
    return any(
        presider in cell.places and all(electorate.caps[k] >= cell.votes for k in cell.caps)
        for cell in electorate.cells
    )


def _kinds(
    electorate: Electorate, who: Sequence[str], presider: str | None, *, by_cell: bool
) -> tuple[Kind, ...]:
    """Players that the rule of the game cannot tell apart, the presider a kind alone."""
    rows: dict[tuple[int, int, bool], list[str]] = {}
    chosen = set(who)
    for i, cell in enumerate(electorate.cells):
        for place in cell.places:
            if place in chosen:
                key = (i if by_cell else 0, cell.votes, place == presider)
                rows.setdefault(key, []).append(place)
    return tuple(Kind(tuple(places), votes, chair) for (_, votes, chair), places in rows.items())


def joined(game: Game) -> Game:
    """The same game with kinds that it does not tell apart as one kind (whoever presides too, where the
    second vote decides nothing). A game of too many coalitions is left as it is."""
    every = vectors(game)
    if every is None:
        return game
    won = {v for v in every if game.wins(v)}
    groups: list[list[int]] = []
    for i in range(len(game.kinds)):
        like = next((g for g in groups if _alike(game, every, won, g[0], i)), None)
        if like is None:
            groups.append([i])
        else:
            like.append(i)
    if len(groups) == len(game.kinds):
        return game
    sizes = game.full
    kinds = []
    for group in groups:
        places = tuple(p for i in group for p in game.kinds[i].places)
        chair = len(group) == 1 and game.kinds[group[0]].presides
        kinds.append(Kind(places, game.kinds[group[0]].votes, chair))

    def wins(coalition: Sequence[int]) -> bool:
        spread = [0] * len(sizes)
        for n, group in zip(coalition, groups, strict=True):
            left = n
            for i in group:
                spread[i] = min(left, sizes[i])
                left -= spread[i]
        return tuple(spread) in won

    return Game(game.name, tuple(kinds), wins)


def _alike(game: Game, every: Sequence[Vector], won: set[Vector], one: int, other: int) -> bool:
    """Whether a player of one kind can always take the place of one of the other. This is transitive."""
    if game.kinds[one].votes != game.kinds[other].votes:
        return False
    for vector in every:
        if vector[one] and vector[other] < game.full[other]:
            changed = list(vector)
            changed[one] -= 1
            changed[other] += 1
            if (vector in won) != (tuple(changed) in won):
                return False
    return True


# measures


def vectors(game: Game) -> list[Vector] | None:
    """Every coalition, by how many of each kind; None: too many."""
    if prod(n + 1 for n in game.full) > MOST:
        return None
    return list(product(*(range(n + 1) for n in game.full)))


def minimal_winning(game: Game) -> list[Vector] | None:
    """The coalitions that win and that nobody can leave, the smallest first. None: not computed."""
    return _minimal(game, game.wins)


def minimal_blocking(game: Game) -> list[Vector] | None:
    """The smallest sets without whom nothing is carried: all others together lose. None: not computed."""
    full = game.full
    return _minimal(game, lambda v: not game.wins([n - m for n, m in zip(full, v, strict=True)]))


def _minimal(game: Game, has: Callable[[Sequence[int]], bool]) -> list[Vector] | None:
    every = vectors(game)
    if every is None:
        return None
    good = {v for v in every if has(v)}
    least = [v for v in good if not any(smaller in good for smaller in _one_less(v))]
    return sorted(least, key=lambda v: (sum(v), tuple(-n for n in v)))


def _one_less(vector: Vector) -> Iterator[Vector]:
    for i, n in enumerate(vector):
        if n:
            yield (*vector[:i], n - 1, *vector[i + 1 :])


def ways(game: Game, vector: Sequence[int]) -> int:
    """How many coalitions have so many of each kind."""
    return prod(comb(kind.size, n) for kind, n in zip(game.kinds, vector, strict=True))


def power(game: Game) -> Power | None:
    """All measures of a game. None: too many different players to compute them."""
    every = vectors(game)
    if every is None:
        return None
    won = {v for v in every if game.wins(v)}
    n = sum(game.full)
    winning = sum(ways(game, v) for v in won)
    total = 2**n
    swings = [_swings(game, won, i) for i in range(len(game.kinds))]
    in_all = sum(sum(by_size) * kind.size for by_size, kind in zip(swings, game.kinds, strict=True))
    monotone = all(v in won for w in won for v in _one_more(w, game.full))
    shares = tuple(_share(game, won, i, by_size, in_all, winning, total) for i, by_size in enumerate(swings))
    vetoes = any(share.veto for share in shares)
    nakamura = None if vetoes or not won else _nakamura(game, won)
    return Power(game, winning, total, Fraction(winning, total), shares, nakamura, monotone)


def _one_more(vector: Vector, full: Vector) -> Iterator[Vector]:
    for i, n in enumerate(vector):
        if n < full[i]:
            yield (*vector[:i], n + 1, *vector[i + 1 :])


def _swings(game: Game, won: set[Vector], kind: int) -> list[int]:
    """For one player of a kind: coalitions of the others, by size, that lose without and win with them."""
    n = sum(game.full)
    found = [0] * n
    for vector in won:
        if not vector[kind]:
            continue
        without = (*vector[:kind], vector[kind] - 1, *vector[kind + 1 :])
        if without in won:
            continue
        others = prod(
            comb(k.size - (i == kind), m - (i == kind))
            for i, (k, m) in enumerate(zip(game.kinds, vector, strict=True))
        )
        found[sum(without)] += others
    return found


def _share(
    game: Game, won: set[Vector], i: int, by_size: list[int], in_all: int, winning: int, total: int
) -> Share:
    n, kind, full = sum(game.full), game.kinds[i], game.full
    swings = sum(by_size)
    orders = sum(count * factorial(s) * factorial(n - 1 - s) for s, count in enumerate(by_size) if count)
    without = (*full[:i], full[i] - 1, *full[i + 1 :])
    alone = tuple(int(j == i) for j in range(len(full)))
    veto = full in won and without not in won
    return Share(
        kind=kind,
        swings=swings,
        banzhaf=Fraction(swings, 2 ** (n - 1)),
        banzhaf_share=Fraction(swings, in_all) if in_all else Fraction(0),
        shapley_shubik=Fraction(orders, factorial(n)),
        prevent=Fraction(swings, winning) if winning else Fraction(0),
        initiate=Fraction(swings, total - winning) if total > winning else Fraction(0),
        veto=veto,
        dummy=swings == 0,
        dictator=veto and alone in won,
    )


def _nakamura(game: Game, won: set[Vector]) -> int | None:
    """The fewest winning coalitions that have no player in common: as many as there are sets, each
    dispensable (all others win), that together hold everybody."""
    full = game.full
    away = [tuple(n - m for n, m in zip(full, v, strict=True)) for v in won]
    largest = [v for v in away if not any(w != v and _within(v, w) for w in away)]
    reached, count = {full}, 0
    seen = set(reached)
    while reached:
        count += 1
        left = {
            tuple(max(0, n - m) for n, m in zip(rest, v, strict=True)) for rest in reached for v in largest
        }
        if any(not any(rest) for rest in left):
            return count
        reached = left - seen
        seen |= left
    return None


def _within(one: Vector, other: Vector) -> bool:
    return all(a <= b for a, b in zip(one, other, strict=True))
