"""Computing a network in the background: asked, followed, stopped, and its result put into the alternative."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from luukku.errors import Impossible, LuukkuError
from luukku.network.problem import Progress, Stop
from luukku.web.accounts.services import record
from luukku.web.studio import solving
from luukku.web.studio.errors import NotPossible, Stale
from luukku.web.studio.models import Alternative, Objective, Run
from luukku.web.studio.rights import Person, require_edit
from luukku.web.studio.services.changes import set_solution

log = logging.getLogger(__name__)

LONGEST = 120.0
"""Seconds after which a computation stops by itself and keeps its best."""
HEARTBEAT = 0.3
SILENT = timedelta(seconds=30)
"""A running computation that has not been heard of for so long has been cut off."""
PATIENCE = timedelta(seconds=10)
"""A worker looks for work four times a second: who waits for so long while none works has no worker."""


def start(alternative: Alternative, *, by: Person) -> Run:
    """Ask for a computation of the alternative as it is now.

    Raises NotAllowed, and NotPossible while another computation of it goes on or when the number of points is missing.
    """
    require_edit(by, alternative)
    if alternative.objective != Objective.FEWEST_POINTS and not alternative.points:
        raise NotPossible(_("Give the number of points first: this objective needs it."))
    bury(alternative)
    try:
        with transaction.atomic():
            run = Run.objects.create(
                alternative=alternative, asked_by=by if by.is_authenticated else None, version=alternative.version
            )
            record(by, "studio.run_asked", alternative, {"run": run.pk})
            transaction.on_commit(lambda: compute_network.enqueue(run.pk))
    except IntegrityError:
        raise NotPossible(_("A network of this plan is being computed already.")) from None
    return run


def latest(alternative: Alternative) -> Run | None:
    """The newest computation of an alternative; one that was cut off is told as failed."""
    bury(alternative)
    return alternative.runs.first()


def ask_to_stop(run: Run, *, by: Person) -> Run:
    """Stop: the best found so far will be kept. A run still waiting for its turn is called off. Raises NotAllowed."""
    require_edit(by, run.alternative)
    with transaction.atomic():
        called_off = Run.objects.filter(pk=run.pk, status=Run.Status.WAITING).update(
            status=Run.Status.STOPPED, stop_asked=True, message=_("Called off before it began.")
        )
        if not called_off:
            Run.objects.filter(pk=run.pk).update(stop_asked=True)
        record(by, "studio.run_stop_asked", run.alternative, {"run": run.pk})
    run.refresh_from_db()
    return run


def bury(alternative: Alternative) -> None:
    """Tell as failed what was cut off, for instance when the machine was restarted."""
    cut_off = alternative.runs.filter(status=Run.Status.RUNNING, heard_at__lt=timezone.now() - SILENT)
    cut_off.update(
        status=Run.Status.FAILED, message=_("The computation was cut off, perhaps by a restart. Start it again.")
    )


def unattended(run: Run) -> bool:
    """Whether a run waits though no other is being computed: then most likely no background worker is running."""
    if run.status != Run.Status.WAITING or run.asked_at > timezone.now() - PATIENCE:
        return False
    return not Run.objects.filter(status=Run.Status.RUNNING, heard_at__gt=timezone.now() - SILENT).exists()


@task()
def compute_network(run: int) -> None:
    """Compute the network of a run, by its number, in the background."""
    compute(run)


def compute(number: int) -> None:
    """Do the computation of a run. How it goes and ends is told in the run itself; an accident is raised too."""
    claimed = Run.objects.filter(pk=number, status=Run.Status.WAITING).update(
        status=Run.Status.RUNNING, heard_at=timezone.now()
    )
    if not claimed:
        return
    run = Run.objects.select_related("alternative", "asked_by").get(pk=number)
    try:
        with _listening(run) as stop:
            open_sites, certificate = solving.solve(run.alternative, stop)
        _keep(run, open_sites, certificate)
    except Impossible as error:
        _end(run, Run.Status.IMPOSSIBLE, str(error))
    except LuukkuError as error:
        _end(run, Run.Status.FAILED, str(error))
    except Exception:
        log.exception("Run %s failed", number)
        _end(run, Run.Status.FAILED, _("Something went wrong in the computation. It has been written in the log."))
        raise


def _keep(run: Run, open_sites: list[str], certificate: dict[str, object]) -> None:
    """Put the network into the alternative; into a copy when the alternative has changed meanwhile."""
    alternative = run.alternative
    try:
        set_solution(alternative, open_sites, certificate, version=run.version, by=run.asked_by)
        result = alternative
    except (Stale, NotPossible):
        result = Alternative.objects.create(
            name=_("%(plan)s, computed") % {"plan": alternative.name[:100]},
            owner=run.asked_by,
            country_version=alternative.country_version,
            parent=alternative,
            **{**alternative.undoable(), "open_sites": sorted(open_sites), "certificate": certificate},
        )
    stopped = certificate["stopped_by"] == "asked"
    Run.objects.filter(pk=run.pk).update(
        value=certificate["objective"], bound=certificate["bound"], seconds=certificate["seconds"], result=result
    )
    _end(run, Run.Status.STOPPED if stopped else Run.Status.DONE, "")


def _end(run: Run, status: Run.Status, message: str) -> None:
    Run.objects.filter(pk=run.pk).update(status=status, message=message, heard_at=timezone.now())
    record(run.asked_by, f"studio.run_{status}", run.alternative, {"run": run.pk})


@contextmanager
def _listening(run: Run) -> Iterator[Stop]:
    """A Stop that is set when the planner asks, while the run's progress is written now and then.

    The solver calls back when it likes and must not wait for the database, so a thread of its own writes and reads.
    """
    asked, over = threading.Event(), threading.Event()
    last, begun = Progress(0.0, None, None), time.monotonic()

    def tell(progress: Progress) -> None:
        nonlocal last
        last = progress

    def follow() -> None:
        try:
            while not over.wait(HEARTBEAT):
                rows = Run.objects.filter(pk=run.pk)
                seconds = time.monotonic() - begun
                rows.update(seconds=seconds, value=last.value, bound=last.bound, heard_at=timezone.now())
                if rows.filter(stop_asked=True).exists():
                    asked.set()
        finally:
            connection.close()

    follower = threading.Thread(target=follow, name=f"run-{run.pk}", daemon=True)
    follower.start()
    try:
        yield Stop(seconds=LONGEST, asked=asked, tell=tell)
    finally:
        over.set()
        follower.join()
