"""The text of a file, and where in it something stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import field
from functools import cached_property
from itertools import accumulate

from govmodel.errors import Mark
from govmodel.model.frozen import dataclass

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_RARE = re.compile("[\r\x85\u2028\u2029]")


@dataclass(frozen=True)
class Source:
    """The text of a file."""

    file: str
    text: str
    _marks: dict[int, Mark] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def starts(self) -> list[int]:
        if _RARE.search(self.text):
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
