"""Making, copying, naming, deleting and sharing alternatives."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luukku.web.accounts.models import User
from luukku.web.accounts.services import record, require
from luukku.web.studio import geography
from luukku.web.studio.errors import NotPossible
from luukku.web.studio.models import Alternative
from luukku.web.studio.rights import EDIT, Person, require_edit, require_own, require_view
from luukku.web.studio.settings import Asked

NAME = 120


@transaction.atomic
def create(name: str, *, by: User, asked: Asked | None = None, open_sites: Iterable[str] = ()) -> Alternative:
    """A new alternative, empty unless sites are given.

    Raises NotAllowed without a planner's role, NotPossible for an empty name, UnknownPlace for a site nobody knows.
    """
    alternative = Alternative(
        name=_name(name),
        owner=by,
        country_version=geography.get().version,
        open_sites=geography.get().known(open_sites),
        **(asked or Asked()).fields(),
    )
    require(by, EDIT, alternative)
    alternative.save()
    record(by, "studio.created", alternative)
    return alternative


@transaction.atomic
def copy(
    alternative: Alternative, *, by: User, name: str = "", open_sites: Iterable[str] | None = None, shared: bool = False
) -> Alternative:
    """A copy that belongs to the one who copies; with other open sites when they are given.

    shared: the copy is made through the alternative's link, which is right enough to see it.

    Raises NotAllowed when the person may not see the alternative or may not plan in its region.
    """
    if not shared:
        require_view(by, alternative)
    require(by, EDIT, alternative)
    fields: dict[str, Any] = alternative.undoable()
    if open_sites is not None:
        fields["open_sites"] = geography.of(alternative).known(open_sites)
    if fields["open_sites"] != alternative.open_sites or alternative.is_today:
        fields["certificate"] = None
    made = Alternative.objects.create(
        name=_name(name or _("%(plan)s, copy") % {"plan": alternative.name[: NAME - 10]}),
        owner=by,
        country_version=alternative.country_version,
        parent=alternative,
        **fields,
    )
    record(by, "studio.copied", made, {"from": alternative.pk})
    return made


@transaction.atomic
def rename(alternative: Alternative, name: str, *, by: Person) -> Alternative:
    """Give another name. Names are no part of the history: undo does not touch them."""
    require_edit(by, alternative)
    before, alternative.name = alternative.name, _name(name)
    alternative.save(update_fields=["name", "changed_at"])
    record(by, "studio.renamed", alternative, {"before": before})
    return alternative


@transaction.atomic
def delete(alternative: Alternative, *, by: Person) -> None:
    """Take away from the lists and close its link; `restore` brings it back."""
    require_own(by, alternative)
    alternative.deleted_at = timezone.now()
    alternative.save(update_fields=["deleted_at"])
    record(by, "studio.deleted", alternative)


@transaction.atomic
def restore(alternative: Alternative, *, by: Person) -> Alternative:
    """Bring a deleted alternative back."""
    require_own(by, alternative)
    alternative.deleted_at = None
    alternative.save(update_fields=["deleted_at"])
    record(by, "studio.restored", alternative)
    return alternative


@transaction.atomic
def share(alternative: Alternative, *, by: Person) -> str:
    """The token of a link with which anybody may look at the alternative; the same one until it is withdrawn."""
    require_own(by, alternative)
    if not alternative.share_token:
        alternative.share_token = secrets.token_urlsafe(32)
        alternative.save(update_fields=["share_token"])
        record(by, "studio.shared", alternative)
    return alternative.share_token


@transaction.atomic
def withdraw(alternative: Alternative, *, by: Person) -> None:
    """End the link: it leads nowhere any more, and the next one is another."""
    require_own(by, alternative)
    alternative.share_token = None
    alternative.save(update_fields=["share_token"])
    record(by, "studio.share_withdrawn", alternative)


@transaction.atomic
def let_in(alternative: Alternative, email: str, *, by: Person) -> User:
    """Let another planner change the alternative too. Raises NotPossible when no account has the address."""
    require_own(by, alternative)
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise NotPossible(_("No account has the address %(email)s.") % {"email": email.strip()})
    alternative.editors.add(person)
    record(by, "studio.let_in", alternative, {"who": person.email})
    return person


@transaction.atomic
def let_out(alternative: Alternative, person: User, *, by: Person) -> None:
    """Take the right to change the alternative back."""
    require_own(by, alternative)
    alternative.editors.remove(person)
    record(by, "studio.let_out", alternative, {"who": person.email})


def _name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise NotPossible(_("A plan needs a name."))
    return cleaned[:NAME]
