"""Searches spread over a Dask cluster.

The graph is sent to every worker once, then batches of sources as workers come free. The same compiled loops run there
as here on whole milliseconds, so the answer is the same to the last bit. Dask workers run whatever a client sends them:
use a cluster of your own, on a network of your own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from luukku import __version__
from luukku.errors import LuukkuError
from luukku.travel.workers import Batch, Reached, Workers

PATIENCE = 15
"""Seconds to wait for the scheduler's answer."""


class ClusterError(LuukkuError):
    """The cluster cannot be used, or broke down. The text says what to do."""


def cluster(scheduler: str) -> Workers:
    """The workers of the Dask cluster whose scheduler is at an address such as "tcp://10.0.0.5:8786".

    Raises ClusterError when they are asked to work and Dask is not installed, nobody answers, there is no worker, a
    worker has no Luukku of this version, or workers are lost again and again.
    """

    def work_there(
        work: Callable[[Any, Batch], Reached], shared: Any, batches: list[Batch]
    ) -> Iterator[tuple[Batch, Reached]]:
        try:
            from distributed import Client, as_completed
        except ImportError as missing:
            raise ClusterError("Dask is not installed. Install it with: pip install 'luukku[cluster]'") from missing
        try:
            client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as trouble:
            raise ClusterError(
                f"No Dask scheduler answers at {scheduler!r} ({trouble}). Start one with: dask scheduler"
            ) from trouble
        with client:
            _check(client, scheduler)
            everywhere = client.scatter(shared, broadcast=True, hash=False)
            running = {client.submit(work, everywhere, batch, pure=False): batch for batch in batches}
            try:
                for done in as_completed(running, loop=client.loop):
                    yield running[done], done.result()
                    done.release()
            except LuukkuError:
                raise
            except Exception as trouble:
                raise ClusterError(f"The cluster at {scheduler} broke down: {trouble}") from trouble
            finally:
                client.cancel(list(running))

    return work_there


def _check(client: Any, scheduler: str) -> None:
    try:
        versions = client.run(_version)
    except Exception as trouble:
        raise ClusterError(
            f"A worker of {scheduler} cannot load Luukku ({trouble}). Install Luukku {__version__} on every worker."
        ) from trouble
    if not versions:
        raise ClusterError(f"The cluster at {scheduler} has no worker. Start some with: dask worker {scheduler}")
    if others := sorted({version for version in versions.values() if version != __version__}):
        raise ClusterError(
            f"Workers of {scheduler} have Luukku {', '.join(others)}, this is {__version__}. "
            "Install the same everywhere."
        )


def _version() -> str:
    return __version__
