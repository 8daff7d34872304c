"""The process that does long work: `python -m luukku.web.project.worker`, or several of them in production.

It stops when its standard input ends, so it never outlives the web server that started it; give it `--alone` to run
under a service manager instead.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import uuid

INTERVAL = 0.25  # seconds between looks for work; a planner who presses "compute" waits this long at most


def _stop_with_parent() -> None:
    # Read the bare descriptor: a thread that holds the buffer's lock would break Python's own ending.
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Do tasks until told to stop; a first SIGTERM lets the running task end, a second one cuts it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luukku.web.project.settings")
    import django

    django.setup()
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        interval=INTERVAL,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid.uuid4().hex,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    if "--alone" not in sys.argv:
        threading.Thread(target=_stop_with_parent, daemon=True).start()
    worker.run()


if __name__ == "__main__":
    main()
