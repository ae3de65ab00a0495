"""The persona library of a workspace: the people its maps are about."""
