"""What a planner does to a plan as a whole, by forms: each does one thing and leads to a page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luukku.web.accounts.models import User
from luukku.web.accounts.services import NotAllowed
from luukku.web.studio import services
from luukku.web.studio.errors import NotPossible
from luukku.web.studio.models import Alternative
from luukku.web.studio.pages import DELETED
from luukku.web.studio.rights import require_view


def _plan(request: HttpRequest, number: int) -> Alternative:
    alternative = get_object_or_404(Alternative, pk=number, deleted_at=None)
    require_view(request.user, alternative)
    return alternative


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise NotAllowed(_("Sign in first."))
    return request.user


def _told(request: HttpRequest, deed: Callable[[], object], back: HttpResponse) -> HttpResponse:
    """Do the deed; when it is not possible, say why on the page."""
    try:
        deed()
    except NotPossible as error:
        messages.error(request, str(error))
    return back


@login_required
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Make an empty plan."""
    try:
        made = services.create(request.POST.get("name", ""), by=_person(request))
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("studio:home")
    return redirect("studio:plan", made.pk)


@login_required
@require_POST
def copy(request: HttpRequest, number: int) -> HttpResponse:
    """Copy a plan that one may see by right or by its link's token."""
    alternative = get_object_or_404(Alternative, pk=number, deleted_at=None)
    token = request.POST.get("token", "")
    by_link = bool(token) and token == alternative.share_token
    return redirect("studio:plan", services.copy(alternative, by=_person(request), shared=by_link).pk)


@login_required
@require_POST
def rename(request: HttpRequest, number: int) -> HttpResponse:
    """Give another name."""
    alternative, name = _plan(request, number), request.POST.get("name", "")
    back = redirect("studio:plan", number)
    return _told(request, lambda: services.rename(alternative, name, by=request.user), back)


@login_required
@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Delete; the next page offers to undo it."""
    services.delete(_plan(request, number), by=request.user)
    request.session[DELETED] = number
    return redirect("studio:home")


@login_required
@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Undo a deletion."""
    services.restore(get_object_or_404(Alternative, pk=number), by=request.user)
    request.session.pop(DELETED, None)
    return redirect("studio:plan", number)


@login_required
@require_POST
def share(request: HttpRequest, number: int) -> HttpResponse:
    """Make the link and show it."""
    services.share(_plan(request, number), by=request.user)
    messages.success(request, _("The plan has a link now. You find it under “Share”."))
    return redirect("studio:plan", number)


@login_required
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """End the link."""
    services.withdraw(_plan(request, number), by=request.user)
    messages.success(request, _("The link leads nowhere any more."))
    return redirect("studio:plan", number)


@login_required
@require_POST
def let_in(request: HttpRequest, number: int) -> HttpResponse:
    """Let another planner change the plan."""
    alternative, email = _plan(request, number), request.POST.get("email", "")
    back = redirect("studio:plan", number)
    return _told(request, lambda: services.let_in(alternative, email, by=request.user), back)


@login_required
@require_POST
def let_out(request: HttpRequest, number: int) -> HttpResponse:
    """Take that right back."""
    alternative = _plan(request, number)
    person = get_object_or_404(alternative.editors, pk=request.POST.get("person"))
    services.let_out(alternative, person, by=request.user)
    return redirect("studio:plan", number)
