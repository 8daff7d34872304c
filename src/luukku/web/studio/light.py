"""The places of a plan that stay over the limit, and the light solution that a rule proposes for each."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luukku.network.evaluate import Evaluation
from luukku.network.light import light_solutions
from luukku.web.studio.geography import Geography
from luukku.web.studio.models import Alternative
from luukku.web.studio.schemas import LeftOutOut


def left_out_of(known: Geography, alternative: Alternative, found: Evaluation) -> list[LeftOutOut]:
    """Places over the limit, most people first."""
    words = {
        "remote_point": _("remote point"),
        "vehicle": _("service vehicle"),
        "duty_visit": _("officials' duty visits"),
        "pop_up": _("pop-up point"),
    }
    return [
        LeftOutOut.model_construct(
            area=light.centre,
            areas=list(light.cells),
            people=light.people,
            kind=light.kind,
            solution=words[light.kind],
        )
        for light in light_solutions(found, known.cells(alternative.region))
    ]


def counted(left: list[LeftOutOut]) -> str:
    """How many of each light solution, in words."""
    count = Counter(place.kind for place in left)
    told = [
        (count["remote_point"], ngettext("%d remote point", "%d remote points", count["remote_point"])),
        (count["vehicle"], ngettext("%d stop of a vehicle", "%d stops of a vehicle", count["vehicle"])),
        (count["duty_visit"], ngettext("%d place of duty visits", "%d places of duty visits", count["duty_visit"])),
        (count["pop_up"], ngettext("%d pop-up point", "%d pop-up points", count["pop_up"])),
    ]
    return ", ".join(text % number for number, text in told if number)
