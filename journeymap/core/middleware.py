"""Turns a Problem that a page raised into the page, or the JSON, that says so."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from journeymap.core.errors import Problem

Answer = Callable[[HttpRequest], HttpResponse]


class ProblemMiddleware:
    """Answers every Problem that reaches the edge: JSON under /api/, a page elsewhere."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Problem):
            return None
        return answer(request, exception)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer for `problem`, in the form its reader understands."""
    if request.path.startswith("/api/"):
        return JsonResponse(problem.as_json(), status=problem.status)
    return render(request, "problem.html", {"problem": problem}, status=problem.status)
