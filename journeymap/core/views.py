"""The pages that belong to no app: health, and errors in the site's own dress."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from journeymap import __version__
from journeymap.core.errors import Forbidden, NotFound, Problem
from journeymap.core.health import look
from journeymap.core.middleware import answer


def healthz(request: HttpRequest) -> JsonResponse:
    """How the parts are: 503 only when the database is down."""
    checks = look()
    down = checks["database"] != "ok"
    degraded = any(state != "ok" for state in checks.values())
    status = "down" if down else "degraded" if degraded else "ok"
    return JsonResponse({"status": status, "version": __version__, "checks": checks}, status=503 if down else 200)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, Forbidden("This form was open for too long. Reload the page and try again.", code="csrf"))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NotFound("There is nothing at this address."))


class Broken(Problem):
    """Something failed that should not have."""

    status = 500
    default_code = "broken"


def server_error(request: HttpRequest) -> HttpResponse:
    return answer(request, Broken("Something went wrong on our side. Nothing you saved is lost."))
