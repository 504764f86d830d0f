"""What several commands share: readings from the command line, and writing to a file or the screen."""

from __future__ import annotations

from pathlib import Path

import click


def pairs(readings: tuple[str, ...]) -> dict[str, str]:
    """`NAME=OPTION` as a mapping. An option given twice must say the same."""
    found: dict[str, str] = {}
    for text in readings:
        name, equals, option = text.partition("=")
        if not equals or not name or not option:
            raise click.UsageError(
                f"--reading {text!r}: write NAME=OPTION, for example majority-base=of-members."
            )
        if found.setdefault(name, option) != option:
            raise click.UsageError(f"--reading {name} is given twice, as {found[name]} and as {option}.")
    return found


def write(text: str, output: str) -> None:
    """To the screen (`-`) or to a file; what cannot be written is said plainly."""
    if output == "-":
        click.echo(text, nl=False)
        return
    try:
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"cannot write {output}: {error.strerror or error}") from error
