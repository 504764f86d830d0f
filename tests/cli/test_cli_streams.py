"""Where the output goes: closed pipes, full disks, terminals and their colours, other encodings."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from cli_help import FIRE, NOISE, OXFORD, PLAIN, TOWN, called, environment, main, words

from govmodel.loading import load
from govmodel.reading import read, under

WRITERS = {
    "check": ("check", FIRE, "--select", "GM6"),
    "json": ("check", FIRE, "--select", "GM6", "--format", "json"),
    "explain": ("explain", "GM104"),
    "catalogue": ("explain",),
    "graph": ("graph", FIRE, "-o", "-", "--format", "dot"),
    "simulate": ("simulate", FIRE, "--scenario", PLAIN, "--years", "1", "--replications", "2"),
    "schema": ("schema",),
    "help": ("--help",),
    "version": ("--version",),
}


def to_a_closed_pipe(*arguments: str) -> tuple[int, str]:
    """The exit code and standard error of a call whose reader has gone before the first word."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            words(*arguments), stdout=writer, stderr=subprocess.PIPE, env=environment(), timeout=60, text=True
        )
    finally:
        os.close(writer)
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", WRITERS)
def test_a_closed_reader_makes_no_noise(name: str) -> None:
    _, err = to_a_closed_pipe(*WRITERS[name])
    assert err == ""


@pytest.mark.parametrize("name", ["check", "graph", "schema", "help"])
def test_a_closed_reader_is_no_finding(name: str) -> None:
    code, _ = to_a_closed_pipe(*WRITERS[name])
    assert code not in (1, 2, 3, 70)


def test_head_of_a_long_output() -> None:
    command = f"{' '.join(words('schema'))} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, env=environment(), text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("{\n", "")


@pytest.mark.parametrize("name", ["check", "graph", "simulate", "schema", "help"])
def test_a_full_disk_behind_the_screen(name: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            words(*WRITERS[name]),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=60,
            text=True,
        )
    assert done.returncode == 2
    assert not NOISE.search(done.stderr)
    assert "space" in done.stderr


LONG: dict[str, tuple[str, ...]] = {
    "simulate": ("simulate", FIRE, "--scenario", PLAIN, "--years", "1", "--replications", "2"),
    "compare": ("compare", FIRE, "--scenario", PLAIN, "--years", "1", "--replications", "2", "--no-checks"),
    "check": ("check", FIRE, "--select", "GM6"),
    "graph": ("graph", FIRE, "--format", "dot"),
    "sweep": ("sweep", FIRE),
    "fit": ("fit",),
}  # fmt: skip


def arguments_of(name: str, folder: Path) -> tuple[str, ...]:
    """A call that writes to a file, with the files that it needs."""
    if name == "sweep":
        grid, store = folder / "grid.yaml", folder / "store.sqlite"
        grid.write_text(
            f'govmodel: "1"\ngrid: g\nabout: one\nscenarios: [{PLAIN}]\n'
            "vary: {items: {per_meeting: [1, 2]}}\nyears: 1\nreplications: 2\nseed: 1\n"
        )
        return *LONG[name], "--grid", str(grid), "--store", str(store)
    if name == "fit":
        table = folder / "minutes.csv"
        seat = next(iter(under(read(load(TOWN)), {}).bodies["board"].voting)).name
        table.write_text(f"date,seat,came\n2020-01-06,{seat},yes\n")
        return *LONG[name], str(table), "--model", TOWN
    return LONG[name]


@pytest.mark.parametrize("name", LONG)
def test_where_nothing_can_be_written(name: str, tmp_path: Path) -> None:
    """A disc that is full, a directory, none at all: said plainly, and nothing else is lost."""
    arguments = arguments_of(name, tmp_path)
    for output, said in (
        ("/dev/full", "No space left on device"),
        (str(tmp_path), "Is a directory"),
        (str(tmp_path / "none" / "x"), "No such file or directory"),
        ("/proc/1/x", "cannot write /proc/1/x: "),
    ):
        done = main(*arguments, "-o", output).clean()
        assert done.code == 2
        assert "cannot write" in done.err
        assert said in done.err


@pytest.mark.parametrize("name", LONG)
def test_a_file_stays_as_it_was_where_the_disc_is_full(name: str, tmp_path: Path) -> None:
    target = tmp_path / "before"
    target.write_text("what was there\n" * 100)
    target.chmod(0o640)
    arguments = arguments_of(name, tmp_path)
    program = (
        "import resource, sys\n"
        "import tempfile\n"
        "real = tempfile.mkstemp\n"
        "def small(**more):\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
        "    return real(**more)\n"
        "tempfile.mkstemp = small\n"
        f"sys.argv = ['govmodel', *{[*arguments, '-o', str(target)]!r}]\n"
        "from govmodel.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env=environment(), text=True, timeout=60
    )
    assert (done.returncode, NOISE.search(done.stderr)) == (2, None)
    assert f"cannot write {target}: File too large" in " ".join(done.stderr.split())
    assert target.read_text() == "what was there\n" * 100
    left = {path.name for path in tmp_path.iterdir()} - {"before", "grid.yaml", "minutes.csv"}
    assert {name.partition("-")[0] for name in left} <= {"store.sqlite"}
    main(*arguments, "-o", str(target)).clean()
    assert "what was there" not in target.read_text()
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["check", "schema"])
def test_no_standard_output_at_all(name: str) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *words(*WRITERS[name])],
        stderr=subprocess.PIPE, env=environment(), timeout=60, text=True,
    )  # fmt: skip
    assert done.returncode in (0, 1, 2, 3)
    assert not NOISE.search(done.stderr)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_terminal_that_knows_few_letters(encoding: str, tmp_path: Path) -> None:
    model = tmp_path / "m.yaml"
    model.write_text(Path(FIRE).read_text("utf-8").replace("Carrow", "Caerdydd ŵ"), "utf-8")
    done = subprocess.run(
        words("check", str(model), "--select", "GM303"),
        capture_output=True, env=environment({"PYTHONIOENCODING": encoding}), timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert b"defect of govmodel" not in done.stderr
    assert b"minority capture" in done.stdout


# terminals


def on_a_terminal(*arguments: str, env: Mapping[str, str]) -> tuple[int, str]:
    """The exit code and all that a terminal of 24 by 80 shows of a call."""
    pid, terminal = pty.fork()
    if pid == 0:
        kept = {k: v for k, v in environment().items() if k not in ("COLUMNS", "LINES", "TERM")}
        os.execve(sys.executable, words(*arguments), {**kept, "TERM": "xterm-256color", **env})
    shown = b""
    while True:
        try:
            part = os.read(terminal, 1 << 16)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), shown.decode()


def test_a_terminal_gets_colours_unless_it_asks_for_none() -> None:
    coloured = on_a_terminal("check", FIRE, "--select", "GM303", env={"COLUMNS": "100"})
    plain = on_a_terminal("check", FIRE, "--select", "GM303", env={"COLUMNS": "100", "NO_COLOR": "1"})
    assert coloured[0] == plain[0] == 1
    assert "\x1b[33m\x1b[1mwarning GM303: minority capture\x1b[0m" in coloured[1]
    assert "\x1b" not in plain[1]
    assert plain[1].replace("\r\n", "\n") == called("check", FIRE, "--select", "GM303").out


def test_a_file_and_a_pipe_get_no_colours(tmp_path: Path) -> None:
    assert "\x1b" not in called("check", FIRE, "--select", "GM303").out
    file = tmp_path / "report"
    assert on_a_terminal("check", FIRE, "--select", "GM303", "-o", str(file), env={}) == (1, "")
    assert "\x1b" not in file.read_text("utf-8")


def test_a_terminal_that_knows_no_colours() -> None:
    assert "\x1b" not in on_a_terminal("check", FIRE, "--select", "GM303", env={"TERM": "dumb"})[1]


def test_an_empty_no_color_asks_for_nothing() -> None:
    assert "\x1b" in on_a_terminal("check", FIRE, "--select", "GM303", env={"NO_COLOR": ""})[1]


def test_the_bar_of_a_simulation_is_for_terminals_only() -> None:
    done = called("simulate", FIRE, "--scenario", PLAIN, "--years", "1", "--replications", "20").clean()
    assert done.err == ""
    assert "\x1b" not in done.out


def test_a_wide_table_stays_whole_on_a_narrow_terminal() -> None:
    code, shown = on_a_terminal("check", OXFORD, "--select", "GM209", env={"COLUMNS": "20"})
    assert code == 1
    assert "each-council" in shown
