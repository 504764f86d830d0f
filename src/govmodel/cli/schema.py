"""`govmodel schema`: the JSON Schema of model files."""

from __future__ import annotations

import click


@click.command()
def command() -> None:
    """Print the JSON Schema of model files, for editors."""
    import json

    from govmodel.loading.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
