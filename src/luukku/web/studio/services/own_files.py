"""A planner's own file taken to a plan: read whole first, and kept only when nothing is wrong in it."""

from __future__ import annotations

import hashlib
from datetime import date

from django.db import transaction

from luukku.web.studio import uploads
from luukku.web.studio.models import Alternative, Upload
from luukku.web.studio.rights import Person, require_edit
from luukku.web.studio.services.changes import set_upload


def take_file(
    alternative: Alternative,
    kind: str,
    name: str,
    content: bytes,
    *,
    source: str,
    dated: date,
    version: int,
    by: Person,
) -> Upload:
    """Put a file in the place of what ships. Raises NotAllowed, BadInput with every fault of the file, and Stale."""
    require_edit(by, alternative)
    _found, rows = uploads.read(kind, name, content)
    with transaction.atomic():
        upload = Upload.objects.create(
            kind=kind,
            name=uploads.file_name(name),
            source=source,
            dated=dated,
            content=content,
            digest=hashlib.sha256(kind.encode() + b"\0" + name.encode() + b"\0" + content).hexdigest(),
            rows=rows,
            by=by if by.is_authenticated else None,
        )
        set_upload(alternative, kind, upload, version=version, by=by)
    return upload
