"""`govmodel check`: find the defects of constitutions."""

from __future__ import annotations

from datetime import date

import click

from govmodel.cli.ending import short_lived
from govmodel.cli.options import EFFORT, MANY_READINGS, TO_FILE, Day, looks, pairs, parted, write


@click.command("check")
@click.argument("models", metavar="MODEL...", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option(
    "--format", "format_", type=click.Choice(("text", "json", "markdown")), default="text", show_default=True
)
@TO_FILE
@MANY_READINGS
@click.option(
    "--select", metavar="IDS", multiple=True,
    help="Only these checks or families: GM1,GM203. Some run only when they are named here: see explain.",
)  # fmt: skip
@click.option("--ignore", metavar="IDS", multiple=True, help="Not these checks or families.")
@click.option(
    "--fail-on", type=click.Choice(("error", "warning", "note", "never")), default="note", show_default=True,
    help="The lowest level that makes the exit code 1.",
)  # fmt: skip
@EFFORT
@click.option(
    "--most-conflicts", metavar="N", type=click.IntRange(1, 10_000), default=20, show_default=True,
    help="Minimal sets of clashing clauses to look for among norms that hang together; if there are so many, "
    "whether there are more is left undecided.",
)  # fmt: skip
@click.option(
    "--scenario", metavar="FILE", default=None,
    help="What people do, for the checks of practice (GM7); without it they are left out.",
)  # fmt: skip
@click.option(
    "--from", "first", metavar="DATE", type=Day(), default=None,
    help="Start days run over the year from here, else from the document's date.",
)  # fmt: skip
def command(
    models: tuple[str, ...],
    format_: str,
    output: str,
    readings: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    effort: int,
    most_conflicts: int,
    scenario: str | None,
    first: date | None,
) -> int:
    """Find the defects of each MODEL and say where they are.

    Exit code 0: nothing was found of the level of --fail-on or a higher one. 1: something was. 2: a
    file cannot be used. 3: nothing of the kind was found, and a question was left undecided.
    """
    short_lived()  # before the imports, which make much and drop nothing
    from govmodel.errors import InputError, Problem
    from govmodel.model.checked import Checked
    from govmodel.model.finding import LEVELS
    from govmodel.report.diagnostics import problems_text
    from govmodel.report.findings import as_json, as_text
    from govmodel.report.markdown import as_markdown
    from govmodel.study.checking import check_each
    from govmodel.study.preparing import Wanted, pick
    from govmodel.study.sidebyside import MOST

    if select and not parted(select):
        raise click.UsageError("--select names no check; leave it out for all of them.")
    pick(parted(select), parted(ignore))  # a wrong name is told once, not for every model
    checked: list[Checked] = []
    problems: list[Problem] = []
    wanted = Wanted(
        select=parted(select),
        ignore=parted(ignore),
        reading=pairs(readings),
        effort=effort,
        most_conflicts=most_conflicts,
        first_day=first,
        scenario=scenario,
    )
    for found in check_each(models, wanted, workers=MOST):
        if isinstance(found, InputError):
            problems.extend(found.problems)
        else:
            checked.append(found)
    if problems:
        click.echo(problems_text(problems, others=len(checked)), err=True, nl=False)
    if checked or format_ == "json":
        if format_ == "json":
            text = as_json(checked, problems)
        elif format_ == "markdown":
            text = as_markdown(checked)
        else:
            text = as_text(checked, *looks(output))
        write(text, output, models=models)
    if problems:
        return 2
    failing = LEVELS[: LEVELS.index(fail_on) + 1] if fail_on != "never" else ()
    if any(f.level in failing for m in checked for f in m.findings):
        return 1
    return 3 if any(m.undecided for m in checked) else 0
