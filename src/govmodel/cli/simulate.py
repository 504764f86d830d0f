"""`govmodel simulate`: run meeting years and print what comes of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import click

from govmodel.cli.options import ONE_READING, SCHEDULER, TO_FILE, WORKERS, Day, pairs, writable, write
from govmodel.words.text import capital

DISAGREES = 3
"""The exit status when a simulated and an exact figure cannot both be right: nothing is decided."""

STOPPED = 130
"""The exit status after Ctrl-C."""


@click.command("simulate")
@click.argument("model", metavar="MODEL", type=click.Path(path_type=str))
@click.option(
    "--scenario", "scenario_path", metavar="FILE", required=True, help="What the text leaves to behaviour."
)
@click.option("--years", metavar="N", type=click.IntRange(1, 80), default=10, show_default=True)
@click.option(
    "--replications", metavar="N", type=click.IntRange(1, 1_000_000), default=1000, show_default=True,
    help="Independent runs.",
)  # fmt: skip
@click.option(
    "--seed", metavar="N", type=click.IntRange(0, 2**63), default=1, show_default=True,
    help="The same seed gives the same output, to the byte.",
)  # fmt: skip
@WORKERS
@SCHEDULER
@ONE_READING
@click.option("--from", "first", metavar="DATE", type=Day(), help="The first day, else that of the document.")
@click.option("--trace", metavar="K", type=click.IntRange(1), help="Tell replication K as a story.")
@click.option(
    "--format", "format_", type=click.Choice(("text", "json", "csv")), default="text", show_default=True
)
@TO_FILE
def command(
    model: str,
    scenario_path: str,
    years: int,
    replications: int,
    seed: int,
    workers: int,
    scheduler: str | None,
    readings: tuple[str, ...],
    first: date | None,
    trace: int | None,
    format_: str,
    output: str,
) -> int:
    """Run meeting years of MODEL and print what comes of them.

    For each body: the share of its meetings without a quorum, beside the exact share; decisions,
    ties, deferrals, and the time to a decision, each with its interval.

    Ends with status 3 if a simulated and an exact figure cannot both be right.
    """
    if trace is not None and trace > replications:
        raise click.UsageError(f"There are replications 1 to {replications}; --trace asks for {trace}.")
    if trace is not None and format_ == "csv":
        raise click.UsageError("A story has no columns: --trace goes with --format text or json.")
    reading = pairs(readings)
    writable(output, models=(model, scenario_path))

    from govmodel.loading import load
    from govmodel.report import simulation
    from govmodel.study.simulating import OutOfRange, simulate

    constitution = load(model)
    with _progress(replications) as progress:
        try:
            result = simulate(
                constitution, scenario_path, years=years, replications=replications, seed=seed,
                workers=workers, scheduler=scheduler, reading=reading, first=first, trace=trace,
                progress=progress,
            )  # fmt: skip
        except OutOfRange as error:
            raise click.UsageError(f"{capital(str(error))}.") from None
    render = {"text": simulation.as_text, "json": simulation.as_json, "csv": simulation.as_csv}[format_]
    write(render(result), output, models=(model, scenario_path))
    if not result.agrees:
        click.echo("A simulated and an exact figure cannot both be right: see the output.", err=True)
        return DISAGREES
    return 0


@contextmanager
def _progress(replications: int) -> Iterator[Callable[[int], None] | None]:
    """A bar on a terminal, nothing elsewhere: a log or a pipe gets the result alone."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("replications", total=replications)
        yield lambda done: bar.advance(task, done)
