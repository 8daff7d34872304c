"""What can go wrong in the studio, told for the planner."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luukku.errors import LuukkuError
from luukku.web.studio.models import Alternative


class Stale(LuukkuError):
    """The alternative has changed since the planner saw it; the planner's change was not made.

    alternative: as it is now.
    """

    def __init__(self, alternative: Alternative) -> None:
        self.alternative = alternative
        change = alternative.changes.filter(number=alternative.step).select_related("by").first()
        who = str(change.by) if change and change.by else _("Somebody else")
        super().__init__(
            _("%(who)s changed “%(plan)s” at the same time. Your change has not been made.")
            % {"who": who, "plan": alternative.name}
        )


class NotPossible(LuukkuError):
    """Something was asked of an alternative that it cannot do as it is."""
