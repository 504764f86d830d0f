"""`govmodel sweep`: what is recorded, resumed and refused; whoever works, the same bytes."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sweep_help import FIRE, GRID, PLAIN, TOWN, counted, grid, start

import govmodel.study.sweeping as sweeping
from govmodel import simulate, sweep
from govmodel.cli.simulate import command as simulate_command
from govmodel.cli.sweep import command
from govmodel.errors import InputError, Lost
from govmodel.report.sweeping import as_csv, as_text
from govmodel.spread import Hands, spread
from govmodel.store import Store


def run(*words: str) -> Result:
    return CliRunner().invoke(command, words, standalone_mode=False)


def test_a_sweep_says_what_simulate_says(tmp_path: Path) -> None:
    swept = sweep([TOWN, FIRE], grid(tmp_path), tmp_path / "s.sqlite")
    assert len(swept.cells) == 12
    assert swept.agrees
    path = tmp_path / "one.yaml"
    path.write_text(f"like: {PLAIN}\nattendance: {{default: 0.6}}\nitems: {{per_meeting: 4}}\n")
    alone = simulate(TOWN, path, years=1, replications=20, seed=1).rows()
    rows = [
        row for row in swept.rows()
        if row["model"] == "town-board" and row["attendance.default"] == 0.6 and row["items.per_meeting"] == 4
    ]  # fmt: skip
    assert [{k: v for k, v in row.items() if "." not in k} for row in rows] == alone


def test_rows_make_a_data_frame(tmp_path: Path) -> None:
    pandas: Any = pytest.importorskip("pandas")
    swept = sweep([TOWN], grid(tmp_path), tmp_path / "s.sqlite")
    frame = pandas.DataFrame(swept.rows())
    assert frame["attendance.default"].dtype == float
    few = frame[frame["figure"] == "inquorate meetings"].groupby("attendance.default")["value"].mean()
    assert few[0.6] > few[0.8]
    with sqlite3.connect(tmp_path / "s.sqlite") as db:
        assert len(pandas.read_sql("SELECT * FROM results", db)) == len(frame)


def test_what_is_recorded_is_not_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    real = simulate

    def counting(*arguments: Any, **more: Any) -> Any:
        ran.append(arguments[0].id)
        return real(*arguments, **more)

    monkeypatch.setattr(sweeping, "simulate", counting)
    store, told = tmp_path / "s.sqlite", []
    first = sweep([TOWN], grid(tmp_path), store)
    assert len(ran) == 6
    again = sweep([TOWN], grid(tmp_path), store, progress=lambda *n: told.append(n))
    assert len(ran) == 6
    assert told == [(6, 6)]
    assert again == first
    sweep([TOWN], grid(tmp_path, GRID.replace("[2, 4, 8]", "[2, 4, 8, 16]")), store)
    assert len(ran) == 8, "only what is new"
    sweep([TOWN], grid(tmp_path, GRID.replace("seed: 1", "seed: 2")), store)
    assert len(ran) == 14, "another seed is another cell"


def test_whoever_works_the_bytes_are_the_same(tmp_path: Path) -> None:
    found = {
        as_csv(sweep([TOWN, FIRE], grid(tmp_path), tmp_path / f"{workers}.sqlite", workers=workers))
        for workers in (1, 2)
    }
    assert len(found) == 1


def test_dask_does_the_same(tmp_path: Path) -> None:
    distributed: Any = pytest.importorskip("distributed")
    alone = as_csv(sweep([TOWN], grid(tmp_path), tmp_path / "alone.sqlite"))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        assert as_csv(sweep([TOWN], grid(tmp_path), tmp_path / "d.sqlite", scheduler=address)) == alone
        one = simulate(TOWN, PLAIN, years=1, replications=1100, seed=3)
        assert simulate(TOWN, PLAIN, years=1, replications=1100, seed=3, scheduler=address) == one


@pytest.mark.slow
def test_dask_in_processes_does_the_same(tmp_path: Path) -> None:
    distributed: Any = pytest.importorskip("distributed")
    alone = as_csv(sweep([TOWN], grid(tmp_path), tmp_path / "alone.sqlite"))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        assert as_csv(sweep([TOWN], grid(tmp_path), tmp_path / "d.sqlite", scheduler=address)) == alone


def test_no_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    for wrong in ("nowhere:1:2", "tcp://x", "http://x:1", "tcp://x:99999", ""):
        with pytest.raises(Lost, match="is no address of a scheduler; write it as tcp://host:8786"):
            simulate(TOWN, PLAIN, years=1, replications=2, scheduler=wrong)
    with pytest.raises(Lost, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        simulate(TOWN, PLAIN, years=1, replications=2, scheduler="tcp://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Lost, match=r"pip install 'govmodel\[distributed\]'"):
        simulate(TOWN, PLAIN, years=1, replications=2, scheduler="tcp://127.0.0.1:1")


@contextmanager
def listening(answer: bytes) -> Iterator[str]:
    """The address of somebody who says something else than Dask would, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answering() -> None:
            while server.fileno() >= 0:
                with suppress(OSError):
                    caller, _ = server.accept()
                    with caller:
                        caller.sendall(answer)

        Thread(target=answering, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH_9.6\r\n" * 9, b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_somebody_else_at_the_address(
    answer: bytes, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("govmodel.spread.scheduler.WAIT", 3)  # seconds, for one who says nothing
    with listening(answer) as address:
        words = (str(TOWN), "--scenario", str(PLAIN), "--replications", "2", "--scheduler", address)
        with pytest.raises(Lost, match=f"what answers at {address} is no scheduler of Dask"):
            CliRunner().invoke(simulate_command, words, standalone_mode=False, catch_exceptions=False)
    gc.collect()
    assert "Traceback" not in capfd.readouterr().err


def test_a_worker_is_no_scheduler() -> None:
    distributed: Any = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=1, processes=False, protocol="tcp", host="127.0.0.1", dashboard_address=None
    ) as cluster:
        with pytest.raises(Lost, match="is no scheduler of Dask, but a worker"):
            simulate(TOWN, PLAIN, years=1, replications=2, scheduler=cluster.workers[0].address)
        one = simulate(TOWN, PLAIN, years=1, replications=2, scheduler=cluster.scheduler_address)
    assert one == simulate(TOWN, PLAIN, years=1, replications=2)
    with pytest.raises(Lost, match="what answers at inproc://nobody is no scheduler"):
        simulate(TOWN, PLAIN, years=1, replications=2, scheduler="inproc://nobody")


def test_a_worker_that_is_killed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(function: Any, common: Any, tasks: Any, hands: Hands) -> Any:
        yield 0, function(common, tasks[0])
        raise Lost("a worker process was ended from outside")

    monkeypatch.setattr(sweeping, "spread", lost)
    with pytest.raises(Lost, match=r"1 of 6 cells are recorded in .*: the same command goes on from them"):
        sweep([TOWN], grid(tmp_path), tmp_path / "s.sqlite", workers=2)


def _dies(common: None, task: int) -> int:
    if task:
        os._exit(9)
    return task


def test_a_worker_that_is_really_killed() -> None:
    with pytest.raises(Lost, match="a worker process was ended from outside"):
        list(spread(_dies, None, [0, 1, 0, 0], Hands(2)))


def test_a_full_disc_loses_nothing_that_was_recorded(tmp_path: Path) -> None:
    """The file cannot grow past a limit, as on a disc that is full."""
    more = GRID.replace("[2, 4, 8]", f"[{', '.join(map(str, range(1, 31)))}]")
    store, path = tmp_path / "s.sqlite", grid(tmp_path, more)
    full = start(str(TOWN), str(path), str(store), "1", limit=200_000)
    out, err = full.communicate(timeout=60)
    told = int(out.splitlines()[-1].split()[0])
    assert full.returncode == 2
    assert f"Lost the store {store} cannot be written: " in err
    assert f"{told} of 60 cells are recorded" in err
    assert 0 < told < 60
    assert counted(store)[0] == told
    done = sweep([TOWN], path, store)
    assert as_csv(done) == as_csv(sweep([TOWN], path, tmp_path / "other.sqlite"))


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a database, and long enough not to look like an empty one\n" * 20)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE mine (x)")
    before = other.read_bytes()
    for store, said in (
        (tmp_path / "no" / "s.sqlite", "unable to open database file"),
        (tmp_path, "unable to open database file"),
        (file / "s.sqlite", "unable to open database file"),
        (file, "file is not a database"),
        (other, "is a database of something else"),
    ):
        with pytest.raises(Lost, match=said):
            sweep([TOWN], grid(tmp_path), store)
    assert other.read_bytes() == before


def test_the_command(tmp_path: Path) -> None:
    words = (str(TOWN), "--grid", str(grid(tmp_path)), "--store", str(tmp_path / "s.sqlite"))
    text = run(*words)
    assert text.exception is None
    assert text.return_value == 0
    assert "sweep test: a grid for tests" in text.output
    lines = [line for line in text.output.splitlines() if line.startswith("town-board  plain")]
    assert len(lines) == 6
    rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").output)))
    exact = next(row["exact"] for row in rows if row["figure"] == "inquorate meetings")
    assert f"={100 * float(exact):.2f} %" in lines[0]
    assert "= is exact" in " ".join(text.output.split())
    assert rows[0]["attendance.default"] == "0.6"
    whole = json.loads(run(*words, "--format", "json").output)["sweep"]
    assert len(whole["cells"]) == 6
    assert sum(len(cell["figures"]) for cell in whole["cells"]) == len(rows)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--grid", "none-such.yaml"), "there is no such file"),
        (("--grid", str(PLAIN)), "a grid is expected here"),
        (("--reading", "chair-vote"), "--reading wants NAME=OPTION"),
        (("--reading", "chair-votes=tie"), "did you mean 'chair-vote'?"),
        (("--workers", "0"), "0 is not in the range"),
    ],
)
def test_wrong_arguments(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    given = ("--grid", str(grid(tmp_path))) if "--grid" not in words else ()
    found = run(str(TOWN), *given, "--store", str(tmp_path / "s"), *words)
    assert found.exception is not None
    assert said in str(found.exception) or said in getattr(found.exception, "message", "")


def test_long_values_are_told_below_the_table(tmp_path: Path) -> None:
    text = GRID.replace(
        "  items: {per_meeting: [2, 4, 8]}", "  bad_meetings: [none, {chance: 0.1, attendance: 0.5}]"
    )
    out = as_text(sweep([TOWN], grid(tmp_path, text), tmp_path / "s.sqlite"))
    row = next(line for line in out.splitlines() if line.startswith("town-board  plain") and "(2)" in line)
    assert len(row) < 130
    assert "  bad_meetings (2): {chance: 0.1, attendance: 0.5}" in out.splitlines()


def test_two_models_of_one_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two models are called town-board"):
        sweep([TOWN, TOWN], grid(tmp_path), tmp_path / "s.sqlite")


def test_results_are_those_of_the_last_sweep(tmp_path: Path) -> None:
    """Whoever changes the text, the seed or the reading must not average over what there was before."""
    store, model = tmp_path / "s.sqlite", tmp_path / "town-board.yaml"
    model.write_text(TOWN.read_text())
    few = GRID.replace("[0.6, 0.8]", "[0.6]").replace("[2, 4, 8]", "[2, 4]")

    def seen(view: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(store) as db:
            return db.execute(
                "SELECT settings, reading, years, replications, seed, first, value, exact "
                f"FROM {view} WHERE figure = 'inquorate meetings'"
            ).fetchall()

    def swept(text: str = few, **more: Any) -> list[tuple[Any, ...]]:
        rows = sweep([model], grid(tmp_path, text), store, **more).rows()
        return [(r["value"], r["exact"]) for r in rows if r["figure"] == "inquorate meetings"]

    first = swept()
    old = seen("results")
    assert [row[-2:] for row in old] == first
    assert [row[0] for row in old] == [
        json.dumps({"attendance.default": "0.6", "items.per_meeting": n}) for n in ("2", "4")
    ]
    assert {row[1:6] for row in old} == {("{}", 1, 20, 1, "2023-09-01")}
    later = few.replace("seed: 1", "seed: 2\nfrom: 2020-01-01").replace(
        "replications: 20", "replications: 30"
    )
    other = swept(later, reading={"chair-vote": "always"})
    assert [row[-2:] for row in seen("results")] == other
    assert {row[1:6] for row in seen("results")} == {('{"chair-vote": "always"}', 1, 30, 2, "2020-01-01")}
    model.write_text(TOWN.read_text().replace("present >= 4", "present >= 6"))
    changed = swept()
    assert [row[-2:] for row in seen("results")] == changed
    assert changed != first
    assert len(seen("recorded")) == len(first) + len(other) + len(changed)
    assert swept() == changed
    model.write_text(TOWN.read_text())
    assert swept() == first
    assert seen("results") == old, "recorded once, and shown again"


def test_a_cell_is_recorded_once(tmp_path: Path) -> None:
    (cell,) = sweep(
        [TOWN],
        grid(tmp_path, GRID.replace("[0.6, 0.8]", "[0.6]").replace("[2, 4, 8]", "[2]")),
        tmp_path / "s",
    ).cells
    with Store(tmp_path / "s") as store:
        store.put(cell)
        assert store.get(cell.key) == cell
        with pytest.raises(KeyError):
            store.get("none")
    assert counted(tmp_path / "s") == (1, len(cell.figures))
