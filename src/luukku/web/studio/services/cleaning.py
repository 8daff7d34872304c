"""Planners' own files that no plan has and no undo or redo can bring back are deleted."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import router, transaction
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from luukku.web.accounts.services import record
from luukku.web.studio.models import Alternative, Change, Upload
from luukku.web.studio.rights import Person

FIELDS = tuple(f"{kind}_id" for kind in Upload.Kind.values)
"""Fields of a plan, and keys of its changes, that point at a file."""


@transaction.atomic
def clean_uploads(among: Iterable[int] | None = None, *, by: Person | None = None) -> list[str]:
    """Delete the files that nothing can reach, and give their names.

    A plan's file can be reached, a deleted plan's too (it can be restored), and so can one that a kept step of a plan's
    history had before or after it. among: the files to look at, all when None.
    """
    found = _unreachable()
    if among is not None:
        found = found.filter(pk__in=list(among))
    # Two who clean at once: the second waits here, and then finds the files gone.
    seen = list(found.select_for_update(of=("self",)).only("pk", "name", "kind"))
    # One statement decides and deletes, on one state of the database: a plan that moves a file from its row into its
    # history meanwhile has it in the one or in the other. Django's own delete would look first and delete afterwards.
    gone = _unreachable().filter(pk__in=[upload.pk for upload in seen])
    gone._raw_delete(router.db_for_write(Upload))  # noqa: SLF001
    left = set(Upload.objects.filter(pk__in=[upload.pk for upload in seen]).values_list("pk", flat=True))
    deleted = [upload for upload in seen if upload.pk not in left]
    for upload in deleted:
        record(by, "studio.file_deleted", upload, {"kind": upload.kind})
    return [upload.name for upload in deleted]


def files_of(changes: QuerySet[Change]) -> set[int]:
    """The files that steps had before or after them."""
    steps = changes.filter(kind=Change.Kind.UPLOAD).values_list("before", "after")
    return {state[name] for step in steps for state in step for name in FIELDS if state.get(name) is not None}


def _unreachable() -> QuerySet[Upload]:
    steps = Change.objects.filter(kind=Change.Kind.UPLOAD)
    had = Q()
    for name in FIELDS:
        had |= Q(Exists(Alternative.objects.filter(**{name: OuterRef("pk")})))
        for state in ("before", "after"):
            file = Cast(KeyTextTransform(name, state), BigIntegerField())
            had |= Q(Exists(steps.alias(file=file).filter(file=OuterRef("pk"))))
    return Upload.objects.filter(~had)
