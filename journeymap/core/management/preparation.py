"""Brings database and static files up to what the code expects, and does nothing quickly where they are."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection


def prepare() -> None:
    """Migrate, collect static files and, in a new database, make the demo workspace."""
    applied = applied_migrations()
    # A note beside the database: a first start that broke half-way makes the demo at the next one.
    demo_wanted = settings.DATA_DIR / "demo-wanted"
    if not applied and settings.DEMO:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        demo_wanted.touch()
    if migrations_on_disk() - applied:
        call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    if demo_wanted.exists():
        call_command("create_demo")
        demo_wanted.unlink()


def migrations_on_disk() -> set[tuple[str, str]]:
    """(app label, migration name) of every migration there is; reads folders, imports nothing."""
    found: set[tuple[str, str]] = set()
    for app in apps.get_app_configs():
        folder = Path(app.path) / "migrations"
        if folder.is_dir():
            found |= {(app.label, file.stem) for file in folder.glob("[!_]*.py")}
    return found


def applied_migrations() -> set[tuple[str, str]]:
    """The same pairs as the database remembers them; empty for a new database."""
    try:
        with connection.cursor() as cursor:
            if "django_migrations" not in connection.introspection.table_names(cursor):
                return set()
            cursor.execute("SELECT app, name FROM django_migrations")
            return set(cursor.fetchall())
    except DatabaseError:
        # The folder of the database may not exist yet; migrate will say what is wrong, if anything is.
        return set()
    finally:
        connection.close()


def collect_static() -> None:
    """Collect static files under DATA_DIR/static unless their sources are the ones collected last."""
    if settings.DEBUG:
        return
    mark = settings.STATIC_ROOT / ".collected"
    wanted = sources_digest()
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return
    # The REST framework brings three megabytes for its browsable pages, which are off.
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=["rest_framework"])
    mark.write_text(wanted, encoding="utf-8")


def sources_digest() -> str:
    """Changes when a static file of ours, or the set of installed packages, changes."""
    digest = hashlib.sha256()
    for line in (*own_files(), lock_line()):
        digest.update(line.encode())
    return digest.hexdigest()


def own_files() -> Iterator[str]:
    for folder in settings.STATICFILES_DIRS:
        for path, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                state = os.stat(os.path.join(path, name))  # noqa: PTH118, PTH116 - a quarter of Path's time, at each start
                yield f"{path}/{name} {state.st_size} {state.st_mtime_ns}\n"


def lock_line() -> str:
    """Packages bring static files of their own (the API pages); they change only with the lock."""
    sidecar = find_spec("drf_spectacular_sidecar")
    lock = Path(settings.BASE_DIR) / "requirements.txt"
    return f"{sidecar and sidecar.origin} {lock.stat().st_mtime_ns if lock.exists() else 0}"
