"""Who may see and change an alternative: its owner, those the owner has let in, and nobody else without the link."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luukku.web.accounts.models import Role, User
from luukku.web.accounts.services import NotAllowed, allowed, declare, require
from luukku.web.studio.models import Alternative

VIEW = "studio.view"
EDIT = "studio.edit"

Person = User | AnonymousUser


def declare_actions() -> None:
    """Tell accounts which roles may do what here."""
    declare(VIEW, Role.PLANNER, Role.REGIONAL_PLANNER, Role.READER)
    declare(EDIT, Role.PLANNER, Role.REGIONAL_PLANNER)


def visible_to(user: Person) -> QuerySet[Alternative]:
    """Alternatives that a person sees in the list: own, those let into, and today's points."""
    alternatives = Alternative.objects.filter(deleted_at=None)
    if not isinstance(user, User):
        return alternatives.none()
    mine = Q(owner=user) | Q(editors=user) | Q(kind=Alternative.Kind.TODAY)
    return alternatives.filter(mine).distinct()


def _let_in(user: Person, alternative: Alternative) -> bool:
    if not isinstance(user, User):
        return False
    return alternative.owner_id == user.pk or alternative.editors.filter(pk=user.pk).exists()


def may_edit(user: Person, alternative: Alternative) -> bool:
    """Whether the person may change the alternative. Today's points are nobody's to change."""
    return not alternative.is_today and allowed(user, EDIT, alternative) and _let_in(user, alternative)


def require_view(user: Person, alternative: Alternative) -> None:
    """Raises NotAllowed unless the person may see the alternative without a link."""
    require(user, VIEW)
    if not (alternative.is_today or _let_in(user, alternative)):
        raise NotAllowed(_("This plan belongs to somebody else. Ask its owner for a link to it."))


def require_edit(user: Person, alternative: Alternative) -> None:
    """Raises NotAllowed unless the person may change the alternative."""
    if alternative.is_today:
        raise NotAllowed(_("The points of today are not a plan and cannot be changed. Make a copy and change that."))
    require(user, EDIT, alternative)
    if not _let_in(user, alternative):
        raise NotAllowed(_("You may look at this plan but not change it. Make a copy, or ask its owner to let you in."))


def require_own(user: Person, alternative: Alternative) -> None:
    """Raises NotAllowed unless the alternative is the person's own."""
    require_edit(user, alternative)
    if not isinstance(user, User) or alternative.owner_id != user.pk:
        raise NotAllowed(_("Only the owner of a plan can share or delete it."))
