"""The points of today: the localities that the document names, a part of those there are, and labelled so."""

from __future__ import annotations

from django.db import transaction

from luukku.country.sites import named_sites
from luukku.web.studio import geography
from luukku.web.studio.models import Alternative


def _today_sites() -> list[str]:
    country = geography.get().country
    own, _own_label = named_sites(country, "authority:all")
    joint, _joint_label = named_sites(country, "joint")
    return geography.get().known([*own.code.tolist(), *joint.code.tolist()])


@transaction.atomic
def today() -> Alternative:
    """The one alternative of today's points, made or brought up to date when the country's data has changed."""
    version = geography.get().version
    found = Alternative.objects.filter(kind=Alternative.Kind.TODAY).first()
    if found and found.country_version == version:
        return found
    fields = {
        "name": "Nykyinen verkko",
        "country_version": version,
        "open_sites": _today_sites(),
        "keep_centres": False,
    }
    alternative, _made = Alternative.objects.update_or_create(kind=Alternative.Kind.TODAY, defaults=fields)
    return alternative
