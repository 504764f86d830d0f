"""explain, graph, simulate, schema and new, and what answers without an engine."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest
from cli_help import FIRE, OXFORD, PLAIN, ROOT, SAFEGUARDING, TOWN, call, called, environment, main

from govmodel.checks import CATALOGUE, FAMILIES
from govmodel.cli import COMMANDS

ENGINES = (
    "z3",
    "networkx",
    "numpy",
    "yaml",
    "simpy",
    "lark",
    "holidays",
    "pygraphviz",
    "rich",
    "pydantic",
    "jinja2",
)

# what answers without an engine


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("--help",), ("-h",), ("--version",), ("nonsense",), ("explain",), ("explain", "GM104"),
        ("explain", "GM999"), ("check",), ("check", "--format", "yml", "x"), ("graph", "x", "-o", "x.png"),
        ("simulate", "x", "--scenario", "y", "--years", "0"), *((name, "--help") for name in COMMANDS),
    ],
    ids=" ".join,
)  # fmt: skip
def test_help_and_wrong_arguments_load_no_engine(arguments: tuple[str, ...]) -> None:
    program = (
        "import sys\n"
        "from govmodel.cli import main\n"
        "try:\n    main()\n"
        "finally:\n"
        f"    print('loaded:', *(m for m in {ENGINES!r} if m in sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=60,
    )
    assert done.stderr.splitlines()[-1] == "loaded:"
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 2)


def test_help_names_every_command_and_every_option_is_explained() -> None:
    text = called("--help").clean().out
    for name, line in COMMANDS.items():
        assert f"  {name} " in text
        assert line in text
        own = main(name, "--help").clean()
        assert own.code == 0
        assert "--help" in own.out
    assert main("--version").clean().out.startswith("govmodel, version ")


def test_as_a_module_and_as_a_script() -> None:
    script = Path(sys.executable).with_name("govmodel")
    if not script.exists():
        pytest.skip("govmodel is not installed as a script here")
    module = called("check", FIRE, "--select", "GM303")
    done = subprocess.run(
        [str(script), "check", FIRE, "--select", "GM303"],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (module.code, module.out, module.err)


def test_an_interrupt_is_no_crash() -> None:
    program = (
        "import sys, govmodel.study.checking as c\n"
        "def stop(*a, **k): raise KeyboardInterrupt\n"
        "c.check_each = stop\n"
        "from govmodel.cli import main\n"
        f"sys.argv = ['govmodel', 'check', {FIRE!r}]\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment(), timeout=60
    )
    assert done.returncode == 130
    assert done.stderr.strip() == "stopped."


def test_a_crash_is_told_without_a_traceback_and_with_one_on_request() -> None:
    program = (
        "import sys, govmodel.study.checking as c\n"
        "def fail(*a, **k): raise RuntimeError('made up')\n"
        "c.check_each = fail\n"
        "from govmodel.cli import main\n"
        f"sys.argv = ['govmodel', 'check', {FIRE!r}]\n"
        "main()\n"
    )
    for debug in ("", "1"):
        env = environment({"GOVMODEL_DEBUG": debug})
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, env=env, timeout=60
        )
        assert "made up" in done.stderr
        assert ("Traceback" in done.stderr) == bool(debug)
        assert done.returncode not in (0, 1, 2, 3) or debug


# explain


def test_explain_lists_the_catalogue_and_prints_every_page() -> None:
    listing = main("explain").clean().out
    for title in FAMILIES.values():
        assert title in listing
    for entry in CATALOGUE:
        assert f"  {entry.id}  {entry.name}\n" in listing
        for name in (entry.id, entry.id.lower()):
            done = main("explain", name).clean()
            assert done.code == 0
            assert done.out.startswith(f"# {entry.id}: ")


def test_explain_takes_the_name_of_a_check() -> None:
    page = main("explain", "GM301").out
    assert main("explain", "unbroken tie").clean().out == page
    assert main("explain", "Unbroken-Tie").clean().out == page


@pytest.mark.parametrize("name", ["GM999", "GM30l", "xyz", "GM104;", "../../README", "GM1"])
def test_explain_does_not_guess(name: str) -> None:
    done = main("explain", name).clean()
    assert (done.code, done.out) == (2, "")
    assert "There is no check" in done.err or name == "GM1"


def test_explain_nothing() -> None:
    assert main("explain", "").code == 2


# graph


@pytest.mark.parametrize("model", [OXFORD, TOWN, SAFEGUARDING, FIRE], ids=lambda p: Path(p).stem)
def test_graph_in_every_format(model: str, tmp_path: Path) -> None:
    for extension in ("svg", "dot", "mmd", "graphml", "json"):
        file = tmp_path / f"g.{extension}"
        done = main("graph", model, "-o", str(file)).clean()
        assert (done.code, done.out, done.err) == (0, "", "")
        text = file.read_text("utf-8")
        assert main("graph", model, "-o", "-", "--format", extension).clean().out == text
        if extension in ("svg", "graphml"):
            ET.fromstring(text)
        if extension == "json":
            assert json.loads(text)["nodes"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Missing option '-o'"),
        (("-o", "x.png"), ".svg, .dot, .mmd, .graphml, .json"),
        (("-o", "-"), "--format"),
        (("-o", "-", "--format", "gif"), "There is no format 'gif'"),
        (("-o", "x.svg", "--only", "reports-too"), "reports_to"),
        (("-o", "x.svg", "--matter", "disputes"), "did you mean 'dispute'?"),
        (("-o", "x.svg", "--reading", "chair-vote=tied"), "did you mean 'tie'?"),
        (("-o", "x.svg", "--reading", "chairs-vote=tie"), "did you mean 'chair-vote'?"),
        (("-o", "x.svg", "--reading", "chair-vote"), "NAME=OPTION"),
        (("-o", "x.svg", "--reading", "chair-vote=tie", "--reading", "chair-vote=always"), "chair-vote"),
        (("-o", "no-such-directory/x.svg"), "cannot write no-such-directory/x.svg: "),
        (("-o", "/dev/full", "--format", "svg"), "cannot write /dev/full: "),
        (("-o", ".", "--format", "svg"), "cannot write .: "),
    ],
)
def test_graph_slips(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = main("graph", TOWN, *words).clean()
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())
    assert list(tmp_path.iterdir()) == []


# simulate


def simulated(*arguments: str, model: str = TOWN) -> str:
    done = main(
        "simulate", model, "--scenario", PLAIN, "--replications", "20", "--years", "2", *arguments
    ).clean()
    assert done.code == 0, done.err
    return done.out


def test_simulate_in_every_format(tmp_path: Path) -> None:
    for format_ in ("text", "json", "csv"):
        out = simulated("--format", format_)
        file = tmp_path / format_
        assert simulated("--format", format_, "-o", str(file)) == ""
        assert file.read_text("utf-8") == out
    assert json.loads(simulated("--format", "json"))["models"][0]["bodies"]
    rows = list(csv.DictReader(io.StringIO(simulated("--format", "csv"))))
    assert rows
    assert {row["body"] for row in rows} == {"board"}


def test_simulate_seed_workers_and_story() -> None:
    assert simulated("--seed", "7") == simulated("--seed", "7", "--workers", "2")
    assert simulated("--seed", "7") != simulated("--seed", "8")
    assert "Replication 3 of 20" in simulated("--trace", "3")
    assert "chair-vote = always" in simulated("--reading", "chair-vote=always")
    assert "2031" in simulated("--from", "2031-04-01")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--years", "0"), "not in the range"),
        (("--years", "81"), "not in the range"),
        (("--replications", "0"), "not in the range"),
        (("--seed", "-1"), "not in the range"),
        (("--workers", "0"), "not in the range"),
        (("--trace", "0"), "not in the range"),
        (("--trace", "1001"), "There are replications 1 to 1000"),
        (("--trace", "1", "--format", "csv"), "A story has no columns"),
        (("--format", "xml"), "is not one of"),
        (("--from", "1 May"), "is no day; write it as 2010-05-01"),
        (("--from", "1066-10-14"), "bank holidays are known"),
        (("--from", "2090-01-01", "--years", "40"), "bank holidays are known"),
        (("--reading", "chair-vote=tied"), "did you mean 'tie'?"),
        (("--reading", "chairs-vote=tie"), "did you mean 'chair-vote'?"),
        (("--reading", "chair-vote"), "NAME=OPTION"),
        (("--replications", "1", "-o", "no-such-directory/x"), "cannot write no-such-directory/x: "),
        (("--replications", "1", "-o", "/dev/full"), "cannot write /dev/full: "),
        (("--replicatons", "1"), "Did you mean"),
    ],
)
def test_simulate_slips(words: tuple[str, ...], said: str) -> None:
    done = main("simulate", TOWN, "--scenario", PLAIN, *words).clean()
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())


def test_simulate_wants_a_scenario() -> None:
    assert "Missing option '--scenario'" in main("simulate", TOWN).clean().err
    done = main("simulate", TOWN, "--scenario", TOWN).clean()
    assert done.code == 2
    assert "this is a model; a scenario is expected here" in done.err
    done = main("check", PLAIN).clean()
    assert done.code == 2
    assert done.err.startswith(f"{PLAIN}:")


def test_a_scenario_that_names_what_the_model_has_not() -> None:
    done = main("simulate", TOWN, "--scenario", str(ROOT / "scenarios" / "baseline.yaml")).clean()
    assert done.code == 2
    assert 'the model has no party "tvp"' in done.err


@pytest.mark.parametrize("command", ["graph", "simulate"])
def test_readings_that_exclude_one_another(command: str) -> None:
    more = {"graph": ("-o", "-", "--format", "dot"), "simulate": ("--scenario", PLAIN, "--replications", "2")}
    pair = ("--reading", "fire-and-county=together", "--reading", "local-government=one-member")
    done = main(command, OXFORD, *more[command], *pair).clean()
    assert done.code == 2
    assert "makes sense only with" in done.err


# schema and new


def test_the_schema_is_one_and_takes_sound_models() -> None:
    done = call("schema").clean()
    assert (done.code, done.err) == (0, "")
    jsonschema.Draft202012Validator.check_schema(json.loads(done.out))


def test_new_writes_a_model_that_loads_and_never_overwrites(tmp_path: Path) -> None:
    file = tmp_path / "my model.yaml"
    done = main("new", str(file)).clean()
    assert (done.code, done.err) == (0, "")
    assert f"govmodel check {file}" in done.out or f"govmodel check '{file}'" in done.out
    before = file.read_bytes()
    assert main("check", str(file), "--select", "GM6").clean().code in (0, 1)
    again = main("new", str(file)).clean()
    assert (again.code, again.out) == (2, "")
    assert file.read_bytes() == before


def test_new_refuses_what_it_cannot_write(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("nowhere")
    for target in (
        str(tmp_path),
        str(tmp_path / "no" / "x.yaml"),
        "",
        str(link),
        str(tmp_path / ("x" * 300)),
    ):
        done = main("new", target).clean()
        assert (done.code, done.out) == (2, "")
        assert len(done.err.splitlines()) == 1
    assert sorted(os.listdir(tmp_path)) == ["link"]


def test_new_suggests_a_command_that_works(tmp_path: Path) -> None:
    done = main("new", str(tmp_path / "my model.yaml")).clean()
    assert f"'{tmp_path / 'my model.yaml'}'" in done.out
