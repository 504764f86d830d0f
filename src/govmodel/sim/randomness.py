"""Random draws by name: what is drawn depends on its name alone, never on what else is drawn.

A stream's key is a hash of the seed and of words (body, seat, purpose). Within it, the counter of the
Philox generator holds the number of the meeting and of the block of replications. So another seat
leaves the draws of the others alone, a longer run begins with the shorter one, and it does not matter
which process works on which block.

Draws are whole numbers from 0 to 2**31 - 1, compared with whole thresholds: no rounding differs from
one machine to another, and a probability is met within 2**-32.

Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
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
        self._keys: dict[tuple[str, ...], tuple[int, int]] = {}
        # The key given here is overwritten before the first draw; without one, numpy asks the system.
        self._philox = np.random.Philox(key=0)
        self._counter, self._key_of = np.zeros(4, dtype=np.uint64), np.zeros(2, dtype=np.uint64)
        self._state: Any = {
            "bit_generator": "Philox",
            "state": {"counter": self._counter, "key": self._key_of},
            "buffer": np.zeros(4, dtype=np.uint64),
            "buffer_pos": 4,  # nothing is left over from an earlier draw
            "has_uint32": 0,
            "uinteger": 0,
        }

    def _key(self, words: tuple[str, ...]) -> tuple[int, int]:
        if words not in self._keys:
            text = "\x1f".join((str(self._seed), *words)).encode()
            digest = blake2b(text, digest_size=16, person=b"govmodel").digest()
            self._keys[words] = (int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little"))
        return self._keys[words]

    def draws(self, words: tuple[str, ...], block: int, size: int, meeting: int = 0) -> Draws:
        """The first `size` draws of a stream for one block of replications at one meeting."""
        self._key_of[0], self._key_of[1] = self._key(words)
        self._counter[1], self._counter[2] = meeting, block
        self._philox.state = self._state
        raw = self._philox.random_raw((size + 1) // 2).astype("<u8", copy=False)
        halves: Draws = raw.view("<u4")[:size].astype(np.uint32, copy=False)
        halves >>= np.uint32(1)
        return halves
