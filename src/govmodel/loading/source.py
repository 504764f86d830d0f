"""The text of a file, and where in it something stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from govmodel.errors import Mark

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


@dataclass(frozen=True)
class Source:
    """The text of a file."""

    file: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.text))]

    def mark(self, index: int) -> Mark:
        line = bisect_right(self.starts, index) - 1
        return Mark(self.file, line + 1, index - self.starts[line] + 1)

    def line(self, number: int) -> str:
        """A line by its number from 1, without its break."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n\x85\u2028\u2029")
