"""Django's commands: `python -m luukku.web.project.manage migrate`, `createsuperuser`, `check` and so on."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one Django command with the project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luukku.web.project.settings")
    from django.core.management import execute_from_command_line

    from luukku.web.project import environment

    environment.prepare()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
