"""The text of a file, and where in it something stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from govmodel.dataclass import dataclass
from govmodel.errors import Mark

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_RARE = "\r\x85\u2028\u2029"


@dataclass(frozen=True)
class Source:
    """The text of a file."""

    file: str
    text: str

    @cached_property
    def _marks(self) -> dict[int, Mark]:
        return {}

    @cached_property
    def starts(self) -> list[int]:
        if any(rare in self.text for rare in _RARE):
            return [0, *(match.end() for match in _BREAK.finditer(self.text))]
        return list(accumulate((len(line) + 1 for line in self.text.split("\n")[:-1]), initial=0))

    def mark(self, index: int) -> Mark:
        """The place of a character; made once, since many things stand at one place."""
        found = self._marks.get(index)
        if found is None:
            starts = self.starts
            line = bisect_right(starts, index)
            found = self._marks[index] = Mark(self.file, line, index - starts[line - 1] + 1)
        return found

    def line(self, number: int) -> str:
        """A line by its number from 1, without its break."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n\x85\u2028\u2029")
