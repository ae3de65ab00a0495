"""The forms of people: allauth's, in the words of this site, and our own."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from journeymap.accounts.demo import is_demo

PASSWORD_HINT = _("At least 10 characters. A few words that only you would put together are best.")
LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Your password now"),
}


class _Plain:
    """Labels instead of placeholders, and one hint under a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]  # a form is mixed in
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
        for name in ("password1", "password"):
            if name in fields:
                fields[name].help_text = PASSWORD_HINT if name == "password1" else ""


def clean_name(value: str) -> str:
    """A person's name on one line."""
    name = " ".join(value.split())
    if not name:
        raise ValidationError(_("Tell the others what to call you."))
    return name


class SignupForm(_Plain, allauth.SignupForm):  # type: ignore[misc]  # allauth ships no types
    """Signing up with a name, an address and a password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        help_text=_("As the others on a map will see it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])


class LoginForm(_Plain, allauth.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Signing in with an address and a password."""


class ReauthenticateForm(_Plain, allauth.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """Saying the password again before something sensitive."""


class ResetPasswordForm(_Plain, allauth.ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Asking for a link that sets a new password."""


class ResetPasswordKeyForm(_Plain, allauth.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """Setting a new password by that link."""


class ChangePasswordForm(_Plain, allauth.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Another password for who knows the present one."""


class SetPasswordForm(_Plain, allauth.SetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """A first password for an account without one."""


class AddEmailForm(_Plain, allauth.AddEmailForm):  # type: ignore[misc]  # allauth ships no types
    """Another address, which counts once it is confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail")

    def clean_email(self) -> str:
        if is_demo(self.user):
            raise ValidationError(_("The demo account keeps its address."))
        return str(super().clean_email())

    def save(self, request: HttpRequest) -> EmailAddress:
        """The new address, waiting to be confirmed; the present one stays, confirmed or not.

        Allauth's own way takes an unconfirmed present address away at once, and with it the way to sign in.
        """
        with transaction.atomic():
            waiting = EmailAddress.objects.filter(user_id=self.user.pk, verified=False, primary=False)
            waiting.exclude(email=self.user.email).delete()
            address = EmailAddress.objects.create(user=self.user, email=self.cleaned_data["email"])
        send_verification_email_to_address(request, address)
        return address


class NameForm(forms.Form):
    """A person's or workspace's name."""

    name = forms.CharField(label=_("Name"), max_length=200)

    def __init__(self, *args: Any, most: int = 200, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=_("Name"), max_length=most)

    def clean_name(self) -> str:
        return clean_name(self.cleaned_data["name"])
