"""Random draws by name: what is drawn depends on its name alone, never on what else is drawn.

A stream is named by the seed, by words (body, seat, purpose), by the number of the meeting and of the
block of replications. The hash of its name is the state in which the generator starts. So another seat
leaves the draws of the others alone, a longer run begins with the shorter one, and it does not matter
which process works on which block.

Draws are whole numbers from 0 to 2**31 - 1, compared with whole thresholds: no rounding differs from
one machine to another, and a probability is met within 2**-32. Of most of them the first eight bits
tell already on which side of a threshold they are, so only those are drawn; the others are worked out
for the one draw in 256 that has the first eight bits of the threshold.

The generator is numpy's SFC64, three times as fast here as Philox, whose counter is not needed where a
hash names the stream. What is drawn for few (items that are heard again) is hashed item by item.
Sources: Doty-Humphrey, PractRand, sfc64; Steele, Lea, Flood, Fast Splittable Pseudorandom Number
Generators (2014), for the hash, with Stafford's variant 13.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from hashlib import blake2b
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from govmodel.sim.arrays import Bytes, Draws, Truths, Words

ONE = 1 << 31
"""The threshold of certainty: every draw is below it."""

WARMING = 12
"""Outputs thrown away before the first is used."""

BLOCK = 1024
"""Replications in a block. Part of what a seed means: another size gives other draws."""


FINE = 23
"""Bits of a draw after the first eight."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold in two parts, one for all draws or one for each: a draw is below it if its first eight
    bits are below `high`, or equal to it and the other bits below `low`. Certainty is 255 and 2**23."""

    high: Any
    low: Any
    whole: Any

    @classmethod
    def of(cls, thresholds: Any) -> Limit:
        """Of whole thresholds from 0 to `ONE`, one or an array of them (one that is the same everywhere is
        as one)."""
        whole = np.asarray(thresholds, dtype=np.int64)
        if whole.size == 1 or (whole.size and (whole == whole.flat[0]).all()):
            whole = whole.reshape(-1)[0]
        high = np.minimum(whole >> FINE, 255)
        return cls(high.astype(np.uint8), whole - (high << FINE), whole.astype(np.uint64))

    def take(self, which: npt.NDArray[Any]) -> Limit:
        """The limits of several draws by the place of each limit in a row of them."""
        if not self.high.ndim:
            return self
        return Limit(self.high.take(which), self.low.take(which), self.whole.take(which))


def threshold(probability: Fraction) -> int:
    """Draws below this happen with (nearly, within 2**-32) this probability; 0 never, 1 always."""
    return round(probability * ONE)


def thresholds(shares: Sequence[Fraction]) -> Draws:
    """Cumulative thresholds, for `np.searchsorted(…, side="right")` to choose one of several."""
    return np.array([threshold(total) for total in accumulate(shares)][:-1], dtype=np.uint32)


def thresholds_of(rows: Sequence[Sequence[Fraction]]) -> Draws:
    """A table of probabilities as thresholds."""
    return np.array([[threshold(chance) for chance in row] for row in rows], dtype=np.uint32)


@cache
def poisson_thresholds(mean: Fraction) -> Draws:
    """Cumulative thresholds of a Poisson number, up to where no draw can reach."""
    with localcontext() as context:
        context.prec = 40
        average = Decimal(mean.numerator) / Decimal(mean.denominator)
        term = (-average).exp()
        found: list[int] = []
        total, number = Decimal(0), 0
        while True:
            total += term
            reached = int((total * ONE).to_integral_value())
            if reached >= ONE:
                return np.array(found, dtype=np.uint32)
            found.append(reached)
            number += 1
            term = term * average / number


_GOLDEN, _FIRST, _SECOND = (
    np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB),
)  # fmt: skip


def mixed(words: Words) -> Words:
    """SplitMix64's hash of each word."""
    with np.errstate(over="ignore"):
        found: Words = words * _GOLDEN
        found ^= found >> np.uint64(30)
        found *= _FIRST
        found ^= found >> np.uint64(27)
        found *= _SECOND
    found ^= found >> np.uint64(31)
    return found


@dataclass(frozen=True, slots=True)
class Coarse:
    """Draws of which the first eight bits are here. `key` names their stream; `at`: the place of each in
    it, None for one after the other."""

    first: Bytes
    key: np.uint64
    at: npt.NDArray[np.int64] | None = None

    def take(self, which: npt.NDArray[np.int64]) -> Coarse:
        return Coarse(self.first.take(which), self.key, which if self.at is None else self.at.take(which))

    def below(self, limit: Limit) -> Truths:
        """Which of the draws are below their limits."""
        found: Truths = np.empty(self.first.shape, dtype=bool)
        open_ = self.surely_below(limit, found)
        if open_ is not None:
            edge, at, low = open_
            found.reshape(-1)[edge] = rest_of(at) < low
        return found

    def surely_below(
        self, limit: Limit, found: Truths
    ) -> tuple[npt.NDArray[np.int64], Words, npt.NDArray[np.uint64]] | None:
        """Which of the draws the first bits put below their limits. Gives those that they leave open: the
        places of these here, what names their other bits, and the limits of those. None: none are open."""
        if not limit.low.ndim:
            if not limit.low:
                np.less(self.first, limit.high, out=found)
                return None
            if limit.low == 1 << FINE:
                np.less_equal(self.first, limit.high, out=found)
                return None
        np.less(self.first, limit.high, out=found)
        edge = np.flatnonzero(self.first == limit.high)
        if not len(edge):
            return None
        at = edge if self.at is None else self.at.take(edge)
        # A limit for each draw, for each row of them, or for all: never spread over all draws.
        if not limit.low.ndim:
            low = np.full(len(edge), limit.low)
        else:
            low = limit.low.reshape(-1).take(edge // (self.first.size // limit.low.size))
        return edge, at.astype(np.uint64) + self.key, low.astype(np.uint64)


def rest_of(names: Words) -> Words:
    """The bits of draws after the first eight."""
    return mixed(names) >> np.uint64(64 - FINE)


@dataclass(frozen=True, slots=True)
class Hashed:
    """Draws that are here with all their bits, of any shape."""

    drawn: Words

    def take(self, which: npt.NDArray[np.int64]) -> Hashed:
        return Hashed(self.drawn.take(which))

    def below(self, limit: Limit) -> Truths:
        """Which of the draws are below their limits."""
        return np.asarray(self.drawn < limit.whole)


def chosen(table: Draws, drawn: Draws) -> npt.NDArray[np.int64]:
    """How many of a few rising thresholds each draw has reached."""
    if len(table) > 64:
        return np.searchsorted(table, drawn, side="right").astype(np.int64)
    found = np.zeros(drawn.shape, dtype=np.uint8)
    for reached in table:
        found += drawn >= reached
    return found.astype(np.int64)


class Streams:
    """The streams of one seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._hashes: dict[tuple[str, ...], blake2b] = {}
        # The seed given here is overwritten before the first draw; without one, numpy asks the system.
        self._generator = np.random.SFC64(0)
        self._words = np.ones(4, dtype=np.uint64)
        self._state: Any = {
            "bit_generator": "SFC64",
            "state": {"state": self._words},
            "has_uint32": 0,
            "uinteger": 0,
        }

    def draws(self, words: tuple[str, ...], block: int, size: int, meeting: int = 0) -> Draws:
        """The first `size` draws of a stream for one block of replications at one meeting."""
        raw = self._raw(words, block, meeting, (size + 1) // 2)
        halves: Draws = raw.astype("<u8", copy=False).view("<u4")[:size].astype(np.uint32, copy=False)
        halves >>= np.uint32(1)
        return halves

    def coarse(self, words: tuple[str, ...], block: int, size: int, meeting: int = 0) -> Coarse:
        """The same with eight bits each at first."""
        raw = self._raw(words, block, meeting, (size + 7) // 8)
        # What names the other bits of the draws is the first word of the stream's own name.
        return Coarse(raw.astype("<u8", copy=False).view(np.uint8)[:size], np.uint64(self._words[0]))

    def key(self, words: tuple[str, ...], block: int) -> np.uint64:
        """What names draws that are hashed one by one."""
        key = self._named(words).copy()
        key.update(b"\x1e\x1f%d" % block)
        return np.uint64(int.from_bytes(key.digest()[:8], "little"))

    def _named(self, words: tuple[str, ...]) -> blake2b:
        named = self._hashes.get(words)
        if named is None:
            text = "\x1f".join((str(self._seed), *words)).encode()
            named = self._hashes[words] = blake2b(text, digest_size=24, person=b"govmodel")
        return named

    def _raw(self, words: tuple[str, ...], block: int, meeting: int, size: int) -> Words:
        key = self._named(words).copy()
        key.update(b"\x1e%d\x1f%d" % (meeting, block))
        # As numpy seeds it: three words of the seed, a count of 1, and twelve outputs thrown away.
        self._words[:3] = np.frombuffer(key.digest(), dtype="<u8")
        self._generator.state = self._state
        return self._generator.random_raw(WARMING + size)[WARMING:]
