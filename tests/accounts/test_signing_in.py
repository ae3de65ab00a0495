"""Signing up, in and out: with an address and a password, without telling strangers who has an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings as real
from django.core import mail
from django.test import Client

from journeymap.accounts.models import Membership, User
from tests.cast import PASSWORD, Cast

MISMATCH = "not correct"
TOO_MANY = "Too many failed login attempts"


@pytest.fixture(autouse=True)
def open_to_sign_up(settings: Any) -> None:
    """As the embedded stack starts; the team stack is closed until somebody opens it."""
    settings.SIGN_UP, settings.ACCOUNT_EMAIL_VERIFICATION = "open", "optional"


def sign_up(client: Client, email: str, **more: str) -> Any:
    fields = {"name": "Nora Nord", "email": email, "password1": PASSWORD, **more}
    return client.post("/accounts/signup/", fields)


def sign_in(client: Client, email: str, password: str = PASSWORD, *, at: str = "192.0.2.1") -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password}, REMOTE_ADDR=at)


def is_signed_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def give_password(person: User) -> None:
    person.set_password(PASSWORD)
    person.save()


@pytest.mark.django_db
def test_signing_up_makes_an_account_and_a_first_workspace() -> None:
    nora = Client()
    assert sign_up(nora, "Nora@Example.org").status_code == 302
    user = User.objects.get(email="nora@example.org")
    assert user.name == "Nora Nord"
    assert is_signed_in(nora)
    [home] = Membership.objects.filter(user=user)
    assert (home.workspace.name, home.role) == ("Nora Nord's workspace", "owner")
    [confirmation] = mail.outbox
    assert "/accounts/confirm-email/" in str(confirmation.body)


@pytest.mark.django_db
def test_where_mail_goes_out_the_address_is_confirmed_before_one_is_in(settings: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    nora = Client()
    sign_up(nora, "nora@example.org")
    assert not is_signed_in(nora)
    [link] = re.findall(r"http://testserver(/accounts/confirm-email/\S+)", str(mail.outbox[0].body))
    assert "Is this your address?" in nora.get(link).content.decode()
    nora.post(link)
    elsewhere = Client()
    sign_in(elsewhere, "nora@example.org")
    assert is_signed_in(elsewhere)


@pytest.mark.django_db
def test_signing_up_twice_does_not_tell_that_there_is_an_account(settings: Any, cast: Cast) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    taken, free = sign_up(Client(), "olive@example.org"), sign_up(Client(), "nora@example.org")
    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert mail.outbox[0].subject == "You have an account already"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password1": "short"}, "at least 10 characters"),
        ({"password1": "password123"}, "too common"),
        ({"password1": "nora@example.org"}, "too similar"),
        ({"email": "nora"}, "valid email"),
        ({"name": "  "}, "required"),
        ({"name": "\n\t "}, "required"),
        ({"name": "x" * 101}, "at most 100"),
    ],
)
def test_what_is_wrong_with_a_sign_up_is_said(fields: dict[str, str], said: str) -> None:
    page = sign_up(Client(), fields.pop("email", "nora@example.org"), **fields)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not User.objects.exists()


def test_signing_in_and_out(cast: Cast) -> None:
    give_password(cast.olive)
    olive = Client()
    assert sign_in(olive, "OLIVE@example.org").status_code == 302
    assert is_signed_in(olive)
    assert "Sign out?" in olive.get("/accounts/logout/").content.decode()
    olive.post("/accounts/logout/")
    assert not is_signed_in(olive)


def test_a_wrong_password_and_a_wrong_address_sound_the_same(cast: Cast) -> None:
    give_password(cast.olive)
    for email in ("olive@example.org", "nobody@example.org", "dora@example.org"):
        assert MISMATCH in sign_in(Client(), email, "wrong wrong wrong").content.decode()


def test_a_closed_account_cannot_sign_in(cast: Cast) -> None:
    give_password(cast.dora)
    dora = Client()
    sign_in(dora, "dora@example.org")
    assert not is_signed_in(dora)


def test_guessing_stops_after_five_tries_and_the_owner_comes_in_from_elsewhere(cast: Cast) -> None:
    give_password(cast.olive)
    for _ in range(5):
        assert MISMATCH in sign_in(Client(), "olive@example.org", "a guess of mine", at="203.0.113.9").content.decode()
    assert TOO_MANY in sign_in(Client(), "olive@example.org", at="203.0.113.9").content.decode()
    olive = Client()
    sign_in(olive, "olive@example.org", at="192.0.2.7")
    assert is_signed_in(olive)


def test_guessing_from_many_addresses_stops_and_the_owners_own_network_stays_open(cast: Cast) -> None:
    give_password(cast.olive)
    sign_in(Client(), "olive@example.org", at="192.0.2.7")
    for number in range(100):
        sign_in(Client(), "olive@example.org", "a guess of mine", at=f"203.0.113.{number}")
    assert TOO_MANY in sign_in(Client(), "olive@example.org", at="198.51.100.1").content.decode()
    olive = Client()
    sign_in(olive, "olive@example.org", at="192.0.2.7")
    assert is_signed_in(olive)


def test_forty_colleagues_behind_one_address_sign_in_within_a_minute(cast: Cast) -> None:
    people = [User.objects.create_user(f"p{number}@example.org", PASSWORD) for number in range(40)]
    browsers = [Client() for _ in people]
    for person, browser in zip(people, browsers, strict=True):
        sign_in(browser, person.email)
    assert all(is_signed_in(browser) for browser in browsers)


def test_a_forgotten_password_is_set_anew_by_mail_and_ends_every_session(cast: Cast) -> None:
    give_password(cast.olive)
    at_work = Client()
    sign_in(at_work, "olive@example.org")
    assert Client().post("/accounts/password/reset/", {"email": "olive@example.org"}).status_code == 302
    [link] = re.findall(r"http://testserver(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    browser = Client()
    form = browser.get(link, follow=True).redirect_chain[-1][0]
    new = "another bicycle, made for three"
    assert browser.post(form, {"password1": new, "password2": new}).status_code == 302
    assert not is_signed_in(at_work)
    assert "no longer works" in Client().get(link, follow=True).content.decode()
    again = Client()
    sign_in(again, "olive@example.org", new)
    assert is_signed_in(again)


def test_asking_for_a_new_password_does_not_tell_who_has_an_account(cast: Cast) -> None:
    known = Client().post("/accounts/password/reset/", {"email": "olive@example.org"}, follow=True)
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert known.content == unknown.content
    assert [sent.subject for sent in mail.outbox] == ["Set a new password", "There is no account for this address"]


def test_changing_the_password_ends_the_other_sessions_and_tells_by_mail(cast: Cast) -> None:
    give_password(cast.olive)
    here, elsewhere = Client(), Client()
    sign_in(here, "olive@example.org")
    sign_in(elsewhere, "olive@example.org")
    new = "another bicycle, made for three"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert mail.outbox[-1].subject == "Your password was changed"


def test_another_address_counts_once_it_is_confirmed(cast: Cast) -> None:
    give_password(cast.olive)
    olive = Client()
    sign_in(olive, "olive@example.org")
    asked = olive.post("/accounts/email/", {"action_add": "", "email": "olive@new.example.org"}, follow=True)
    assert "Is it you?" in asked.content.decode()
    olive.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    cast.olive.refresh_from_db()
    assert cast.olive.email == "olive@example.org"
    [link] = re.findall(r"http://testserver(/accounts/confirm-email/\S+)", str(mail.outbox[-1].body))
    olive.post(link)
    cast.olive.refresh_from_db()
    assert cast.olive.email == "olive@new.example.org"
    again = Client()
    sign_in(again, "olive@new.example.org")
    assert is_signed_in(again)


def test_a_mail_server_that_is_away_is_a_clear_answer(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = Client().post("/accounts/password/reset/", {"email": "olive@example.org"})
    assert answer.status_code == 503
    assert "could not be sent" in answer.content.decode()


def test_passwords_are_hashed_with_argon2() -> None:
    # The suite itself runs with quick hashes; the settings a server starts with are what counts.
    from journeymap import settings as module

    assert module.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
    assert real.ACCOUNT_PREVENT_ENUMERATION is True


def test_every_page_of_signing_in_is_our_own(cast: Cast) -> None:
    for path in ("login/", "signup/", "password/reset/", "password/reset/done/", "confirm-email/", "inactive/"):
        page = Client().get(f"/accounts/{path}")
        assert page.status_code == 200, path
        assert 'class="page page-form' in page.content.decode(), path
    olive = cast.client_of(cast.olive)
    give_password(cast.olive)
    olive = Client()
    sign_in(olive, "olive@example.org")
    for path in ("email/", "password/change/", "reauthenticate/", "logout/"):
        page = olive.get(f"/accounts/{path}", follow=True)
        assert page.status_code == 200, path
        assert "element" not in page.content.decode(), path
