"""Who may do what.

A room declares which roles may do each of its actions; a grant may narrow a role to one region or authority.
An object says where it belongs by its attributes `region` and `authority`; without them it is national.
"""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from luukku.errors import LuukkuError
from luukku.web.accounts.models import Grant, Role, User

_roles: dict[str, frozenset[Role]] = {}


class NotAllowed(LuukkuError, PermissionDenied):
    """This person may not do this. Becomes the 403 page when nobody catches it."""


def declare(action: str, *roles: Role) -> None:
    """Say which roles may do an action, such as "studio.edit". Called by a room's `AppConfig.ready`."""
    _roles[action] = frozenset(roles)


def declared() -> dict[str, frozenset[Role]]:
    """Every action there is and the roles that may do it."""
    return dict(_roles)


def allowed(user: AbstractBaseUser | AnonymousUser, action: str, obj: object | None = None) -> bool:
    """True when the user may do the action to the object; without an object, to something somewhere.

    Raises KeyError for an action that no room has declared.
    """
    roles = _roles[action]
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_superuser or any(grant.role in roles and _covers(grant, obj) for grant in user.grants.all())


def require(user: AbstractBaseUser | AnonymousUser, action: str, obj: object | None = None) -> None:
    """Raises NotAllowed unless `allowed`."""
    if not allowed(user, action, obj):
        raise NotAllowed(_("Your account may not do this here. It needs another role or another region."))


def _covers(grant: Grant, obj: object | None) -> bool:
    if obj is None:
        return True
    return grant.region in {"", getattr(obj, "region", "")} and grant.authority in {"", getattr(obj, "authority", "")}
