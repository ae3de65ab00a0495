"""The ten colours that sticky notes, stages and personas may have."""

COLORS = ("yellow", "orange", "pink", "red", "violet", "blue", "teal", "green", "grey", "white")
COLOR_CHOICES = [(color, color.capitalize()) for color in COLORS]
