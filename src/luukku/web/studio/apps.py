"""The studio as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def _may_view(request: HttpRequest) -> bool:
    from luukku.web.accounts.services import allowed
    from luukku.web.studio.rights import VIEW

    # An error page may be drawn before the request has been given its user.
    user = getattr(request, "user", None)
    return user is not None and allowed(user, VIEW)


class StudioConfig(AppConfig):
    """Says what may be done here by whom, and puts the studio into the header."""

    name = "luukku.web.studio"
    label = "studio"
    verbose_name = _("Studio")

    def ready(self) -> None:
        from luukku.web.studio.rights import declare_actions
        from luukku.web.ui import navigation

        declare_actions()
        summary = _("Place the points on a map; every figure follows at once.")
        navigation.add(navigation.Entry(_("Planning"), "studio:home", order=10, visible=_may_view, summary=summary))
