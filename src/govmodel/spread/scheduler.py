"""The workers of a Dask scheduler (the extra `distributed`)."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from govmodel.errors import Lost
from govmodel.spread import Answer, Common, Task
from govmodel.spread.fingerprint import fingerprint

ADDRESS = re.compile(r"(?:tcp|tls)://(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):(?P<port>[0-9]{1,5})/?")

WAIT = 30
"""Seconds until a scheduler must have answered, and until it must have a worker."""


def over_scheduler(
    function: Callable[[Common, Task], Answer], common: Common, tasks: Sequence[Task], address: str
) -> Iterator[tuple[int, Answer]]:
    """See `spread`. Every worker must run this very govmodel, since answers are the same to the byte."""
    try:
        import distributed as dask
    except ImportError:
        raise Lost(
            "a scheduler needs Dask, which is not installed: pip install 'govmodel[distributed]'"
        ) from None
    # What it logs when connections break is said here in words.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    distributed: Any = dask  # it carries no types
    _reach(distributed, address)
    try:
        client = distributed.Client(address, timeout=WAIT, set_as_default=False)
    except (OSError, ValueError, TypeError):
        raise Lost(f"no scheduler answers at {address}") from None
    try:
        yield from _over_client(distributed, client, function, common, tasks)
    except (OSError, distributed.CancelledError, distributed.KilledWorker):
        raise Lost(f"the scheduler at {address}, or its workers, went away") from None
    finally:
        client.close(timeout=5)


def _reach(distributed: Any, address: str) -> None:
    """Ask who is at an address before Dask's client does: one that finds no scheduler there waits for a
    minute or for ever, and prints a traceback when it is thrown away. Raises Lost."""
    local = address.startswith("inproc://")
    match = ADDRESS.fullmatch(address)
    if not local and (match is None or int(match["port"]) > 65535):
        raise Lost(f"{address!r} is no address of a scheduler; write it as tcp://host:8786")
    if match is not None:
        try:
            socket.create_connection((match["host"].strip("[]"), int(match["port"])), timeout=WAIT).close()
        except OSError:
            raise Lost(f"no scheduler answers at {address}") from None
    # In a thread of its own: a notebook has a loop that runs in this one.
    with ThreadPoolExecutor(1) as thread:
        try:
            kind = thread.submit(
                lambda: asyncio.run(_asked(distributed, address, 2 if local else WAIT))
            ).result()
        except Exception:  # what is no scheduler may send anything, and Dask then raises anything
            raise Lost(f"what answers at {address} is no scheduler of Dask") from None
    if kind != "Scheduler":
        raise Lost(f"what answers at {address} is no scheduler of Dask, but a {kind.lower()}")


async def _asked(distributed: Any, address: str, wait: int) -> str:
    """What is at an address says that it is: `Scheduler`, `Worker`, `Nanny`."""
    secure = distributed.Security().get_connection_args("client")

    async def ask() -> str:
        comm = await distributed.comm.connect(address, timeout=wait, **secure)
        try:
            await comm.write({"op": "identity", "reply": True})
            return str((await comm.read())["type"])
        finally:
            comm.abort()

    return await asyncio.wait_for(ask(), wait)


def _over_client(
    distributed: Any,
    client: Any,
    function: Callable[[Common, Task], Answer],
    common: Common,
    tasks: Sequence[Task],
) -> Iterator[tuple[int, Answer]]:
    try:
        client.wait_for_workers(1, timeout=WAIT)
    except TimeoutError:
        raise Lost(f"the scheduler at {client.scheduler.address} has no workers") from None
    try:
        others = client.run(fingerprint)
    except ImportError:
        raise Lost("a worker of the scheduler does not have govmodel") from None
    other = next((worker for worker, found in others.items() if found != fingerprint()), None)
    if other is not None:
        raise Lost(f"the worker at {other} runs another govmodel, Python or numpy than this machine")
    shared = client.scatter(common, broadcast=True, hash=False)
    futures = [client.submit(function, shared, task, pure=False) for task in tasks]
    places = {future.key: place for place, future in enumerate(futures)}
    done = distributed.as_completed(futures, loop=client.loop)
    del futures
    for future in done:
        yield places[future.key], future.result()
