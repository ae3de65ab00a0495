"""One complete, believable example map with its personas, for the first look at the application."""

from maps.demo.heat_pump import demo_draft
from maps.demo.people import demo_personas

__all__ = ["demo_draft", "demo_personas"]
