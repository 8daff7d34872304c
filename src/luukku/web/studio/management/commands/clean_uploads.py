"""`manage clean_uploads`: delete planners' own files that no plan has and no undo can bring back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from luukku.web.studio.services import clean_uploads


class Command(BaseCommand):
    """Changes clean up after themselves; this is for what older versions left behind."""

    help = "Delete planners' own files that no plan has and no undo or redo can bring back."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Delete them and tell their names."""
        deleted = clean_uploads()
        for name in deleted:
            self.stdout.write(name)
        self.stdout.write(f"{len(deleted)} files deleted.")
