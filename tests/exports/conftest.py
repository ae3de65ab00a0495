"""Before anything draws: the fonts that a server's rendering process sees."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from exports.fonts import font_config

# Pango reads this once, when it is first loaded, so it must be there before any test imports it.
os.environ["FONTCONFIG_FILE"] = str(font_config(Path(tempfile.mkdtemp(prefix="journeymap-fonts-"))))
