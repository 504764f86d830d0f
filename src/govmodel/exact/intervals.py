"""Intervals for a probability from a count, exact for the binomial."""

from __future__ import annotations

from collections.abc import Callable

from govmodel.exact.chances import tail

CLOPPER_PEARSON = "Clopper-Pearson, exact"


def clopper_pearson(happened: int, asked: int, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of all probabilities under which a count so low, and one so high, each still has half
    of what confidence leaves. It covers the truth at least so often.

    Source: Clopper and Pearson (1934).

    Raises:
        ValueError: more happened than was asked, or nothing was asked.
    """
    if not 0 <= happened <= asked or not asked:
        raise ValueError(f"{happened} of {asked} is no count")
    rest = (1 - confidence) / 2
    low = _where(lambda p: tail(happened, asked, p, above=True) < rest) if happened else 0.0
    high = _where(lambda p: tail(happened, asked, p, above=False) >= rest) if happened < asked else 1.0
    return low, high


def _where(still: Callable[[float], bool]) -> float:
    """Up to which probability something is still so, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if still(middle) else (low, middle)
    return (low + high) / 2
