"""The studio's interface for scripts: thin views over the services, errors as words."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Router
from ninja.errors import ValidationError
from ninja.security import django_auth

from luukku.errors import LuukkuError
from luukku.web.accounts.models import User
from luukku.web.accounts.services import NotAllowed
from luukku.web.studio import picture, services
from luukku.web.studio.errors import Stale
from luukku.web.studio.models import Alternative
from luukku.web.studio.rights import require_view
from luukku.web.studio.schemas import (
    AddressOut,
    CopyIn,
    MarkIn,
    PictureOut,
    PointIn,
    ProspectOut,
    SeenWith,
    SettingsIn,
    VersionIn,
)
from luukku.web.studio.settings import Asked, WrongSettings

api = NinjaAPI(title="Luukku, studio", version="1", urls_namespace="api", docs_url=None)
plans = Router(auth=django_auth, by_alias=True)
shared = Router(auth=None, by_alias=True)


def _plan(request: HttpRequest, number: int) -> Alternative:
    alternative = get_object_or_404(Alternative, pk=number, deleted_at=None)
    require_view(_user(request), alternative)
    return alternative


def _user(request: HttpRequest) -> User | AnonymousUser:
    return request.user


@plans.get("{int:number}/picture", response=PictureOut)
def get_picture(request: HttpRequest, number: int) -> PictureOut:
    """The plan as it is, with everything that follows from it."""
    return picture.of(_plan(request, number))


@plans.get("{int:number}/compared", response=PictureOut)
def get_compared(request: HttpRequest, number: int, seen: Query[SeenWith]) -> PictureOut:
    """The plan's points by the area, criteria and scenario of the plan that they are compared with."""
    plan = _plan(request, number)
    return picture.seen_with(plan, Asked.of(plan).but(**seen.model_dump()))


@plans.get("{int:number}/sites/{path:code}", response=ProspectOut)
def get_prospect(request: HttpRequest, number: int, code: str) -> ProspectOut:
    """What opening a point at a site would do."""
    return picture.prospect(_plan(request, number), code)


@plans.post("{int:number}/point", response=PictureOut)
def post_point(request: HttpRequest, number: int, body: PointIn) -> PictureOut:
    """Open or close a point."""
    plan = _plan(request, number)
    services.set_point(plan, body.site, opened=body.open, version=body.version, by=_user(request))
    return picture.of(plan)


@plans.post("{int:number}/mark", response=PictureOut)
def post_mark(request: HttpRequest, number: int, body: MarkIn) -> PictureOut:
    """Decide beforehand about a site."""
    plan = _plan(request, number)
    services.mark(plan, body.site, body.mark, version=body.version, by=_user(request))
    return picture.of(plan)


@plans.post("{int:number}/settings", response=PictureOut)
def post_settings(request: HttpRequest, number: int, body: SettingsIn) -> PictureOut:
    """Change what is asked."""
    plan = _plan(request, number)
    changed = body.model_dump(exclude_unset=True, exclude={"version"})
    asked = Asked.of(plan).but(**changed)
    services.set_asked(plan, asked, version=body.version, by=_user(request))
    return picture.of(plan)


@plans.post("{int:number}/undo", response=PictureOut)
def post_undo(request: HttpRequest, number: int, body: VersionIn) -> PictureOut:
    """Take the last step back."""
    plan = _plan(request, number)
    services.undo(plan, version=body.version, by=_user(request))
    return picture.of(plan)


@plans.post("{int:number}/redo", response=PictureOut)
def post_redo(request: HttpRequest, number: int, body: VersionIn) -> PictureOut:
    """Take the step again that was taken back."""
    plan = _plan(request, number)
    services.redo(plan, version=body.version, by=_user(request))
    return picture.of(plan)


@plans.post("{int:number}/copy", response=AddressOut)
def post_copy(request: HttpRequest, number: int, body: CopyIn) -> AddressOut:
    """A plan of one's own with the open sites that the page shows and one more change."""
    plan = _plan(request, number)
    sites = set(body.open)
    if body.site is not None:
        sites = sites | {body.site} if body.opened else sites - {body.site}
    user = request.user
    if not isinstance(user, User):
        raise NotAllowed(_("Sign in to keep a plan of your own."))
    made = services.copy(plan, by=user, open_sites=sites)
    return AddressOut(address=reverse("studio:plan", args=[made.pk]))


@shared.get("{token}/picture", response=PictureOut)
def get_shared_picture(request: HttpRequest, token: str) -> PictureOut:  # noqa: ARG001
    """The plan of a link."""
    return picture.of(get_object_or_404(Alternative, share_token=token, deleted_at=None))


@shared.get("{token}/sites/{path:code}", response=ProspectOut)
def get_shared_prospect(request: HttpRequest, token: str, code: str) -> ProspectOut:  # noqa: ARG001
    """What opening a point would do in the plan of a link."""
    return picture.prospect(get_object_or_404(Alternative, share_token=token, deleted_at=None), code)


api.add_router("plans/", plans)
api.add_router("shared/", shared)


@api.exception_handler(LuukkuError)
def _refuse(request: HttpRequest, error: LuukkuError) -> HttpResponse:
    if isinstance(error, Stale):
        body = {"message": str(error), "version": error.alternative.version}
        return api.create_response(request, body, status=409)
    if isinstance(error, WrongSettings):
        return api.create_response(request, {"message": str(error), "faults": error.faults}, status=422)
    status = 403 if isinstance(error, NotAllowed) else 400
    return api.create_response(request, {"message": str(error)}, status=status)


@api.exception_handler(ValidationError)
def _refuse_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = ", ".join(".".join(str(part) for part in fault["loc"][1:]) for fault in error.errors)
    message = _("The request is not in the form that is expected: %(places)s.") % {"places": places}
    return api.create_response(request, {"message": message}, status=422)
