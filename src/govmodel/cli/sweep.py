"""`govmodel sweep`: run a grid of scenarios, recorded as it goes and resumed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from govmodel.cli.options import ONE_READING, SCHEDULER, TO_FILE, WORKERS, pairs, writable, write
from govmodel.cli.simulate import DISAGREES, STOPPED
from govmodel.words.text import capital


@click.command("sweep")
@click.argument("models", metavar="MODEL...", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--grid", "grid_path", metavar="FILE", required=True, help="The scenarios, and what varies.")
@click.option(
    "--store", metavar="FILE", required=True, help="Where every cell is recorded: an SQLite file of its own."
)
@WORKERS
@SCHEDULER
@ONE_READING
@click.option(
    "--format", "format_", type=click.Choice(("text", "json", "csv")), default="text", show_default=True
)
@TO_FILE
def command(
    models: tuple[str, ...],
    grid_path: str,
    store: str,
    workers: int,
    scheduler: str | None,
    readings: tuple[str, ...],
    format_: str,
    output: str,
) -> int:
    """Run every MODEL under every point of a grid, and print what comes of them.

    Each cell is recorded in the store as it is done. The same command goes on where one was stopped.

    Ends with status 3 if a simulated and an exact figure cannot both be right.
    """
    reading = pairs(readings)
    writable(output, models=(*models, grid_path, store))

    from govmodel.report import sweeping
    from govmodel.study.simulating import OutOfRange
    from govmodel.study.sweeping import sweep

    counted = (0, 0)
    try:
        with _progress() as progress:

            def told(done: int, total: int) -> None:
                nonlocal counted
                counted = done, total
                if progress is not None:
                    progress(done, total)

            result = sweep(
                models, grid_path, store, workers=workers, scheduler=scheduler, reading=reading, progress=told
            )
    except OutOfRange as error:
        raise click.UsageError(f"{capital(str(error))}.") from None
    except KeyboardInterrupt:
        click.echo(_stopped(*counted, store), err=True)
        return STOPPED
    render = {"text": sweeping.as_text, "json": sweeping.as_json, "csv": sweeping.as_csv}[format_]
    write(render(result), output, models=(*models, grid_path, store))
    if not result.agrees:
        click.echo("A simulated and an exact figure cannot both be right: see the output.", err=True)
        return DISAGREES
    return 0


def _stopped(done: int, total: int, store: str) -> str:
    if not total:
        return "stopped."
    return (
        f"stopped; {done} of {total} cells are recorded in {store} and stay there: the same command goes on "
        "from them."
    )


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("cells recorded", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
