"""The matrix: for every door, what each of the eleven callers is told.

A status, or `in` for being sent to sign in. The columns, left to right: anonymous, link viewer, link commenter, viewer,
commenter, editor, admin, owner, API token (of an editor), stranger (owner of another workspace), deactivated (an
editor whose account was closed; the session is older than that). `tests/rights/bodies.py` says what is sent.

404 where the caller may not know that there is such a thing, 403 where they know it and may too little. 302 after a
form is the way back to the page; a page knows no tokens.
"""

from __future__ import annotations

MATRIX = """
# REST: workspaces
GET    api/v1/workspaces/                                                   401 401 401 200 200 200 200 200 200 200 401
POST   api/v1/workspaces/                                                   401 401 401 201 201 201 201 201 201 201 401
GET    api/v1/workspaces/<workspace_id>/                                    401 401 401 200 200 200 200 200 200 404 401
PATCH  api/v1/workspaces/<workspace_id>/                                    401 401 401 403 403 403 200 200 403 404 401
GET    api/v1/workspaces/<workspace_id>/invitations/                        401 401 401 403 403 403 200 200 403 404 401
POST   api/v1/workspaces/<workspace_id>/invitations/                        401 401 401 403 403 403 201 201 403 404 401
DELETE api/v1/workspaces/<workspace_id>/invitations/<invitation_id>/        401 401 401 403 403 403 204 204 403 404 401
GET    api/v1/workspaces/<workspace_id>/members/                            401 401 401 200 200 200 200 200 200 404 401
PATCH  api/v1/workspaces/<workspace_id>/members/<member_id>/                401 401 401 403 403 403 200 200 403 404 401
DELETE api/v1/workspaces/<workspace_id>/members/<member_id>/                401 401 401 204 403 403 204 204 403 404 401

# REST: one's own account
GET    api/v1/me/                                                           401 401 401 200 200 200 200 200 200 200 401
GET    api/v1/me/tokens/                                                    401 401 401 200 200 200 200 200 200 200 401
POST   api/v1/me/tokens/                                                    401 401 401 201 201 201 201 201 403 201 401
DELETE api/v1/me/tokens/<token_id>/                                         401 401 401 404 404 204 404 404 204 404 401

# REST: maps
POST   api/v1/imports/                                                      401 401 401 403 403 201 201 201 201 404 401
GET    api/v1/maps/                                                         401 401 401 200 200 200 200 200 200 200 401
POST   api/v1/maps/                                                         401 401 401 403 403 201 201 201 201 404 401
GET    api/v1/maps/<map_id>/                                                401 200 200 200 200 200 200 200 200 404 401
PATCH  api/v1/maps/<map_id>/                                                401 403 403 403 403 200 200 200 200 404 401
DELETE api/v1/maps/<map_id>/                                                401 403 403 403 403 204 204 204 204 404 401
GET    api/v1/maps/<map_id>/cards/                                          401 200 200 200 200 200 200 200 200 404 401
POST   api/v1/maps/<map_id>/cards/                                          401 403 403 403 403 201 201 201 201 404 401
GET    api/v1/maps/<map_id>/cards/<record_id>/                              401 200 200 200 200 200 200 200 200 404 401
PATCH  api/v1/maps/<map_id>/cards/<record_id>/                              401 403 403 403 403 200 200 200 200 404 401
DELETE api/v1/maps/<map_id>/cards/<record_id>/                              401 403 403 403 403 204 204 204 204 404 401
GET    api/v1/maps/<map_id>/changes/                                        401 403 403 200 200 200 200 200 200 404 401
POST   api/v1/maps/<map_id>/changes/                                        401 403 403 403 403 201 201 201 201 404 401
GET    api/v1/maps/<map_id>/comments/                                       401 200 200 200 200 200 200 200 200 404 401
POST   api/v1/maps/<map_id>/comments/                                       401 403 201 403 201 201 201 201 201 404 401
GET    api/v1/maps/<map_id>/comments/<record_id>/                           401 200 200 200 200 200 200 200 200 404 401
PATCH  api/v1/maps/<map_id>/comments/<record_id>/                           401 403 403 403 403 200 200 200 200 404 401
DELETE api/v1/maps/<map_id>/comments/<record_id>/                           401 403 403 403 403 204 204 204 204 404 401
POST   api/v1/maps/<map_id>/copy/                                           401 403 403 403 403 201 201 201 201 404 401
GET    api/v1/maps/<map_id>/document/                                       401 200 200 200 200 200 200 200 200 404 401
GET    api/v1/maps/<map_id>/emotions/                                       401 200 200 200 200 200 200 200 200 404 401
POST   api/v1/maps/<map_id>/emotions/                                       401 403 403 403 403 201 201 201 201 404 401
GET    api/v1/maps/<map_id>/emotions/<record_id>/                           401 200 200 200 200 200 200 200 200 404 401
PATCH  api/v1/maps/<map_id>/emotions/<record_id>/                           401 403 403 403 403 200 200 200 200 404 401
DELETE api/v1/maps/<map_id>/emotions/<record_id>/                           401 403 403 403 403 204 204 204 204 404 401
GET    api/v1/maps/<map_id>/exports/                                        401 200 200 200 200 200 200 200 200 404 401
POST   api/v1/maps/<map_id>/exports/                                        401 202 202 202 202 202 202 202 202 404 401
GET    api/v1/maps/<map_id>/lanes/                                          401 200 200 200 200 200 200 200 200 404 401
POST   api/v1/maps/<map_id>/lanes/                                          401 403 403 403 403 201 201 201 201 404 401
GET    api/v1/maps/<map_id>/lanes/<record_id>/                              401 200 200 200 200 200 200 200 200 404 401
PATCH  api/v1/maps/<map_id>/lanes/<record_id>/                              401 403 403 403 403 200 200 200 200 404 401
DELETE api/v1/maps/<map_id>/lanes/<record_id>/                              401 403 403 403 403 204 204 204 204 404 401
POST   api/v1/maps/<map_id>/redo/                                           401 403 403 403 403 201 201 201 201 404 401
POST   api/v1/maps/<map_id>/restore/                                        401 403 403 403 403 200 200 200 200 404 401
GET    api/v1/maps/<map_id>/shares/                                         401 403 403 403 403 200 200 200 200 404 401
POST   api/v1/maps/<map_id>/shares/                                         401 403 403 403 403 201 201 201 201 404 401
DELETE api/v1/maps/<map_id>/shares/<share_id>/                              401 403 403 403 403 204 204 204 204 404 401
GET    api/v1/maps/<map_id>/stages/                                         401 200 200 200 200 200 200 200 200 404 401
POST   api/v1/maps/<map_id>/stages/                                         401 403 403 403 403 201 201 201 201 404 401
GET    api/v1/maps/<map_id>/stages/<record_id>/                             401 200 200 200 200 200 200 200 200 404 401
PATCH  api/v1/maps/<map_id>/stages/<record_id>/                             401 403 403 403 403 200 200 200 200 404 401
DELETE api/v1/maps/<map_id>/stages/<record_id>/                             401 403 403 403 403 204 204 204 204 404 401
GET    api/v1/maps/<map_id>/steps/                                          401 200 200 200 200 200 200 200 200 404 401
POST   api/v1/maps/<map_id>/steps/                                          401 403 403 403 403 201 201 201 201 404 401
GET    api/v1/maps/<map_id>/steps/<record_id>/                              401 200 200 200 200 200 200 200 200 404 401
PATCH  api/v1/maps/<map_id>/steps/<record_id>/                              401 403 403 403 403 200 200 200 200 404 401
DELETE api/v1/maps/<map_id>/steps/<record_id>/                              401 403 403 403 403 204 204 204 204 404 401
POST   api/v1/maps/<map_id>/undo/                                           401 403 403 403 403 201 201 201 201 404 401
GET    api/v1/maps/<map_id>/versions/                                       401 403 403 200 200 200 200 200 200 404 401
POST   api/v1/maps/<map_id>/versions/                                       401 403 403 403 403 201 201 201 201 404 401
POST   api/v1/maps/<map_id>/versions/<version_id>/restore/                  401 403 403 403 403 200 200 200 200 404 401

# REST: exports
GET    api/v1/exports/<export_id>/                                          401 404 404 200 200 200 200 200 200 404 401
DELETE api/v1/exports/<export_id>/                                          401 404 404 403 403 204 204 204 204 404 401
GET    api/v1/exports/<export_id>/file/                                     401 404 404 409 409 409 409 409 409 404 401

# REST: personas
GET    api/v1/personas/                                                     401 401 401 200 200 200 200 200 200 200 401
POST   api/v1/personas/                                                     401 401 401 403 403 201 201 201 201 404 401
GET    api/v1/personas/<persona_id>/                                        401 401 401 200 200 200 200 200 200 404 401
PATCH  api/v1/personas/<persona_id>/                                        401 401 401 403 403 200 200 200 200 404 401
DELETE api/v1/personas/<persona_id>/                                        401 401 401 403 403 200 200 200 200 404 401
GET    api/v1/personas/<persona_id>/changes/                                401 401 401 200 200 200 200 200 200 404 401
POST   api/v1/personas/<persona_id>/changes/                                401 401 401 403 403 201 201 201 201 404 401
GET    api/v1/personas/<persona_id>/document/                               401 401 401 200 200 200 200 200 200 404 401
POST   api/v1/personas/<persona_id>/portrait/                               401 401 401 403 403 200 200 200 200 404 401
DELETE api/v1/personas/<persona_id>/portrait/                               401 401 401 403 403 200 200 200 200 404 401
POST   api/v1/personas/<persona_id>/redo/                                   401 401 401 403 403 201 201 201 201 404 401
POST   api/v1/personas/<persona_id>/restore/                                401 401 401 403 403 200 200 200 200 404 401
POST   api/v1/personas/<persona_id>/undo/                                   401 401 401 403 403 201 201 201 201 404 401
GET    api/v1/personas/<persona_id>/versions/                               401 401 401 200 200 200 200 200 200 404 401
POST   api/v1/personas/<persona_id>/versions/                               401 401 401 403 403 201 201 201 201 404 401
POST   api/v1/personas/<persona_id>/versions/<version_id>/restore/          401 401 401 403 403 200 200 200 200 404 401

# REST: its description
GET    api/v1/docs/                                                         200 200 200 200 200 200 200 200 200 200 200
GET    api/v1/schema/                                                       200 200 200 200 200 200 200 200 200 200 200

# Pages: people and workspaces
POST   demo/                                                                302 302 302 302 302 302 302 302 302 302 302
GET    invitations/<token>/                                                 200 200 200 302 302 302 302 302 200 200 200
POST   invitations/<token>/                                                 401 401 401 302 302 302 302 302 401 302 401
GET    settings/                                                            in  in  in  200 200 200 200 200 in  200 in
POST   settings/                                                            in  in  in  302 302 302 302 302 in  302 in
GET    settings/sessions/                                                   in  in  in  200 200 200 200 200 in  200 in
POST   settings/sessions/                                                   in  in  in  302 302 302 302 302 in  302 in
GET    settings/tokens/                                                     in  in  in  200 200 200 200 200 in  200 in
POST   settings/tokens/                                                     in  in  in  200 200 200 200 200 in  200 in
POST   settings/tokens/<token_id>/revoke/                                   in  in  in  404 404 302 404 404 in  404 in
GET    workspaces/                                                          in  in  in  200 200 200 200 200 in  200 in
GET    workspaces/<workspace_id>/                                           in  in  in  200 200 200 200 200 in  404 in
POST   workspaces/<workspace_id>/                                           in  in  in  403 403 403 302 302 in  404 in
POST   workspaces/<workspace_id>/invitations/                               in  in  in  403 403 403 302 302 in  404 in
POST   workspaces/<workspace_id>/invitations/<invitation_id>/renew/         in  in  in  403 403 403 302 302 in  404 in
POST   workspaces/<workspace_id>/invitations/<invitation_id>/revoke/        in  in  in  403 403 403 302 302 in  404 in
POST   workspaces/<workspace_id>/leave/                                     in  in  in  302 302 302 302 302 in  404 in
GET    workspaces/<workspace_id>/members/                                   in  in  in  200 200 200 200 200 in  404 in
POST   workspaces/<workspace_id>/members/<member_id>/remove/                in  in  in  403 403 403 302 302 in  404 in
POST   workspaces/<workspace_id>/members/<member_id>/role/                  in  in  in  403 403 403 302 302 in  404 in
GET    workspaces/new/                                                      in  in  in  200 200 200 200 200 in  200 in
POST   workspaces/new/                                                      in  in  in  302 302 302 302 302 in  302 in

# Pages: signing up, in and out
GET    accounts/confirm-email/                                              200 200 200 200 200 200 200 200 200 200 200
GET    accounts/confirm-email/<key>/                                        200 200 200 200 200 200 200 200 200 200 200
POST   accounts/confirm-email/<key>/                                        404 404 404 404 404 404 404 404 404 404 404
GET    accounts/email/                                                      in  in  in  200 200 200 200 200 in  200 in
POST   accounts/email/                                                      in  in  in  302 302 302 302 302 in  302 in
GET    accounts/inactive/                                                   200 200 200 200 200 200 200 200 200 200 200
GET    accounts/login/                                                      200 200 200 302 302 302 302 302 200 302 200
POST   accounts/login/                                                      200 200 200 302 302 302 302 302 200 302 200
GET    accounts/login/code/confirm/                                         in  in  in  302 302 302 302 302 in  302 in
POST   accounts/login/code/confirm/                                         in  in  in  302 302 302 302 302 in  302 in
GET    accounts/logout/                                                     302 302 302 200 200 200 200 200 302 200 302
POST   accounts/logout/                                                     302 302 302 302 302 302 302 302 302 302 302
GET    accounts/password/change/                                            in  in  in  200 200 200 200 200 in  200 in
POST   accounts/password/change/                                            in  in  in  200 200 200 200 200 in  200 in
GET    accounts/password/reset/                                             200 200 200 200 200 200 200 200 200 200 200
POST   accounts/password/reset/                                             302 302 302 302 302 302 302 302 302 302 302
GET    accounts/password/reset/done/                                        200 200 200 200 200 200 200 200 200 200 200
GET    accounts/password/reset/key/<uidb36>-<key>/                          200 200 200 200 200 200 200 200 200 200 200
POST   accounts/password/reset/key/<uidb36>-<key>/                          200 200 200 200 200 200 200 200 200 200 200
GET    accounts/password/reset/key/done/                                    200 200 200 200 200 200 200 200 200 200 200
GET    accounts/password/set/                                               in  in  in  302 302 302 302 302 in  302 in
POST   accounts/password/set/                                               in  in  in  302 302 302 302 302 in  302 in
GET    accounts/reauthenticate/                                             in  in  in  200 200 200 200 200 in  200 in
POST   accounts/reauthenticate/                                             in  in  in  200 200 200 200 200 in  200 in
GET    accounts/signup/                                                     200 200 200 302 302 302 302 302 200 302 200
POST   accounts/signup/                                                     302 302 302 302 302 302 302 302 302 302 302

# Pages: maps and personas
GET    /                                                                    200 200 200 200 200 200 200 200 200 200 200
GET    healthz                                                              200 200 200 200 200 200 200 200 200 200 200
GET    maps/<map_id>/                                                       in  200 200 200 200 200 200 200 in  404 in
GET    maps/new/                                                            in  in  in  200 200 200 200 200 in  200 in
GET    maps/trash/                                                          in  in  in  200 200 200 200 200 in  200 in
GET    media/portraits/<name>                                               401 200 200 200 200 200 200 200 200 200 401
GET    personas/                                                            in  in  in  200 200 200 200 200 in  200 in
GET    personas/<persona_id>/                                               in  in  in  200 200 200 200 200 in  404 in
GET    s/<token>/                                                           200 200 200 200 200 200 200 200 200 200 200
POST   s/<token>/                                                           302 302 302 302 302 302 302 302 302 302 302
"""


def rows() -> dict[str, tuple[str, ...]]:
    """The cells of each door, in the order of the columns."""
    found: dict[str, tuple[str, ...]] = {}
    for line in MATRIX.splitlines():
        if line and not line.startswith("#"):
            verb, route, *cells = line.split()
            found[f"{verb} {'' if route == '/' else route}"] = tuple(cells)
    return found
