"""Random draws by name: what is drawn depends on its name alone, never on what else is drawn.

A stream is named by the seed, by words (body, seat, purpose), by the number of the meeting and of the
block of replications. The hash of its name is the state in which the generator starts. So another seat
leaves the draws of the others alone, a longer run begins with the shorter one, and it does not matter
which process works on which block.

Draws are whole numbers from 0 to 2**31 - 1, compared with whole thresholds: no rounding differs from
one machine to another, and a probability is met within 2**-32.

The generator is numpy's SFC64, three times as fast here as Philox, whose counter is not needed where a
hash names the stream. Source: Doty-Humphrey, PractRand, sfc64.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from hashlib import blake2b
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

Draws = npt.NDArray[np.uint32]

ONE = 1 << 31
"""The threshold of certainty: every draw is below it."""

WARMING = 12
"""Outputs thrown away before the first is used."""

BLOCK = 1024
"""Replications in a block. Part of what a seed means: another size gives other draws."""


def threshold(probability: Fraction) -> int:
    """Draws below this happen with (nearly, within 2**-32) this probability; 0 never, 1 always."""
    return round(probability * ONE)


def thresholds(shares: Sequence[Fraction]) -> Draws:
    """Cumulative thresholds, for `np.searchsorted(…, side="right")` to choose one of several."""
    return np.array([threshold(total) for total in accumulate(shares)][:-1], dtype=np.uint32)


def thresholds_of(rows: Sequence[Sequence[Fraction]]) -> Draws:
    """A table of probabilities as thresholds. Few of them differ, so each is worked out once."""
    known = {chance: threshold(chance) for chance in {chance for row in rows for chance in row}}
    return np.array([[known[chance] for chance in row] for row in rows], dtype=np.uint32)


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
        named = self._hashes.get(words)
        if named is None:
            text = "\x1f".join((str(self._seed), *words)).encode()
            named = self._hashes[words] = blake2b(text, digest_size=24, person=b"govmodel")
        key = named.copy()
        key.update(b"\x1e%d\x1f%d" % (meeting, block))
        # As numpy seeds it: three words of the seed, a count of 1, and twelve outputs thrown away.
        self._words[:3] = np.frombuffer(key.digest(), dtype="<u8")
        self._generator.state = self._state
        raw = self._generator.random_raw(WARMING + (size + 1) // 2)[WARMING:]
        halves: Draws = raw.astype("<u8", copy=False).view("<u4")[:size].astype(np.uint32, copy=False)
        halves >>= np.uint32(1)
        return halves
