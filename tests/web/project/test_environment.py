"""What an installation is made of, from its environment variables."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from luukku.web.project import environment
from luukku.web.project.environment import BadEnvironment

PRODUCTION = {
    "LUUKKU_ENV": "production",
    "SECRET_KEY": "x0Vt7-" * 12 + "abcdefghijklmnopqrstuvwxyz0123456789",
    "ALLOWED_HOSTS": "luukku.example.org",
    "DATABASE_URL": "postgresql://luukku:p%40ss@db.example.org:5433/luukku?sslmode=require",
    "REDIS_URL": "redis://redis.example.org:6379/0",
    "EMAIL_HOST": "smtp.example.org",
}


@pytest.fixture
def data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LUUKKU_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "data"


def manage(*arguments, **variables):
    return subprocess.run(
        [sys.executable, "-m", "luukku.web.project.manage", *arguments],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_with_nothing_configured_the_database_is_sqlite_in_the_data_folder(data_folder):
    database = environment.database()
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == data_folder / "luukku.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_the_address_of_a_postgresql_server_becomes_a_pooled_connection(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", PRODUCTION["DATABASE_URL"])
    database = environment.database()
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("db.example.org", "5433", "p@ss")
    assert database["OPTIONS"]["pool"]
    assert database["OPTIONS"]["sslmode"] == "require"


def test_the_address_of_an_unknown_kind_of_database_is_refused_with_an_example(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "mysql://somewhere/luukku")
    with pytest.raises(BadEnvironment, match=r"'mysql'.*postgresql://"):
        environment.database()


def test_a_number_that_is_not_one_is_refused_by_its_name(monkeypatch):
    monkeypatch.setenv("EMAIL_PORT", "submission")
    with pytest.raises(BadEnvironment, match="EMAIL_PORT is 'submission'"):
        environment.number("EMAIL_PORT", 587)


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(data_folder):
    environment.prepare()
    key = environment.secret_key()
    environment.prepare()
    assert environment.secret_key() == key
    assert len(key) > 60
    assert stat.S_IMODE((data_folder / "secret_key").stat().st_mode) == 0o600


def test_a_key_of_the_environment_goes_before_the_key_of_the_folder(data_folder, monkeypatch):
    environment.prepare()
    monkeypatch.setenv("SECRET_KEY", "given")
    assert environment.secret_key() == "given"


def test_a_data_folder_that_cannot_be_made_is_named_with_the_cure(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("LUUKKU_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(BadEnvironment, match="Set LUUKKU_DATA"):
        environment.prepare()


def test_an_unknown_kind_of_installation_is_refused(monkeypatch):
    monkeypatch.setenv("LUUKKU_ENV", "prod")
    with pytest.raises(BadEnvironment, match=r"'prod'.*production or local"):
        environment.production()


def test_production_names_everything_it_lacks(monkeypatch):
    for name in environment.NEEDED_IN_PRODUCTION:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(BadEnvironment, match="SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL"):
        environment.require_production()


def test_the_deployment_check_is_clean_in_production(tmp_path, monkeypatch):
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # set for browser tests
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, LUUKKU_DATA=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_no_migration_of_accounts_is_missing(tmp_path):
    done = manage("makemigrations", "--check", "--dry-run", "accounts", LUUKKU_DATA=str(tmp_path))
    assert done.returncode == 0, done.stdout
