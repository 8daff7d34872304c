"""Rounds of a service vehicle for a plan's people over the limit: asked, computed in the background, kept."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from luukku.errors import LuukkuError
from luukku.web.accounts.services import record
from luukku.web.studio import geography, uploads
from luukku.web.studio.errors import NotPossible
from luukku.web.studio.models import Alternative, Rounds, Run
from luukku.web.studio.rights import Person, require_edit
from luukku.web.studio.services.runs import PATIENCE

log = logging.getLogger(__name__)

LONGEST = 30.0
"""Seconds of search; the best rounds so far count then."""
SILENT = timedelta(minutes=3)
"""Rounds that are being computed and have not been heard of for so long have been cut off."""
SHOWN = ("limit", "near", "over", "reached", "reached_near", "vehicles", "rounds", "status", "cost")
"""What is kept of the answer beside the stops and the map."""


def ask(alternative: Alternative, *, by: Person) -> Rounds:
    """Ask for rounds for the plan as it is now. Raises NotAllowed, and NotPossible while they are being computed."""
    require_edit(by, alternative)
    if not alternative.open_sites:
        raise NotPossible(_("Open a point first: a vehicle needs a place to stand overnight."))
    fields = {
        "key": key_of(alternative),
        "status": Rounds.Status.WAITING,
        "told": None,
        "message": "",
        "asked_by": by if by.is_authenticated else None,
    }
    try:
        with transaction.atomic():
            # One asks at a time: the other waits at the row, and then finds it live.
            rounds = Rounds.objects.select_for_update().filter(alternative=alternative).first()
            if rounds is not None and _goes_on(rounds):
                raise NotPossible(_("The rounds of this plan are being computed already."))
            if rounds is None:
                rounds = Rounds(alternative=alternative)
            for name, value in fields.items():
                setattr(rounds, name, value)
            rounds.save()
            record(by, "studio.rounds_asked", alternative)
            transaction.on_commit(lambda: compute_rounds.enqueue(rounds.pk, rounds.key))
    except IntegrityError:
        raise NotPossible(_("The rounds of this plan are being computed already.")) from None
    return rounds


def latest(alternative: Alternative) -> Rounds | None:
    """The rounds asked last; those that were cut off are told as failed."""
    rounds = Rounds.objects.filter(alternative=alternative).first()
    if rounds is not None and rounds.status == Rounds.Status.RUNNING and not _goes_on(rounds):
        rounds.status = Rounds.Status.FAILED
        rounds.message = _("The computation was cut off, perhaps by a restart. Start it again.")
    return rounds


def unattended(rounds: Rounds) -> bool:
    """Whether rounds wait though nothing is being computed: then most likely no background worker is running."""
    now = timezone.now()
    if rounds.status != Rounds.Status.WAITING or rounds.heard_at > now - PATIENCE:
        return False
    busy = Q(status=Rounds.Status.RUNNING, heard_at__gt=now - SILENT)
    return not (Rounds.objects.filter(busy).exists() or Run.objects.filter(busy).exists())


def key_of(alternative: Alternative) -> str:
    """What rounds rest on, as a fingerprint: an undone change finds its rounds again."""
    files = [file and file.digest for file in (alternative.candidates, alternative.parameters)]
    rests = [
        sorted(alternative.open_sites),
        alternative.region,
        alternative.minutes,
        alternative.scenario,
        files,
        geography.get().version,
    ]
    return hashlib.sha256(json.dumps(rests).encode()).hexdigest()


@task()
def compute_rounds(number: int, key: str) -> None:
    """Compute asked rounds, by their number, in the background."""
    compute(number, key)


def compute(number: int, key: str) -> None:
    """Compute rounds that wait. What comes of it is told in them; an accident is raised too."""
    mine = Rounds.objects.filter(pk=number, key=key)
    if not mine.filter(status=Rounds.Status.WAITING).update(status=Rounds.Status.RUNNING, heard_at=timezone.now()):
        return
    rounds = Rounds.objects.select_related("alternative", "asked_by").get(pk=number)
    if key_of(rounds.alternative) != key:
        _end(rounds, Rounds.Status.FAILED, _("The plan changed before the computation began. Start it again."))
        return
    try:
        told = _made(rounds.alternative)
    except LuukkuError as error:
        _end(rounds, Rounds.Status.FAILED, str(error))
    except Exception:
        log.exception("Rounds %s failed", number)
        _end(
            rounds, Rounds.Status.FAILED, _("Something went wrong in the computation. It has been written in the log.")
        )
        raise
    else:
        _end(rounds, Rounds.Status.DONE, "", told)


def _goes_on(rounds: Rounds) -> bool:
    return rounds.status in Rounds.LIVE and (
        rounds.status == Rounds.Status.WAITING or rounds.heard_at > timezone.now() - SILENT
    )


def _end(rounds: Rounds, status: Rounds.Status, message: str, told: dict[str, Any] | None = None) -> None:
    with transaction.atomic():
        Rounds.objects.filter(pk=rounds.pk, key=rounds.key).update(
            status=status, message=message, told=told, heard_at=timezone.now()
        )
        record(rounds.asked_by, f"studio.rounds_{status}", rounds.alternative)


def _made(alternative: Alternative) -> dict[str, Any]:
    """The rounds as they are kept."""
    # Only the background worker computes: the web server need not load the library's upper floors.
    from luukku.network.problem import Stop
    from luukku.outlook import default_parameters
    from luukku.plan import evaluate
    from luukku.plan.routes import make_routes, routes_geojson, to_json

    known = geography.of(alternative)
    found = evaluate(
        known.sites.take(known.numbers(alternative.open_sites)),
        country=known.country,
        criteria=alternative.criteria,
        region=alternative.region or None,
        times_of=known.times_of,
    )
    made = make_routes(
        found,
        country=known.country,
        parameters=uploads.parameters(alternative.parameters) if alternative.parameters else default_parameters(),
        times_of=known.times_of,
        stop=Stop(LONGEST),
    )
    told = to_json(made)
    stops = [{name: value for name, value in stop.items() if name != "areas"} for stop in told["stops"]]
    left = [{"why": each.why, "people": each.people} for each in made.left]
    return {name: told[name] for name in SHOWN} | {"stops": stops, "left": left, "map": routes_geojson(made)}
