"""Addresses of the pages of people and workspaces; signing in and out is allauth's, under /accounts/."""

from __future__ import annotations

from django.urls import path

from journeymap.accounts.views import demo, invitations, settings, workspaces

WORKSPACE = "workspaces/<uuid:workspace_id>"

urlpatterns = [
    path("demo/", demo.enter, name="demo"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("settings/", settings.profile, name="settings"),
    path("settings/tokens/", settings.tokens, name="tokens"),
    path("settings/tokens/<uuid:token_id>/revoke/", settings.revoke_token, name="revoke_token"),
    path("settings/sessions/", settings.sessions, name="sessions"),
    path("workspaces/", workspaces.index, name="workspaces"),
    path("workspaces/new/", workspaces.new, name="new_workspace"),
    path(f"{WORKSPACE}/", workspaces.one, name="workspace"),
    path(f"{WORKSPACE}/leave/", workspaces.leave, name="leave_workspace"),
    path(f"{WORKSPACE}/members/", workspaces.members, name="workspace_members"),
    path(f"{WORKSPACE}/members/<uuid:member_id>/role/", workspaces.change_role, name="change_role"),
    path(f"{WORKSPACE}/members/<uuid:member_id>/remove/", workspaces.remove, name="remove_member"),
    path(f"{WORKSPACE}/invitations/", workspaces.invite, name="invite"),
    path(
        f"{WORKSPACE}/invitations/<uuid:invitation_id>/revoke/",
        workspaces.revoke_invitation,
        name="revoke_invitation",
    ),
    path(
        f"{WORKSPACE}/invitations/<uuid:invitation_id>/renew/",
        workspaces.renew_invitation,
        name="renew_invitation",
    ),
]
