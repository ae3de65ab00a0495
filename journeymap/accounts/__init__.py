"""People and their workspaces: users, memberships, invitations, guests, tokens, and who may what."""
