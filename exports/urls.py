"""Addresses of exports, relative to /api/v1/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
