"""The forms of people and workspaces."""

from __future__ import annotations

from allauth.account.forms import SignupForm as AllauthSignupForm


class SignupForm(AllauthSignupForm):
    """Signing up with an address, a name and a password."""
