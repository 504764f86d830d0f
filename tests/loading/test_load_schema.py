"""The JSON Schema, the starting model, and the two commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from loading_help import model, norm

from govmodel.cli import new
from govmodel.cli import schema as schema_command
from govmodel.loading import load
from govmodel.loading.schema import json_schema

ROOT = Path(__file__).parents[2]
MODELS = sorted((ROOT / "models").glob("*.yaml"))
TEMPLATE = ROOT / "src" / "govmodel" / "loading" / "template.yaml"


def complaints(text: str, loader: Any = yaml.BaseLoader) -> list[str]:
    read = json.loads(json.dumps(yaml.load(text, loader), default=str))
    return [e.message for e in Draft202012Validator(json_schema()).iter_errors(read)]


def test_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", [TEMPLATE, *MODELS], ids=lambda p: p.name)
@pytest.mark.parametrize("loader", [yaml.BaseLoader, yaml.SafeLoader])
def test_accepts_models(path: Path, loader: Any) -> None:
    assert complaints(path.read_text(encoding="utf-8"), loader) == []


@pytest.mark.parametrize(
    "text",
    [
        norm("must: held\nterms: 3"),
        norm("must: held\nmay: held"),
        norm("must: held\nlimit: perhaps"),
        "routes:\n  - {who: scp, clause: '1'}\n",
        "normes: []\n",
    ],
)
def test_refuses_what_the_loader_refuses(text: str) -> None:
    assert complaints(model(text))


def test_schema_command_prints_it() -> None:
    result = CliRunner().invoke(schema_command.command, [])
    assert result.exit_code == 0
    assert json.loads(result.output) == json_schema()


def test_new_writes_a_model_that_loads(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    result = CliRunner().invoke(new.command, [str(path)])
    assert result.exit_code == 0
    loaded = load(path)
    assert loaded.id == "mine"
    assert loaded.notes == ()


def test_new_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine")
    result = CliRunner().invoke(new.command, [str(path)])
    assert result.exit_code == 2
    assert "overwrites nothing" in result.stderr
    assert path.read_text() == "mine"


def test_new_needs_a_directory(tmp_path: Path) -> None:
    result = CliRunner().invoke(new.command, [str(tmp_path / "no" / "mine.yaml")])
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
