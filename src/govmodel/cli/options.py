"""What several commands share: readings from the command line, and writing to a file or the screen."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

PAINTS = {"error": "red", "warning": "yellow", "note": "cyan"}


def pairs(readings: tuple[str, ...]) -> dict[str, str]:
    """`NAME=OPTION` as a mapping. One that is given twice must say the same."""
    found: dict[str, str] = {}
    for text in readings:
        name, equals, option = (part.strip() for part in text.replace("_", "-").partition("="))
        if not (equals and name and option):
            raise click.UsageError(f"--reading wants NAME=OPTION; found {text!r}.")
        if found.setdefault(name, option) != option:
            raise click.UsageError(f"--reading gives {name} two options.")
    return found


class _Unwritable(click.ClickException):
    exit_code = 2


def write(text: str, output: str, *, models: tuple[str, ...] = ()) -> None:
    """To the screen (`-`) or to a file, but over no model; what cannot be written is said plainly."""
    if output == "-":
        click.echo(text, nl=False)
        return
    if any(
        Path(output).exists() and Path(model).exists() and Path(output).samefile(model) for model in models
    ):
        raise _Unwritable(f"{output} is what the output is made from; write it to another file.")
    try:
        with Path(output).open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _Unwritable(f"cannot write {output}: {why}.") from None


def looks(output: str) -> tuple[Callable[[str, str], str], int]:
    """How to paint a role, and the width: as the terminal has it, and plain and 100 elsewhere."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if output != "-" or not sys.stdout.isatty() or plain:
        return (lambda _role, text: text), 100
    return _paint, min(max(shutil.get_terminal_size((100, 24)).columns, 60), 120)


@contextmanager
def working() -> Iterator[Callable[[str], None] | None]:
    """On a terminal, a line that says what is being done; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda what: status.update(what)


def _paint(role: str, text: str) -> str:
    if role in PAINTS:
        return click.style(text, fg=PAINTS[role], bold=True)
    if role == "strong":
        return click.style(text, bold=True)
    return click.style(text, dim=True) if role == "quiet" else text
