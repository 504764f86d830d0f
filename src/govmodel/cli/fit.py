"""`govmodel fit`: attendance parameters of a scenario, from minutes."""

from __future__ import annotations

import os

import click

from govmodel.cli.options import pairs, write


@click.command("fit")
@click.argument("table", metavar="TABLE.csv", type=click.Path(path_type=str))
@click.option("--model", required=True, metavar="MODEL", help="Whose seats the table names.")
@click.option(
    "--like", metavar="SCENARIO",
    help="A scenario for all that minutes do not say, over which the new one is laid.",
)  # fmt: skip
@click.option("-o", "--output", metavar="SCENARIO", default="-", help="Where to write the new scenario.")
@click.option(
    "--by", type=click.Choice(("seat", "party", "class")), default="seat", show_default=True,
    help="Who has a value of their own.",
)  # fmt: skip
@click.option(
    "--least", metavar="N", type=click.IntRange(1), default=8, show_default=True,
    help="With fewer observations, nobody has a value of their own.",
)  # fmt: skip
@click.option(
    "--reading", "readings", metavar="NAME=OPTION", multiple=True, help="Read an ambiguity in this way."
)
def command(
    table: str, model: str, like: str | None, output: str, by: str, least: int, readings: tuple[str, ...]
) -> int:
    """Fit how likely members are to come, and stand-ins where they do not, to a table from minutes.

    TABLE.csv has the columns date, body (if there are several), seat and came: yes, stand-in, no or
    vacant; or the columns date, body, and one for each seat. The scenario is written with the interval
    of each value beside it.
    """
    from typing import cast

    from govmodel.loading.scenario import load_scenario
    from govmodel.report.fitting import as_scenario, as_text
    from govmodel.study.fitting import By, fit

    if like:
        load_scenario(like)
    fitted = fit(table, model, by=cast("By", by), least=least, reading=pairs(readings))
    beside = os.path.dirname(os.path.abspath(output)) if output != "-" else os.getcwd()
    other = os.path.relpath(like, beside) if like else ""
    write(as_scenario(fitted, other), output, models=(table, model, *((like,) if like else ())))
    click.echo(as_text(fitted), nl=False, err=output == "-")
    if not like:
        click.echo("Minutes do not say everything: name a scenario for the rest after like:.", err=True)
    return 0
