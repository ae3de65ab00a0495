"""Portraits: what comes in is checked by its content, made small and clean, and shown to those who belong."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from personas.edits import create_persona, discard_persona
from personas.models import Persona
from personas.portraits import ADDRESS, MOST_BYTES, SIDE
from tests.cast import Cast

ORIENTATION, ARTIST = 0x0112, 0x013B


@pytest.fixture
def mary(cast: Cast) -> UUID:
    return create_persona(cast.actor(cast.edith), workspace_id=cast.workspace.pk, fields={"name": "Mary"})


@pytest.fixture
def no_portraits() -> None:
    """A folder that holds only what this story puts there."""
    for name in default_storage.listdir("portraits")[1] if default_storage.exists("portraits") else []:
        default_storage.delete(f"portraits/{name}")


def picture(form: str = "PNG", size: tuple[int, int] = (900, 600), **options: Any) -> bytes:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def send(client: Client, persona: UUID, content: bytes, *, key: UUID | None = None, name: str = "mary.png") -> Any:
    """What the door answers."""
    headers = {"Idempotency-Key": str(key)} if key else {}
    body = {"file": SimpleUploadedFile(name, content)}
    return client.post(f"/api/v1/personas/{persona}/portrait/", body, headers=headers)


def shown(client: Client, persona: UUID) -> Image.Image:
    """The portrait as a browser loads it."""
    address = Persona.objects.values_list("portrait", flat=True).get(pk=persona)
    answer = client.get(str(address))
    assert answer.status_code == 200
    return Image.open(BytesIO(answer.content))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_square_webp_whatever_its_name_says(cast: Cast, mary: UUID, form: str) -> None:
    edith = cast.client_of(cast.edith)
    answer = send(edith, mary, picture(form), name="mary.txt")
    assert answer.status_code == 200
    assert answer.json()["portrait"].startswith(ADDRESS)
    portrait = shown(edith, mary)
    assert (portrait.format, portrait.size) == ("WEBP", (SIDE, SIDE))


def test_a_small_picture_is_not_blown_up(cast: Cast, mary: UUID) -> None:
    edith = cast.client_of(cast.edith)
    send(edith, mary, picture(size=(90, 60)))
    assert shown(edith, mary).size == (60, 60)


def test_a_picture_that_lies_on_its_side_is_put_upright_and_forgets_who_took_it(cast: Cast, mary: UUID) -> None:
    edith, exif = cast.client_of(cast.edith), Image.Exif()
    exif[ORIENTATION], exif[ARTIST] = 6, "A photographer"
    send(edith, mary, picture("JPEG", exif=exif))
    portrait = shown(edith, mary)
    assert dict(portrait.getexif()) == {}
    top, bottom = (portrait.convert("RGB").getpixel((SIDE // 2, y)) for y in (20, SIDE - 20))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > bottom[0]
    assert bottom[2] > 200 > top[2]


def test_transparency_survives(cast: Cast, mary: UUID) -> None:
    out = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    edith = cast.client_of(cast.edith)
    send(edith, mary, out.getvalue())
    assert shown(edith, mary).mode == "RGBA"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        picture("PNG")[:200],
        picture("JPEG")[:300],
        b"RIFF\xff\xff\xff\xffWEBPVP8 ",
    ],
    ids=["empty", "zeros", "svg", "gif", "bmp", "tiff", "half a png", "half a jpeg", "a lying webp"],
)
def test_what_is_no_picture_of_ours_is_refused_in_a_sentence(cast: Cast, mary: UUID, content: bytes) -> None:
    answer = send(cast.client_of(cast.edith), mary, content)
    assert answer.status_code == 422
    assert answer.json()["error"] == "unprocessable"
    assert Persona.objects.get(pk=mary).portrait is None


def test_what_is_too_large_is_refused_before_it_is_looked_at(cast: Cast, mary: UUID) -> None:
    edith = cast.client_of(cast.edith)
    assert send(edith, mary, b"\x00" * (MOST_BYTES + 1)).status_code == 413
    answer = send(edith, mary, a_bomb(30_000, 30_000))
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")
    assert send(edith, mary, a_bomb(7_000, 7_000)).status_code == 413


def a_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_form_without_a_file_says_so(cast: Cast, mary: UUID) -> None:
    edith = cast.client_of(cast.edith)
    assert edith.post(f"/api/v1/personas/{mary}/portrait/", {}).json()["fields"] == {"file": "needed"}
    answer = edith.post(f"/api/v1/personas/{mary}/portrait/", "{}", content_type="application/json")
    assert answer.json()["fields"] == {"file": "needed"}


def test_the_same_key_again_changes_nothing(cast: Cast, mary: UUID, no_portraits: None) -> None:
    edith, key = cast.client_of(cast.edith), uuid4()
    first = send(edith, mary, picture(), key=key).json()
    assert send(edith, mary, picture(), key=key).json() == first
    assert send(edith, mary, picture("JPEG"), key=key).status_code == 409
    assert len(cast.api_of(cast.edith).get(f"personas/{mary}/changes/", since="0").body["items"]) == 2


def test_a_portrait_is_a_change_like_any_other(cast: Cast, mary: UUID) -> None:
    edith, api = cast.client_of(cast.edith), cast.api_of(cast.edith)
    made = send(edith, mary, picture()).json()
    change = api.get(f"personas/{mary}/changes/", since="1").body["items"][0]
    assert change["ops"] == [
        {"op": "set", "type": "persona", "id": str(mary), "fields": {"portrait": made["portrait"]}}
    ]
    undone = api.post(f"personas/{mary}/undo/", {"key": str(uuid4()), "change": made["key"]})
    assert (undone.status, Persona.objects.get(pk=mary).portrait) == (201, None)
    assert api.patch(f"personas/{mary}/", {"portrait": "https://elsewhere.example/x.png"}).status == 400


def test_a_portrait_can_be_taken_away_and_comes_back_by_undo(cast: Cast, mary: UUID) -> None:
    edith, api = cast.client_of(cast.edith), cast.api_of(cast.edith)
    send(edith, mary, picture())
    taken = api.delete(f"personas/{mary}/portrait/")
    assert taken.body["portrait"] is None
    api.post(f"personas/{mary}/undo/", {"key": str(uuid4()), "change": taken.body["key"]})
    assert shown(edith, mary).size == (SIDE, SIDE)


def test_a_portrait_is_shown_to_accounts_and_guests_with_a_pass_and_never_sniffed(cast: Cast, mary: UUID) -> None:
    address = send(cast.client_of(cast.edith), mary, picture()).json()["portrait"]
    assert cast.client_of(None).get(address).status_code == 401
    for person in (cast.victor, cast.gus):
        answer = cast.client_of(person).get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert "sandbox" in answer["Content-Security-Policy"]
    token = {"Authorization": f"Bearer {cast.token_of(cast.victor)}"}
    assert Client().get(address, headers=token).status_code == 200
    assert Client().get(address, headers={"Authorization": "Bearer wrong"}).status_code == 401


@pytest.mark.parametrize("name", ["0" * 32 + ".webp", "../secret_key", "%2e%2e/secret_key", "x.webp", ""])
def test_no_other_file_comes_out_of_this_door(cast: Cast, name: str) -> None:
    assert cast.client_of(cast.edith).get(f"{ADDRESS}{name}").status_code == 404


def test_the_files_go_with_the_persona(
    cast: Cast, mary: UUID, no_portraits: None, django_capture_on_commit_callbacks: Any
) -> None:
    edith = cast.client_of(cast.edith)
    send(edith, mary, picture())
    send(edith, mary, picture("JPEG"))
    assert len(default_storage.listdir("portraits")[1]) == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert discard_persona(mary, by=cast.edith.pk) is False
    assert default_storage.listdir("portraits")[1] == []
