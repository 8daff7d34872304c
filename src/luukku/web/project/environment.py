"""What the environment says about this installation, read in one place.

Nothing set means one machine: embedded SQLite and a secret key of its own in the data folder.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from platformdirs import user_data_path

from luukku.errors import LuukkuError

TRUE = frozenset({"1", "true", "yes", "on"})
NEEDED_IN_PRODUCTION = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")


class BadEnvironment(LuukkuError):
    """An environment variable that is missing or cannot be understood."""


def flag(name: str, default: bool = False) -> bool:
    """True when the variable says 1, true, yes or on."""
    value = os.environ.get(name, "").strip().casefold()
    return value in TRUE if value else default


def words(name: str, default: Iterable[str] = ()) -> list[str]:
    """A comma-separated variable as a list, blanks dropped."""
    value = os.environ.get(name)
    return list(default) if value is None else [word.strip() for word in value.split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """A whole number. Raises BadEnvironment when it is something else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise BadEnvironment(f"{name} is {value!r}. Expected: a whole number, such as {default}.") from None


def production() -> bool:
    """Whether real people work here, which LUUKKU_ENV says: "production", or "local" when it says nothing."""
    kind = os.environ.get("LUUKKU_ENV", "").strip().casefold() or "local"
    if kind not in {"production", "local"}:
        raise BadEnvironment(f"LUUKKU_ENV is {kind!r}. Expected: production or local.")
    return kind == "production"


def require_production() -> None:
    """Raises BadEnvironment with every variable that production needs and does not have."""
    missing = [name for name in NEEDED_IN_PRODUCTION if not os.environ.get(name)]
    if missing:
        raise BadEnvironment(
            f"LUUKKU_ENV is production, but these variables are not set: {', '.join(missing)}. "
            "Set them, or leave LUUKKU_ENV out to run on one machine."
        )


def data_folder() -> Path:
    """Where this installation keeps its files: LUUKKU_DATA, or the user's data folder."""
    named = os.environ.get("LUUKKU_DATA")
    return Path(named).expanduser().resolve() if named else user_data_path("luukku", appauthor=False)


def prepare() -> None:
    """Make the data folder and its secret key, so that every process signs with the same key."""
    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        key = folder / "secret_key"
        if not key.exists() and not os.environ.get("SECRET_KEY"):
            # Made for its owner only, and of two processes that start at once, one makes it and the other reads it.
            key.touch(mode=0o600, exist_ok=False)
            key.write_text(secrets.token_urlsafe(64), encoding="ascii")
    except FileExistsError:
        return
    except OSError as error:
        raise BadEnvironment(
            f"The data folder {folder} cannot be written ({error.strerror}). "
            "Set LUUKKU_DATA to a folder that you may write."
        ) from error


@lru_cache(maxsize=1)
def _passing_key() -> str:
    return secrets.token_urlsafe(64)


def secret_key() -> str:
    """SECRET_KEY, or the data folder's own key; before `prepare` a key that lives as long as the process."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    file = data_folder() / "secret_key"
    try:
        return file.read_text(encoding="ascii").strip() or _passing_key()
    except OSError:
        return _passing_key()


def database() -> dict[str, Any]:
    """Django's settings of the database that DATABASE_URL names; without it, SQLite in the data folder.

    Raises BadEnvironment for an address that is not postgresql:// or sqlite:///.
    """
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return _sqlite(data_folder() / "luukku.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {
                "pool": {"min_size": 1, "max_size": number("DATABASE_POOL", 10)},
                **dict(parse_qsl(parts.query)),
            },
        }
    raise BadEnvironment(
        f"DATABASE_URL begins with {parts.scheme!r}. "
        "Expected: postgresql://user:password@host:5432/name or sqlite:////folder/file.sqlite3."
    )


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            # Readers never wait for the writer, and writers queue from the start instead of failing half-way.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
