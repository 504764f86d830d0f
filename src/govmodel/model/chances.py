"""Probabilities for seats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from fractions import Fraction

from govmodel.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """A probability for each seat, the most particular that is given.

    In this order: of the seat (`body.seat`), of its party, of one of its classes (the first in the
    order of the file), of its body, and `default`.
    """

    default: Fraction
    by_body: Mapping[str, Fraction] = field(default_factory=dict)
    by_class: Mapping[str, Fraction] = field(default_factory=dict)
    by_party: Mapping[str, Fraction] = field(default_factory=dict)
    by_seat: Mapping[str, Fraction] = field(default_factory=dict)

    def of(self, body: str, seat: str, party: str | None, classes: Iterable[str]) -> Fraction:
        """The probability for a seat, by the name of its seat rule."""
        if f"{body}.{seat}" in self.by_seat:
            return self.by_seat[f"{body}.{seat}"]
        if party is not None and party in self.by_party:
            return self.by_party[party]
        own = set(classes)
        for name, chance in self.by_class.items():
            if name in own:
                return chance
        return self.by_body.get(body, self.default)
