"""`govmodel compare`: one scorecard for several designs."""

from __future__ import annotations

import click

from govmodel.cli.options import TO_FILE, WORKERS, working, writable, write
from govmodel.cli.simulate import DISAGREES
from govmodel.words.text import capital


@click.command("compare")
@click.argument("models", metavar="MODEL...", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option(
    "--scenario", "scenarios", metavar="FILE", multiple=True, help="Compare practice under this scenario too."
)
@click.option("--no-checks", is_flag=True, help="Leave out how many findings each text has.")
@click.option("--years", metavar="N", type=click.IntRange(1, 80), default=5, show_default=True)
@click.option(
    "--replications", metavar="N", type=click.IntRange(2, 1_000_000), default=500, show_default=True
)
@click.option("--seed", metavar="N", type=click.IntRange(0, 2**63), default=1, show_default=True)
@WORKERS
@click.option(
    "--format", "format_", type=click.Choice(("text", "json", "csv")), default="text", show_default=True
)
@TO_FILE
def command(
    models: tuple[str, ...],
    scenarios: tuple[str, ...],
    no_checks: bool,
    years: int,
    replications: int,
    seed: int,
    workers: int,
    format_: str,
    output: str,
) -> int:
    """Lay several designs beside one another: findings, quorums and coalitions, and practice.

    Each MODEL is read in its base reading. Under a scenario, figures are exact where they can be.
    """
    writable(output, models=(*models, *scenarios))

    from govmodel.report import comparing
    from govmodel.study.comparing import compare
    from govmodel.study.simulating import OutOfRange

    with working() as tell:
        try:
            card = compare(
                models, scenarios, checks=not no_checks, years=years, replications=replications, seed=seed,
                workers=workers, progress=tell,
            )  # fmt: skip
        except OutOfRange as error:
            raise click.UsageError(f"{capital(str(error))}.") from None
    render = {"text": comparing.as_text, "json": comparing.as_json, "csv": comparing.as_csv}[format_]
    write(render(card), output, models=(*models, *scenarios))
    if not card.agrees:
        click.echo("A simulated and an exact figure cannot both be right: see govmodel simulate.", err=True)
        return DISAGREES
    return 0
