"""Addresses of people and workspaces under /api/v1/."""

from __future__ import annotations

from django.urls import path

from journeymap.accounts.api import me, workspaces

urlpatterns = [
    path("workspaces/", workspaces.Workspaces.as_view()),
    path("workspaces/<uuid:workspace_id>/", workspaces.OneWorkspace.as_view()),
    path("workspaces/<uuid:workspace_id>/members/", workspaces.Members.as_view()),
    path("workspaces/<uuid:workspace_id>/members/<uuid:member_id>/", workspaces.OneMember.as_view()),
    path("workspaces/<uuid:workspace_id>/invitations/", workspaces.Invitations.as_view()),
    path("workspaces/<uuid:workspace_id>/invitations/<uuid:invitation_id>/", workspaces.OneInvitation.as_view()),
    path("me/", me.Me.as_view()),
    path("me/tokens/", me.Tokens.as_view()),
    path("me/tokens/<uuid:token_id>/", me.OneToken.as_view()),
]
