"""`govmodel new FILE`: a commented model to start from."""

from __future__ import annotations

import shlex
import sys

import click


@click.command()
@click.argument("file", type=click.Path(dir_okay=True))
def command(file: str) -> None:
    """Write a small, commented model to FILE, which must not exist yet."""
    from importlib.resources import files

    text = files("govmodel.loading").joinpath("template.yaml").read_text(encoding="utf-8")
    try:
        with open(file, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        _refuse(f"{file}: there is something by this name already; govmodel new overwrites nothing.")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        _refuse(f"{file}: cannot be written: {why.lower()}.")
    else:
        then = f"govmodel check {shlex.quote(str(file))}"
        click.echo(f"{file} is written. Replace what it says by what your document says, then: {then}")


def _refuse(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(2)
