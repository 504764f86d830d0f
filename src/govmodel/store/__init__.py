"""The record of a sweep: one SQLite file, in which a cell stands whole or not at all.

Written ahead (WAL) and flushed to the disc before a cell counts as recorded, so that neither a killed
process nor a power cut loses one. Every cell is a transaction of its own.

What it looks like to others: the view `results` has a row for each figure of the sweep that was begun
last, as `SELECT * FROM results` or `pandas.read_sql` take it. What was recorded for other grids, seeds,
readings or earlier texts stays, and is in the view `recorded`, with the key of its cell.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any

from govmodel.errors import Lost
from govmodel.model.grid import Cell

APPLICATION = 0x676F766D
"""Marks the file as ours (`govm`), for SQLite's `application_id`."""

SCHEMA = 2

WAIT = 60
"""Seconds to wait for another sweep that writes into the same file."""

FIGURES = (
    "body", "figure", "unit", "value", "low", "high", "confidence", "method", "over", "exact", "agrees",
)  # fmt: skip

WHICH = ("model", "scenario", "settings", "reading", "years", "replications", "seed", "first")
"""What tells a cell from others, in words."""

SHOWN = ", ".join([*(f"cells.{name}" for name in WHICH), *(f"figures.{name}" for name in FIGURES)])

TABLES = f"""
CREATE TABLE cells (
    key TEXT PRIMARY KEY,
    model TEXT NOT NULL,
    scenario TEXT NOT NULL,
    settings TEXT NOT NULL,
    reading TEXT NOT NULL,
    years INTEGER NOT NULL,
    replications INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    first TEXT NOT NULL,
    agrees INTEGER NOT NULL,
    left_out TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE latest (
    number INTEGER PRIMARY KEY,
    cell TEXT NOT NULL
);
CREATE TABLE figures (
    cell TEXT NOT NULL REFERENCES cells (key),
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    figure TEXT NOT NULL,
    unit TEXT NOT NULL,
    value REAL,
    low REAL,
    high REAL,
    confidence REAL NOT NULL,
    method TEXT NOT NULL,
    over INTEGER NOT NULL,
    exact REAL,
    agrees INTEGER,
    PRIMARY KEY (cell, number)
) WITHOUT ROWID;
CREATE VIEW results AS
    SELECT {SHOWN}
    FROM latest JOIN cells ON latest.cell = cells.key JOIN figures ON figures.cell = cells.key
    ORDER BY latest.number, figures.number;
CREATE VIEW recorded AS
    SELECT cells.key, {SHOWN}
    FROM cells JOIN figures ON figures.cell = cells.key
    ORDER BY cells.model, cells.scenario, cells.settings, cells.key, figures.number;
"""


class Store:
    """An open store. Opening makes the file where there is none.

    Raises:
        Lost: the file cannot be opened or written, or is none of ours.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        with self._told("cannot be opened"):
            self._db = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)
        try:
            with self._told("cannot be opened"):
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        self._db.execute("PRAGMA foreign_keys = ON")
        with self._whole():
            (application,) = self._db.execute("PRAGMA application_id").fetchone()
            (schema,) = self._db.execute("PRAGMA user_version").fetchone()
            (things,) = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if not application and not things:
                for statement in filter(str.strip, TABLES.split(";")):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA application_id = {APPLICATION}")
                self._db.execute(f"PRAGMA user_version = {SCHEMA}")
            elif application != APPLICATION:
                raise Lost(f"{self.path} is a database of something else; name another file for the store")
            elif schema != SCHEMA:
                raise Lost(f"{self.path} was made by another version of govmodel; name another file")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise Lost(f"the store {self.path} {what}: {error}") from None

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """One transaction: all of it, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise

    def begin(self, keys: Iterable[str]) -> None:
        """From now on the view `results` is about these cells, in this order, as far as they are there.

        Raises:
            Lost: it cannot be written.
        """
        with self._told("cannot be written"), self._whole():
            self._db.execute("DELETE FROM latest")
            self._db.executemany("INSERT INTO latest (cell) VALUES (?)", [(key,) for key in keys])

    def put(self, cell: Cell) -> None:
        """Record what came of a cell. It is on the disc when this returns. A cell that is there stays
        as it is.

        Raises:
            Lost: it cannot be written. Everything recorded before stays.
        """
        with self._told("cannot be written"), self._whole():
            made = self._db.execute(
                "INSERT OR IGNORE INTO cells VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    cell.key, cell.model, cell.scenario, _json(dict(cell.settings)),
                    _json(dict(cell.reading)), cell.years, cell.replications, cell.seed,
                    cell.first.isoformat(), cell.agrees, _json(cell.left_out),
                ),
            )  # fmt: skip
            if made.rowcount == 1:
                marks = ", ".join("?" * (len(FIGURES) + 2))
                self._db.executemany(
                    f"INSERT INTO figures VALUES ({marks})",
                    [
                        (cell.key, number, *(row[name] for name in FIGURES))
                        for number, row in enumerate(cell.figures)
                    ],
                )

    def recorded(self, keys: Iterable[str]) -> set[str]:
        """Which of these cells are there."""
        with self._told("cannot be read"):
            there = {key for (key,) in self._db.execute("SELECT key FROM cells")}
        return there.intersection(keys)

    def get(self, key: str) -> Cell:
        """A cell that is recorded. Raises KeyError."""
        with self._told("cannot be read"):
            row = self._db.execute("SELECT * FROM cells WHERE key = ?", (key,)).fetchone()
            if row is None:
                raise KeyError(key)
            figures = self._db.execute(
                f"SELECT {', '.join(FIGURES)} FROM figures WHERE cell = ? ORDER BY number", (key,)
            ).fetchall()
        _, model, scenario, settings, reading, years, replications, seed, first, agrees, left_out = row
        return Cell(
            key=key, model=model, scenario=scenario, settings=json.loads(settings),
            reading=json.loads(reading), years=years, replications=replications, seed=seed,
            first=date.fromisoformat(first), agrees=bool(agrees), left_out=tuple(json.loads(left_out)),
            figures=tuple(map(_figure, figures)),
        )  # fmt: skip

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _figure(values: tuple[Any, ...]) -> dict[str, Any]:
    row = dict(zip(FIGURES, values, strict=True))
    row["agrees"] = None if row["agrees"] is None else bool(row["agrees"])
    return row
