"""The text of a document from its file."""

from __future__ import annotations

import os
import re

from govmodel.errors import InputError, Mark, Problem
from govmodel.loading.nodes import read_bytes
from govmodel.loading.source import Source

_BINARY = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f]")
_KINDS = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a Word or other packed file", b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "a file of rich text", b"\xff\xfe": "text in UTF-16", b"\xfe\xff": "text in UTF-16",
}  # fmt: skip
_HELP = "Save the text of the document as plain text in UTF-8."


def read_text(path: str | os.PathLike[str]) -> Source:
    """The plain text of a document, in UTF-8. Raises InputError."""
    file = os.fsdecode(path)
    data = read_bytes(file, text=True)
    for start, kind in _KINDS.items():
        if data.startswith(start):
            raise _refuse(Mark(file), "not-text", f"is {kind}, and plain text is read", _HELP)
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        mark = Source(file, before + " ").mark(len(before))
        byte = f"byte {error.start + 1} of the file (hexadecimal {data[error.start]:02x})"
        raise _refuse(mark, "not-utf-8", f"{byte} is not UTF-8", _HELP) from None
    source = Source(file, text)
    found = _BINARY.search(text)
    if found:
        what = f"a control character, U+{ord(found.group()):04X}, stands here"
        raise _refuse(source.mark(found.start()), "not-text", f"{what}: is this a text?", _HELP)
    if not text.strip():
        raise _refuse(Mark(file), "empty", "there is nothing in this file", "Name the text of the document.")
    return source


def _refuse(mark: Mark, code: str, message: str, help: str) -> InputError:
    return InputError((Problem(mark, code, message, help),))
