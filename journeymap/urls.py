"""Every address of the site; each app keeps its own list."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from django.views.generic import TemplateView

from journeymap.core import views
from journeymap.core.colors import COLORS

api = [
    path("", include("journeymap.accounts.api.urls")),
    path("", include("personas.api.urls")),
    path("", include("maps.api.urls")),
    path("", include("exports.urls")),
    path("", include("journeymap.core.schema")),
]

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include(api)),
    path("", include("journeymap.accounts.urls")),
    path("", include("personas.urls")),
    path("", include("maps.urls")),
]

if settings.DEBUG:
    styleguide = TemplateView.as_view(template_name="styleguide/index.html", extra_context={"colors": COLORS})
    urlpatterns += [path("styleguide/", styleguide, name="styleguide")]

handler404 = views.page_not_found
handler500 = views.server_error
