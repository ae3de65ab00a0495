"""Addresses of the pages of people and workspaces."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
