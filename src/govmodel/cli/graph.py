"""`govmodel graph`: draw the bodies, offices and routes."""

from __future__ import annotations

from pathlib import Path

import click

from govmodel.cli.options import ONE_READING, pairs, parted, write

FORMATS = ("svg", "dot", "mmd", "graphml", "json")
"""Every format, which is the ending of its files too."""


@click.command("graph")
@click.argument("model", metavar="MODEL", type=click.Path(path_type=str))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="Where to write: a name ending in .svg, .dot, .mmd, .graphml or .json; - for the screen.",
)
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    help="svg, dot, mmd, graphml or json, where the file's name does not say.",
)
@ONE_READING
@click.option(
    "--only",
    metavar="VERBS",
    multiple=True,
    help="Only routes of these kinds, parted by commas: escalates_to,reports_to.",
)
@click.option(
    "--matter",
    "matters",
    metavar="MATTERS",
    multiple=True,
    help="Only routes on these matters, parted by commas: dispute.",
)
def command(
    model: str,
    output: str,
    format_: str | None,
    readings: tuple[str, ...],
    only: tuple[str, ...],
    matters: tuple[str, ...],
) -> None:
    """Draw the bodies, offices and routes of MODEL.

    The text's own bodies stand in the middle, with seats and quorum; whoever answers to somebody
    stands above them. Pictures (svg), Graphviz (dot) and Mermaid (mmd) show what --only and
    --matter leave; graphml and json always hold the whole network.
    """
    chosen = _format(output, format_)
    reading = pairs(readings)

    from govmodel.loading import load
    from govmodel.reading import read
    from govmodel.study.drawing import draw

    rulebook = read(load(model))
    drawing = draw(rulebook, reading, only=parted(only), matters=parted(matters), laid_out=chosen == "svg")

    from govmodel.report import picture

    if drawing.layout is not None:
        text = picture.svg(drawing.layout)
    elif chosen == "dot":
        text = picture.dot(drawing.sketch)
    elif chosen == "mmd":
        text = picture.mermaid(drawing.sketch)
    elif chosen == "graphml":
        text = picture.graphml(drawing.network)
    else:
        text = picture.as_json(drawing.network, drawing.title, drawing.reading)
    write(text, output, models=(model,))


def _format(output: str, format_: str | None) -> str:
    listed = ", ".join(FORMATS)
    if format_ is not None:
        if format_.lower().lstrip(".") not in FORMATS:
            raise click.UsageError(f"There is no format {format_!r}. The formats are {listed}.")
        return format_.lower().lstrip(".")
    if output == "-":
        raise click.UsageError(f"With -o - say which --format: {listed}.")
    extension = Path(output).suffix.lower().lstrip(".")
    if extension not in FORMATS:
        found = f"the extension .{extension}" if extension else "no extension"
        endings = ", ".join(f".{name}" for name in FORMATS)
        raise click.UsageError(f"{output} has {found}. End the name in one of {endings}, or give --format.")
    return extension
