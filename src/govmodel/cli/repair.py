"""`govmodel repair`: redrafts that remove findings, made and checked again."""

from __future__ import annotations

import click

from govmodel.cli.options import EFFORT, MANY_READINGS, TO_FILE, looks, pairs, working, write


@click.command("repair")
@click.argument("models", metavar="MODEL...", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option(
    "--finding", "findings", metavar="ID", multiple=True,
    help="Only this finding, by its id, or those of a check (GM104).",
)  # fmt: skip
@click.option(
    "--most", type=click.IntRange(1, 20), default=2, show_default=True, help="Repairs of a finding."
)
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@TO_FILE
@MANY_READINGS
@EFFORT
def command(
    models: tuple[str, ...],
    findings: tuple[str, ...],
    most: int,
    format_: str,
    output: str,
    readings: tuple[str, ...],
    effort: int,
) -> int:
    """Look for redrafts of each MODEL that remove its findings.

    Every edit that is offered was made to the rules, and every check was run again. No file is changed.

    Exit code 0: each finding has a repair, or there is none. 1: a finding is left without one. 2: a file
    cannot be used. 3: a question was left undecided.
    """
    from govmodel.errors import InputError, Problem
    from govmodel.model.edit import Redraft
    from govmodel.report.diagnostics import problems_text
    from govmodel.report.repairing import as_json, as_text
    from govmodel.study.repairing import repair

    made: list[Redraft] = []
    problems: list[Problem] = []
    with working() as tell:
        for model in models:
            try:
                made.append(
                    repair(
                        model, findings=findings, most=most, reading=pairs(readings), effort=effort,
                        progress=tell,
                    )
                )  # fmt: skip
            except InputError as error:
                problems.extend(error.problems)
    if problems:
        click.echo(problems_text(problems, others=len(made)), err=True, nl=False)
    if made:
        write(as_json(made) if format_ == "json" else as_text(made, *looks(output)), output, models=models)
    if problems:
        return 2
    if any(not found.repairs for m in made for found in m.findings):
        return 1
    return 3 if any(m.undecided for m in made) else 0
