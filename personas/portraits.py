"""Portraits: what somebody sends becomes a small square WebP without metadata, under a name nobody can guess."""

from __future__ import annotations

import re
from hashlib import sha256
from io import BytesIO
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.crypto import salted_hmac
from PIL import Image, ImageFile, ImageOps

from journeymap.accounts.actors import Actor
from journeymap.core.errors import TooLarge, Unprocessable
from journeymap.sync.changes import Built, Outcome, Request, digest_of
from journeymap.sync.models import Change
from journeymap.sync.ops import stored_op
from journeymap.sync.writer import apply
from personas.records import KIND

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
SIDE = 512
FORMATS = ("PNG", "JPEG", "WEBP")
ADDRESS = "/media/portraits/"
NAME = r"[0-9a-f]{32}\.webp"
# What a decoder raises on a file that is broken, cut off or made to hurt.
BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, OverflowError, TypeError)


def set_portrait(actor: Actor, persona_id: UUID, data: bytes, *, key: UUID) -> Outcome:
    """Give a persona a portrait. The same `key` and picture again do nothing.

    Raises TooLarge above 5 MB or 40 megapixels, Unprocessable for what is no PNG, JPEG or WebP.
    """
    digest = sha256(data).hexdigest()
    name = _name(persona_id, digest)
    if not default_storage.exists(_path(name)):
        # Decoded before any transaction begins: a large photograph takes a while.
        default_storage.save(_path(name), ContentFile(square(data)))
    return _write(actor, persona_id, ADDRESS + name, key=key)


def remove_portrait(actor: Actor, persona_id: UUID, *, key: UUID) -> Outcome:
    """Take the portrait away. The file stays while the persona does: undo and history may show it again."""
    return _write(actor, persona_id, None, key=key)


def square(data: bytes) -> bytes:
    """The picture in the middle of `data`, upright, at most 512 px wide, as a WebP without metadata."""
    if len(data) > MOST_BYTES:
        raise TooLarge("A portrait may be at most 5 MB. Nothing was changed.")
    # WeasyPrint, once imported in a process, lets every picture in it be cut off; here that is a broken file.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _too_many_pixels()
            # A JPEG can be decoded at a fraction of its size, which is all that is needed here.
            picture.draft("RGB", (SIDE * 2, SIDE * 2))
            upright = ImageOps.exif_transpose(picture)
            mode = "RGBA" if upright.has_transparency_data else "RGB"
            side = min(SIDE, *upright.size)
            fitted = ImageOps.fit(upright.convert(mode), (side, side), Image.Resampling.LANCZOS)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except BROKEN as error:
        raise Unprocessable("This is no picture we can read: send a PNG, JPEG or WebP. Nothing was changed.") from error
    return _encoded(fitted)


def read_portrait(name: str) -> bytes | None:
    """The stored picture, None if there is none of this name."""
    if not re.fullmatch(NAME, name):
        return None
    try:
        with default_storage.open(_path(name)) as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None


def names_in_history(persona_id: UUID) -> set[str]:
    """The portraits that a persona has had."""
    lines = Change.objects.filter(document_id=persona_id, ops__contains=ADDRESS).values_list("ops", flat=True)
    return {name for line in lines for name in re.findall(ADDRESS + f"({NAME})", line)}


def delete_files(names: set[str]) -> None:
    """Delete stored portraits for good, when the persona they belonged to is gone."""
    for name in names:
        default_storage.delete(_path(name))


def _encoded(picture: Image.Image) -> bytes:
    # A fresh image carries nothing of what the file said about camera, place and time.
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    out = BytesIO()
    clean.save(out, "WEBP", quality=86, method=4)
    return out.getvalue()


def _too_many_pixels() -> TooLarge:
    return TooLarge("A portrait may have at most 40 megapixels. Nothing was changed.")


def _name(persona_id: UUID, digest: str) -> str:
    # 128 bits under the server's key: nobody can guess it, and the same picture again is the same file.
    return salted_hmac("personas.portraits", f"{persona_id}:{digest}", algorithm="sha256").hexdigest()[:32] + ".webp"


def _path(name: str) -> str:
    return f"portraits/{name}"


def _write(actor: Actor, persona_id: UUID, portrait: str | None, *, key: UUID) -> Outcome:
    # The field is read-only to the outside, so the operation is of our own making.
    op = stored_op(KIND, {"op": "set", "type": "persona", "id": str(persona_id), "fields": {"portrait": portrait}})
    request = Request(
        key=key,
        actor=actor,
        origin="portrait",
        build=lambda _kind, _document, _grant: Built(ops=[op]),
        digest=digest_of({"portrait": portrait}),
    )
    return apply(persona_id, request)
