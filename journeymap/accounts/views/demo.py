"""The way into the demo account, for people at this machine itself."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from journeymap.accounts.demo import demo_user
from journeymap.core.context import is_loopback
from journeymap.core.errors import NotFound


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in to the demo account; from another machine, or with DEMO off, there is no such page."""
    if not (settings.DEMO and is_loopback(request)):
        raise NotFound("There is nothing at this address.")
    login(request, demo_user(), backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/")
