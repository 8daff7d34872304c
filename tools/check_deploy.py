"""Django's deployment checks under the settings of production; any warning fails."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys

PRODUCTION = {
    "LUUKKU_ENV": "production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "luukku.example",
    "DATABASE_URL": "postgresql://luukku@localhost/luukku",
}

if __name__ == "__main__":
    command = [sys.executable, "-m", "luukku.web.project.manage", "check", "--deploy", "--fail-level", "WARNING"]
    sys.exit(subprocess.run(command, env={**os.environ, **PRODUCTION}, check=False).returncode)
