"""What several commands share: values from the command line, and writing to a file or the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from errno import EACCES, EISDIR, ENOENT
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


TO_FILE = click.option(
    "-o", "--output", metavar="FILE", default="-", help="Where to write, instead of the screen."
)
WORKERS = click.option(
    "--workers", metavar="N", type=click.IntRange(1, 1024), default=1, show_default=True,
    help="Processes. They change nothing but the time it takes.",
)  # fmt: skip
SCHEDULER = click.option(
    "--scheduler", metavar="ADDRESS", help="A Dask scheduler, as tcp://host:8786, whose workers do the work."
)
ONE_READING = click.option(
    "--reading", "readings", metavar="NAME=OPTION", multiple=True,
    help="Read an ambiguity in this way; the others in their base.",
)  # fmt: skip
MANY_READINGS = click.option(
    "--reading", "readings", metavar="NAME=OPTION", multiple=True,
    help="Read an ambiguity in this way only; the others are covered whole.",
)  # fmt: skip
EFFORT = click.option(
    "--effort", metavar="N", type=click.IntRange(1, 2**32 - 1), default=2_000_000, show_default=True,
    help="How much work the solver may do for one question; the same on every machine.",
)  # fmt: skip


class Day(click.ParamType[date]):
    """A day with its year, as 2010-05-01."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            return self.fail(f"{value!r} is no day; write it as 2010-05-01.", param, ctx)


def parted(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Words that are given one by one or parted by commas, each once."""
    return tuple(dict.fromkeys(part.strip() for text in texts for part in text.split(",") if part.strip()))


class _Unwritable(click.ClickException):
    exit_code = 2


def writable(output: str, *, models: tuple[str, ...] = ()) -> None:
    """Say at once, before anything is run, that `write` could not write there."""
    if output == "-":
        return
    path = Path(output)
    if any(path.exists() and Path(model).exists() and path.samefile(model) for model in models):
        raise _Unwritable(f"{output} is what the output is made from; write it to another file.")
    try:
        if not path.parent.exists():
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
    except (OSError, ValueError) as error:
        raise _cannot(output, error) from None


def write(text: str, output: str, *, models: tuple[str, ...] = ()) -> None:
    """To the screen (`-`) or to a file, but over no model; what cannot be written is said plainly. A file
    that was there before stays as it was until the new one is whole."""
    if output == "-":
        click.echo(text, nl=False)
        return
    writable(output, models=models)
    path = Path(output).resolve()
    try:
        if (path.exists() and not path.is_file()) or not os.access(path.parent, os.W_OK):
            path.write_text(
                text, encoding="utf-8", newline="\n"
            )  # a device, a pipe; or there is no room beside it
            return
        import tempfile

        new, name = tempfile.mkstemp(prefix=f".{path.name[:100]}-", dir=path.parent)
        try:
            with open(new, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
    except (OSError, ValueError) as error:
        raise _cannot(output, error) from None


def _cannot(output: str, error: OSError | ValueError) -> click.ClickException:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _Unwritable(f"cannot write {output}: {why}.")


def _umask() -> int:
    """The only way to ask for it is to set it."""
    now = os.umask(0)
    os.umask(now)
    return now


def looks(output: str) -> tuple[Callable[[str, str], str], int]:
    """How to paint a role, and the width: as the terminal has it, and plain and 100 elsewhere."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    if output != "-" or not sys.stdout.isatty() or plain:
        return (lambda _role, text: text), 100
    import shutil

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
