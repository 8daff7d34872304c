"""Serve everything from one command: database brought up to date, static files, web server and task worker."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from luukku.errors import LuukkuError
from luukku.web.project import environment

log = logging.getLogger("luukku.serve")
PATIENCE = 5.0  # seconds for the worker to end what it is doing


class PortTaken(LuukkuError):
    """Another program listens where the server wanted to."""


def set_up() -> None:
    """Make the data folder, load Django with hashed static files, migrate the database and collect the files.

    Raises BadEnvironment when the folder or a variable is wrong.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luukku.web.project.settings")
    os.environ.setdefault("LUUKKU_STATIC", "hashed")
    environment.prepare()
    import django

    django.setup()
    from django.core.management import call_command

    from luukku.web.project.static import collect

    call_command("migrate", interactive=False, verbosity=0)
    collect()


def tell(address: str) -> None:
    """Print where the pages are."""
    sys.stdout.write(f"Luukku is at {address}  (Ctrl-C stops it)\n")
    sys.stdout.flush()


def serve(host: str = "127.0.0.1", port: int = 8000, *, ready: Callable[[str], None] = tell) -> None:
    """Run the web server and one task worker until Ctrl-C or SIGTERM; then stop both.

    ready: called with the address when pages can be opened.
    Raises PortTaken, BadEnvironment.
    """
    listener = _listen(host, port)
    set_up()
    import uvicorn

    from luukku.web.project.asgi import application

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready(address(host, listener.getsockname()[1]))

    config = uvicorn.Config(
        application,
        ws="websockets-sansio",
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=3,
    )
    # The server stops in order and then raises the signal again; so does SIGTERM, or the worker would be left behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), listener, _worker():
        Server(config).run(sockets=[listener])


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the server."""
    shown = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}.get(host, host)  # noqa: S104
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(f"Port {port} is in use by another program. Choose another with --port.") from error
        raise PortTaken(f"The server cannot listen at {host}:{port} ({error.strerror}).") from error
    return listener


@contextmanager
def _worker() -> Iterator[None]:
    """A task worker beside the server, started again if it dies, stopped at the end."""
    stopping = threading.Event()
    process = _start_worker()

    def keep() -> None:
        nonlocal process
        while not stopping.wait(0.5):
            if process.poll() is not None:
                log.error("The task worker ended with code %s and is started again.", process.returncode)
                stopping.wait(2.0)  # a worker that dies at once must not be started in a hot loop
                if not stopping.is_set():
                    process = _start_worker()

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stopping.set()
        keeper.join()
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            log.warning("A task is still running; it is cut off.")
            process.kill()
            process.wait()


def _start_worker() -> subprocess.Popen[bytes]:
    # -P: no module of the current folder comes in between.
    command = [sys.executable, "-P", "-m", "luukku.web.project.worker"]
    # A session of its own: Ctrl-C reaches the server only, which then stops the worker in order.
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603
