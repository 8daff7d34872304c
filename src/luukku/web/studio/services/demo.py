"""Plans for a demonstration: today's points, a computed network, and one changed by hand."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luukku.network.problem import Stop
from luukku.web.accounts.models import User
from luukku.web.studio import solving
from luukku.web.studio.models import Alternative
from luukku.web.studio.services.alternatives import copy, create
from luukku.web.studio.services.changes import set_point, set_solution
from luukku.web.studio.services.today import today
from luukku.web.studio.settings import Asked

SECONDS = 60.0


def make_demo(user: User) -> list[Alternative]:
    """The alternatives of a demonstration, made once: a user who has plans already keeps them as they are.

    Today's named points; the fewest points for 99.5 % within an hour; the same with two points closed by hand; and
    North Karelia with the points of its neighbours.
    """
    today()
    if owned := list(Alternative.objects.filter(owner=user, deleted_at=None)):
        return owned
    fewest = _computed(_("Fewest points"), Asked(), user)
    region = _computed(_("North Karelia"), Asked(region="12", coverage=0.98), user)
    wishes = copy(fewest, by=user, name=_("Changed by hand"))
    chosen = [code for code in wishes.open_sites if code.startswith("M")][-2:]
    for code in chosen:
        set_point(wishes, code, opened=False, version=wishes.version, by=user)
    return [fewest, region, wishes]


def _computed(name: str, asked: Asked, user: User) -> Alternative:
    plan = create(name, by=user, asked=asked)
    open_sites, certificate = solving.solve(plan, Stop(seconds=SECONDS))
    return set_solution(plan, open_sites, certificate, version=plan.version, by=user)
