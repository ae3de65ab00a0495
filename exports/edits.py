"""Asking for a file, making it, and clearing away old ones."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from exports.models import Export, file_path, packed, unpacked
from exports.options import Options
from exports.press import Order, press
from journeymap.core import jobs
from journeymap.core.errors import TooFast
from journeymap.core.models import ENDS
from journeymap.sync.models import Document
from maps import queries
from maps.access import MapAccess
from maps.hiding import hide

KIND = "export"
QUEUE = "exports"
KEPT_PER_MAP = 50
MOST_WAITING = 5  # files that one person may have in the making for one map


def request_export(access: MapAccess, *, format_: str, options: Options) -> Export:
    """Freeze the map as this reader sees it now, and queue the making of its file."""
    with transaction.atomic():
        # The lock makes the document and its seq one moment, here inside a transaction that also writes.
        Document.objects.select_for_update(no_key=True).only("pk").get(pk=access.map_id)
        _refuse_too_many(access)
        wire = hide(queries.wire_document(access.map_id), access.grant)
        job = jobs.enqueue(KIND, {})
        export = Export.objects.create(
            map_id=access.map_id,
            job=job,
            seq=wire["seq"],
            title=wire["map"]["title"],
            format=format_,
            options=options.as_json(),
            document=packed(wire),
            requested_by_id=access.user_id,
            guest_id=access.guest_id,
            requester=access.person.name,
        )
        forget_old(access.map_id)
    return export


def _refuse_too_many(access: MapAccess) -> None:
    mine = Export.objects.filter(map_id=access.map_id, requested_by=access.user_id, guest=access.guest_id)
    if mine.exclude(job__status__in=ENDS).count() >= MOST_WAITING:
        raise TooFast(
            f"{MOST_WAITING} files of this map are being made for you already; wait for one of them.", retry_after=5
        )


def make_file(run: jobs.Run) -> None:
    """The job: draw the frozen map and keep the file. Repeated after a crash it finds its file and changes nothing."""
    export = Export.objects.filter(job_id=run.job_id).first()
    if export is None or export.file:
        return
    printed = press.print(_order(export), progress=run.progress, lost=run.lost)
    # The name is the export's own: written again after a crash it replaces itself.
    storage, name = export.file.storage, file_path(export, "")
    storage.delete(name)
    name = storage.save(name, ContentFile(printed.file))
    kept = Export.objects.filter(pk=export.pk, job__claim=run.claim).update(
        file=name, bytes=len(printed.file), warnings=printed.warnings, document=None
    )
    if not kept:
        storage.delete(name)


def _order(export: Export) -> Order:
    options = dict(export.options)
    date = f"{export.created_at.day} {export.created_at:%B %Y}" if options.get("date", True) else ""
    return Order(
        document=unpacked(bytes(export.document or b"")),
        format=export.format,
        options=options,
        facts={"date": date},
        about={
            "title": export.title or "Journey map",
            "author": export.requester,
            "language": options.get("language", "en"),
            "created": export.created_at.isoformat(),
        },
        engine=settings.EXPORT_ENGINE,
    )


def drop_document(job_id: UUID) -> None:
    """After a job failed or was cancelled the frozen map is not needed any more."""
    Export.objects.filter(job_id=job_id).update(document=None)


def delete_export(export: Export) -> None:
    """Cancel what is still being made; remove the row and the file."""
    jobs.cancel(export.job_id)
    name, storage, job = export.file.name, export.file.storage, export.job
    with transaction.atomic():
        export.delete()
        job.delete()
    if name:
        with suppress(OSError):
            storage.delete(name)


def forget_old(map_id: UUID) -> None:
    """Keep the newest fifty files of a map."""
    ended = Export.objects.filter(map_id=map_id, job__status__in=ENDS).select_related("job").defer("document")
    for export in ended.order_by("-created_at")[KEPT_PER_MAP:]:
        delete_export(export)


def as_json(export: Export) -> dict[str, Any]:
    """An export as the contract shows it."""
    job = export.job
    return {
        "id": export.id,
        "map": export.map_id,
        "status": job.status,
        "progress": job.progress,
        "message": job.message,
        "seq": export.seq,
        "format": export.format,
        "options": export.options,
        "name": export.filename,
        "bytes": export.bytes,
        "warnings": export.warnings,
        "requested_by": {"name": export.requester, "guest": export.guest_id is not None},
        "created_at": export.created_at,
        "ended_at": job.ended_at,
        "file": f"/api/v1/exports/{export.id}/file/" if export.file else None,
    }
