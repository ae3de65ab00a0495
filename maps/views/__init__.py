"""The pages of maps: the list, the gallery of new ones, the editor, share links."""
