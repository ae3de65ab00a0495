"""The mails of workspaces, sent once what they tell of is saved."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from journeymap.accounts.invitations import path_of
from journeymap.accounts.models import Invitation, User
from journeymap.core.limits import allow

log = logging.getLogger(__name__)
MAILS_AN_HOUR = 60


def allow_invitation_mail(invited_by: User, workspace_id: object) -> None:
    """Count one invitation mail; TooFast above 60 an hour for a person or a workspace."""
    message = "That were many invitations. Wait a while, or hand on an invitation link."
    allow(f"invite-by:{invited_by.pk}", limit=MAILS_AN_HOUR, seconds=3600, message=message)
    allow(f"invite-to:{workspace_id}", limit=MAILS_AN_HOUR, seconds=3600, message=message)


def mail_invitation(invitation: Invitation, *, site: str) -> bool:
    """Send the invitation to its address; False if no mail server took it (its link works all the same)."""
    if not invitation.email:
        return False
    facts = {
        "workspace": " ".join(invitation.workspace.name.split()),
        "inviter": invitation.invited_by.shown_name if invitation.invited_by else "",
        "role": invitation.role,
        "expires_at": invitation.expires_at,
        "url": site + path_of(invitation),
    }
    subject = " ".join(render_to_string("mail/invitation_subject.txt", facts).split())
    try:
        send_mail(
            subject,
            render_to_string("mail/invitation.txt", facts),
            settings.DEFAULT_FROM_EMAIL,
            [invitation.email],
        )
    except (OSError, SMTPException):
        log.exception("the mail server did not take an invitation")
        return False
    return True
